#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The daemon raises alerts from Falco's kernel module, and says what is wrong when it is not there.
here=$(cd "$(dirname "$0")/.." && pwd)
module=$("$here/falco-module.sh") || exit $?
cd "$here/../../.." || exit 1
exec "$here/run.sh" sh native/test/vm/kmod-alerts.sh "$module"
