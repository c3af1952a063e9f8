#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# benchmarks/run.sh [jmh|whole|all] [ROUNDS]: JMH with the allocation profiler, and whole runs (root).
set -eu
cd "$(dirname "$0")/.."
what=${1:-all}
rules=../shared/rules/falco_rules.yaml
[ -e "$rules" ] || rules=etc/falco/falco_rules.yaml
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
classpath="benchmarks/target/classes:benchmarks/target/lib/*:daemon/target/classes:daemon/target/lib/*"
echo "Rules: $rules"
if [ "$what" != whole ]; then
  "$java" -Djfalco.bench.rules="$rules" -cp "$classpath" org.openjdk.jmh.Main -prof gc \
    -jvmArgsAppend "-Djfalco.bench.rules=$rules -Xmx512m -XX:+UseSerialGC"
fi
if [ "$what" != jmh ]; then
  mkdir -p native/build
  gcc -O2 -o native/build/openclose benchmarks/openclose.c
  "$java" -cp "$classpath" io.jfalco.benchmarks.WholeRuns . native/build/openclose "$rules" "${2:-5}"
fi
