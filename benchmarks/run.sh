#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# benchmarks/run.sh [jmh|whole|replay|all] [ROUNDS [CAPTURE]]: JMH with the allocation profiler, whole
# runs (root), and replays of a record made here (root) or of a given capture.
set -eu
cd "$(dirname "$0")/.."
what=${1:-all}
rules=../shared/rules/falco_rules.yaml
[ -e "$rules" ] || rules=etc/falco/falco_rules.yaml
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
classpath="benchmarks/target/classes:benchmarks/target/lib/*:daemon/target/classes:daemon/target/lib/*"
echo "Rules: $rules"
is() { [ "$what" = "$1" ] || [ "$what" = all ]; }
if is jmh; then
  "$java" -Djfalco.bench.rules="$rules" -cp "$classpath" org.openjdk.jmh.Main -prof gc \
    -jvmArgsAppend "-Djfalco.bench.rules=$rules -Xmx512m -XX:+UseSerialGC"
fi
if is whole; then
  mkdir -p native/build
  gcc -O2 -o native/build/openclose benchmarks/openclose.c
  "$java" -cp "$classpath" io.jfalco.benchmarks.WholeRuns . native/build/openclose "$rules" "${2:-5}"
fi
if is replay; then
  mkdir -p native/build
  gcc -O2 -o native/build/openmix benchmarks/openmix.c
  # shellcheck disable=SC2086 # no capture is no argument
  "$java" -cp "$classpath" io.jfalco.benchmarks.ReplayRuns . native/build/openmix "$rules" "${2:-5}" ${3:+"$3"}
fi
