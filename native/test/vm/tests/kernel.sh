#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# All eBPF programs load on Debian's kernel, every event comes from it as native/test says, and iterators tell what /proc does.
exec "$(dirname "$0")/../junit.sh" -b native/test/vm/plain-trigger.sh \
  ModernBpfSourceIT RefusedProgramIT SnapshotIT KernelEventsIT
