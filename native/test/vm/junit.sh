#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs test classes of driver-bridge in a virtual machine: junit.sh [-b COMMAND] CLASS...
#   -b COMMAND   run this (a line of shell) in the machine first
# JFALCO_JAVA_OPTS holds further options for java.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
before=:
if [ "$1" = -b ]; then
  before=$2
  shift 2
fi
paths=$root/native/build/vm/class-path
(cd "$root" && ${MVN:-mvn -B -q} -pl driver-bridge -am test-compile -Dspotless.check.skip=true \
  dependency:build-classpath -Dmdep.outputFile="$paths" >&2)
for class; do
  shift
  set -- "$@" --select-class "io.jfalco.driver.$class"
done
cd "$root"
# shellcheck disable=SC2086 # one word for each option
exec "$here/run.sh" -t 1800 sh -c "$before && exec \"\$@\"" sh java ${JFALCO_JAVA_OPTS:-} \
  -Djfalco.root="$root" -cp "driver-bridge/target/test-classes:driver-bridge/target/classes:$(cat "$paths")" \
  org.junit.platform.console.ConsoleLauncher execute --disable-banner --disable-ansi-colors \
  --details=tree --fail-if-no-tests "$@"
