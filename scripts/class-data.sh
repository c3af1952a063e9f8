#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Dumps a class-data archive (start-up in less than half the time) and unpacks jffi's native
# library, so that it is not unpacked into the temporary directory at every start. The archive holds
# what a replay of the demo capture loads, and so what stands between start and the first alert.
set -eu
cd "$(dirname "$0")/.."
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
out=daemon/target
[ -e "$out/lib" ] || exit 0
rm -rf "$out/native" "$out"/falco*.jsa
mkdir -p "$out/native"
jar=$(ls "$out"/lib/jffi-*-native.jar)
(cd "$out/native" && "${java%java}jar" xf "../lib/$(basename "$jar")" "jni/$(uname -m)-Linux")
JFALCO_ARCHIVE_DUMP="$PWD/$out" bin/falco \
  -c etc/falco/falco.yaml -o config_files={} -r etc/falco/falco_rules.yaml \
  -o engine.kind=replay -o engine.replay.capture_file=daemon/src/demo/guest-shell.scap \
  -o json_output=true -o syslog_output.enabled=false -o log_syslog=false >/dev/null 2>&1 ||
  echo "note: no class-data archive was made; the daemon starts more slowly" >&2
