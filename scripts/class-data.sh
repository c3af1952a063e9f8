#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Dumps a class-data archive: start-up in less than half the time. It holds what a replay of the demo
# capture loads, and so what stands between start and the first alert. In a source tree, jffi's native
# library is unpacked, too, which otherwise is unpacked into the temporary directory at every start.
# Installed, this file is in JFalco's folder (lib/jfalco), and the packages run it there.
set -eu
here=$(cd "$(dirname "$0")" && pwd -P)
if [ -d "$here/lib" ]; then
  out=$here
  falco=$here/../../bin/falco
  config=$here/class-data/falco.yaml
  rules=$here/class-data/falco_rules.yaml
  capture=$here/class-data/demo.scap
else
  cd "$here/.."
  out=$PWD/daemon/target
  falco=bin/falco
  config=etc/falco/falco.yaml
  rules=etc/falco/falco_rules.yaml
  capture=daemon/src/demo/guest-shell.scap
  [ -e "$out/lib" ] || exit 0
  java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  rm -rf "$out/native"
  mkdir -p "$out/native"
  jar=$(ls "$out"/lib/jffi-*-native.jar)
  (cd "$out/native" && "${java%java}jar" xf "../lib/$(basename "$jar")" "jni/$(uname -m)-Linux")
fi
rm -f "$out"/falco*.jsa
JFALCO_ARCHIVE_DUMP="$out" "$falco" \
  -c "$config" -o config_files={} -r "$rules" \
  -o engine.kind=replay -o engine.replay.capture_file="$capture" \
  -o json_output=true -o syslog_output.enabled=false -o log_syslog=false >/dev/null 2>&1 ||
  echo "note: no class-data archive was made; the daemon starts more slowly" >&2
