#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Says whether eBPF capture can work here; if not, what is missing and how to get it.
set -u
bad=0
problem() {
  bad=1
  echo "  - $1" >&2
  echo "    $2" >&2
}

version=$(uname -r)
major=${version%%.*}
rest=${version#*.}
minor=${rest%%[!0-9]*}
if [ "$major" -lt 5 ] || { [ "$major" -eq 5 ] && [ "$minor" -lt 8 ]; }; then
  problem "kernel $version is too old" "eBPF ring buffers need Linux 5.8; Debian 12 has 6.1."
fi
[ -r /sys/kernel/btf/vmlinux ] ||
  problem "no BTF: /sys/kernel/btf/vmlinux is missing" "Use a kernel built with CONFIG_DEBUG_INFO_BTF=y (Debian's are)."

# CAP_SYS_ADMIN is bit 21, CAP_PERFMON 38, CAP_BPF 39.
caps=$(sed -n 's/^CapEff:[[:space:]]*//p' /proc/self/status)
has() { [ $((0x$caps >> $1 & 1)) = 1 ]; }
if ! has 21; then
  has 39 || problem "CAP_BPF is missing" "Run as root, or grant the capability (systemd: AmbientCapabilities=CAP_BPF)."
  has 38 || problem "CAP_PERFMON is missing" "Run as root, or grant the capability (systemd: AmbientCapabilities=CAP_PERFMON)."
fi
exit $bad
