#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Second process in the machine, with the host's programs: mounts the rest, runs /vm/command and
# leaves its exit code in /vm/exit. The kernel speaks on the first serial line, the command on the
# second.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/run/busybox HOME=/root
export LANG=C.UTF-8
mount -t tmpfs run /run
mkdir -p /run/lock /run/busybox /dev/pts /dev/shm
busybox --install -s /run/busybox
mount -t devpts devpts /dev/pts
mount -t tmpfs shm /dev/shm
mount -t securityfs securityfs /sys/kernel/security
mount -t debugfs debugfs /sys/kernel/debug
mount -t tracefs tracefs /sys/kernel/tracing
mount -t bpf bpf /sys/fs/bpf
mount -t cgroup2 cgroup2 /sys/fs/cgroup
ln -sfn /proc/self/fd /dev/fd
hostname vm
ip link set lo up
release=$(uname -r)
mkdir -p "/lib/modules/$release"
mount --bind "$(cat /vm/kernel)/lib/modules/$release" "/lib/modules/$release"
ulimit -l unlimited

stty -F /dev/ttyS1 raw -echo
setsid sh /vm/command </dev/null >/dev/ttyS1 2>&1
echo $? >/vm/exit
sync
busybox poweroff -f
