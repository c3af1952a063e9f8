#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Dumps a class-data archive (start-up in half the time) and unpacks jffi's native library, so that
# it is not unpacked into the temporary directory at every start.
set -eu
cd "$(dirname "$0")/.."
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
out=daemon/target
[ -e "$out/lib" ] || exit 0
rm -rf "$out/native" "$out/falco.jsa"
mkdir -p "$out/native"
jar=$(ls "$out"/lib/jffi-*-native.jar)
(cd "$out/native" && "${java%java}jar" xf "../lib/$(basename "$jar")" "jni/$(uname -m)-Linux")
JFALCO_ARCHIVE_DUMP="$PWD/$out/falco.jsa" bin/falco --version >/dev/null 2>&1 ||
  echo "note: no class-data archive was made; the daemon starts more slowly" >&2
