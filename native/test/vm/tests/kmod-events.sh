#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Falco's kernel module sends through our reader what native/test says.
here=$(cd "$(dirname "$0")/.." && pwd)
module=$("$here/falco-module.sh") || exit $?
exec "$here/junit.sh" -b "insmod '$module' && native/test/vm/plain-trigger.sh" KmodEventsIT
