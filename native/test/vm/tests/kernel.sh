#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# All eBPF programs load on Debian's kernel, and every event comes from it as native/test says.
# The trigger moves to a file system without layers: flags of exec tell them.
exec "$(dirname "$0")/../junit.sh" \
  -b 'cp native/build/trigger /dev/shm && mount --bind /dev/shm/trigger native/build/trigger' \
  ModernBpfSourceIT RefusedProgramIT KernelEventsIT
