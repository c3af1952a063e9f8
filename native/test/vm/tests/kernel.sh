#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# All eBPF programs load on Debian's kernel, and every event comes from it as native/test says.
exec "$(dirname "$0")/../junit.sh" -b native/test/vm/plain-trigger.sh \
  ModernBpfSourceIT RefusedProgramIT KernelEventsIT
