#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Fuzzes each target for so many seconds, from its seeds: scripts/fuzz.sh SECONDS [CLASS]
# The same seeds and the same random numbers each time; corpora stay in MODULE/target/fuzz.
# An input may take 10 s and the JVM 1 GB. Ends with 1 at the first finding; the input is then in
# MODULE/target/fuzz, and belongs to the seeds once the defect is repaired.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:?usage: fuzz.sh SECONDS [CLASS]}
only=${2:-}

targets=$(grep -rl --include='*FuzzTest.java' '@FuzzTest' ./*/src/test/java)
modules=$(printf '%s\n' "$targets" | cut -d/ -f2 | sort -u | paste -sd,)
${MVN:-mvn -B -q -Dstyle.color=never} -pl "$modules" -am test-compile dependency:build-classpath \
  -Dmdep.outputFile=target/fuzz.classpath -Dspotless.check.skip=true

for target in $targets; do
  module=$(printf %s "$target" | cut -d/ -f2)
  class=$(printf %s "$target" | sed 's|.*/src/test/java/||; s|\.java$||' | tr / .)
  [ -z "$only" ] || [ "$only" = "$class" ] || continue
  for method in $(sed -n '/@FuzzTest/,/(/s/^ *void \([A-Za-z]*\)(.*/\1/p' "$target"); do
    echo "--- $class#$method: $seconds s"
    work=$module/target/fuzz/$class.$method
    mkdir -p "$work/corpus"
    seeds=$module/src/test/resources/$(printf %s "$class" | tr . /)Inputs/$method
    dictionary=$(ls "$(dirname "$seeds")"/../*.dict 2>/dev/null | head -1)
    log=$work/log
    java -Xmx1g -Xss1m \
      -cp "$module/target/test-classes:$module/target/classes:$(cat "$module/target/fuzz.classpath")" \
      com.code_intelligence.jazzer.Jazzer --target_class="$class" --target_method="$method" \
      --instrumentation_includes='io.jfalco.**' --reproducer_path="$work" \
      -seed=1 -max_total_time="$seconds" -timeout=10 -rss_limit_mb=0 -max_len=4096 -artifact_prefix="$work/" \
      ${dictionary:+-dict="$dictionary"} "$work/corpus" "$seeds" >"$log" 2>&1 || {
      tail -n 60 "$log"
      exit 1
    }
    grep -E '^(Done|stat::)' "$log" || tail -n 1 "$log"
  done
done
