#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs the daemon under load for so many minutes: scripts/soak.sh MINUTES. See the class Soak.
# Ends with 1 when memory grows, events are lost, or the state differs from /proc. Needs root.
set -eu
cd "$(dirname "$0")/.."
minutes=${1:?usage: soak.sh MINUTES}
scripts/check-live.sh
make --no-print-directory -s -C native/test/soak
${MVN:-mvn -B -q -Dstyle.color=never} -pl daemon -am test-compile dependency:build-classpath \
  -Dmdep.outputFile=target/soak.classpath -Dspotless.check.skip=true
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
exec "$java" -Xmx256m -Djfalco.root="$PWD" \
  -cp "daemon/target/test-classes:daemon/target/classes:$(cat daemon/target/soak.classpath)" \
  io.jfalco.e2e.Soak "$minutes"
