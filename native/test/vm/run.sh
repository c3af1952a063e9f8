#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs a command as root under another kernel, in a virtual machine that sees this host's files:
#   run.sh [-m MEGABYTES] [-c CPUS] [-t SECONDS] COMMAND [ARGUMENT...]
# Output and exit code are those of the command, the working folder is this one. Nothing that it
# writes lasts, except below /vm/out, which -o DIRECTORY copies to here.
# Exit 77: there is no virtual machine, and why. 124: the time (default 900 s) is over. 125: the
# machine broke down; what its kernel said is printed.
#   VM_KERNEL   see prepare.sh
#   VM_ACCEL    accelerator (default tcg,thread=multi; slow, but works everywhere)
set -eu

here=$(cd "$(dirname "$0")" && pwd)
memory=2048 cpus=2 seconds=900 out=
while getopts m:c:t:o: option; do
  case $option in
    m) memory=$OPTARG ;;
    c) cpus=$OPTARG ;;
    t) seconds=$OPTARG ;;
    o) out=$OPTARG ;;
    *) exit 2 ;;
  esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || {
  sed -n '3,6p' "$0" >&2
  exit 2
}

kernel=$("$here/prepare.sh")
daemon=
for file in /usr/lib/qemu/virtiofsd /usr/libexec/virtiofsd; do
  [ -x $file ] && daemon=$file
done
if [ -z "$daemon" ]; then
  echo "no virtual machine: virtiofsd is missing (Debian: qemu-system-common)" >&2
  exit 77
fi
if [ "$(id -u)" != 0 ]; then
  echo "no virtual machine: sharing this host's files with it takes root" >&2
  exit 77
fi

run=$(mktemp -d /tmp/jfalco-vm.XXXXXX)
pids=
finish() {
  # shellcheck disable=SC2086 # one word for each process
  [ -z "$pids" ] || kill $pids 2>/dev/null || true
  rm -rf "$run"
}
trap finish EXIT
trap 'exit 130' INT TERM

mkdir -p "$run/share/out"
cp "$here/guest.sh" "$run/share"
echo "$kernel" >"$run/share/kernel"
quoted() {
  for word; do
    printf "'%s' " "$(printf %s "$word" | sed "s/'/'\\\\''/g")"
  done
}
{
  echo "cd $(quoted "$PWD") || exit 126"
  echo "exec $(quoted "$@")"
} >"$run/share/command"

share() {
  "$daemon" --socket-path="$run/$1.socket" -o source="$2",cache="$3",sandbox=chroot \
    >"$run/$1.log" 2>&1 &
  pids="$pids $!"
}
share root / always
share vm "$run/share" none
tries=0
while ! [ -S "$run/root.socket" ] || ! [ -S "$run/vm.socket" ]; do
  tries=$((tries + 1))
  [ $tries -lt 100 ] || {
    cat "$run/root.log" "$run/vm.log" >&2
    exit 125
  }
  sleep 0.1
done

# On a busy host the kernel's check of its timer fails, and its watchdogs bark.
code=0
timeout "$seconds" qemu-system-x86_64 -accel "${VM_ACCEL:-tcg,thread=multi}" -cpu max -smp "$cpus" \
  -m "$memory" -object "memory-backend-memfd,id=mem,size=${memory}M,share=on" -numa node,memdev=mem \
  -nodefaults -display none -no-reboot -kernel "$kernel/vmlinuz" -initrd "$kernel/initrd" \
  -append "console=ttyS0 quiet panic=-1 oops=panic no_timer_check nowatchdog" \
  -chardev "socket,id=root,path=$run/root.socket" -device vhost-user-fs-pci,chardev=root,tag=root \
  -chardev "socket,id=vm,path=$run/vm.socket" -device vhost-user-fs-pci,chardev=vm,tag=vm \
  -serial "file:$run/kernel.log" -serial stdio </dev/null || code=$?
[ -z "$out" ] || {
  mkdir -p "$out"
  cp -R "$run/share/out/." "$out"
}
if [ $code = 0 ] && [ -s "$run/share/exit" ]; then
  exit "$(cat "$run/share/exit")"
fi
{
  [ $code = 124 ] && echo "virtual machine: ended after $seconds s"
  echo "virtual machine: the kernel's last words:"
  tail -n 40 "$run/kernel.log"
} >&2
[ $code = 124 ] || code=125
exit $code
