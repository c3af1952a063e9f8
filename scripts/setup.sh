#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs what the build needs on Debian 12, if it is missing. Prints nothing when all is there.
#   setup.sh build   compiler, libbpf, bpftool, JDK, Maven
#   setup.sh test    the same, and what the tests of containers and syslog need
#   setup.sh arm64   the same as build, and a compiler for aarch64
#   setup.sh vm      the same as build, and what the virtual machine of native/test/vm needs
set -eu

want="clang llvm libbpf-dev bpftool gcc libc6-dev make default-jdk-headless maven"
[ "${1:-build}" = test ] && want="$want runc busybox-static curl rsyslog"
[ "${1:-build}" = arm64 ] && want="$want gcc-aarch64-linux-gnu libc6-dev-arm64-cross"
[ "${1:-build}" = vm ] && want="$want qemu-system-x86 busybox-static"

# What provides a package's purpose, if it is not the Debian package itself.
present() {
  case $1 in
    default-jdk-headless) command -v javac >/dev/null ;;
    maven) command -v mvn >/dev/null ;;
    gcc) command -v gcc >/dev/null ;;
    make) command -v make >/dev/null ;;
    clang) command -v clang >/dev/null ;;
    llvm) command -v llvm-strip >/dev/null ;;
    bpftool) command -v bpftool >/dev/null || [ -x /usr/sbin/bpftool ] ;;
    curl) command -v curl >/dev/null ;;
    runc) command -v runc >/dev/null || [ -x /usr/sbin/runc ] ;;
    gcc-aarch64-linux-gnu) command -v aarch64-linux-gnu-gcc >/dev/null ;;
    libc6-dev-arm64-cross) [ -e /usr/aarch64-linux-gnu/include/stdio.h ] ;;
    libbpf-dev) [ -e /usr/include/bpf/libbpf.h ] ;;
    libc6-dev) [ -e /usr/include/stdio.h ] ;;
    qemu-system-x86) command -v qemu-system-x86_64 >/dev/null ;;
    busybox-static) command -v busybox >/dev/null ;;
    rsyslog) command -v rsyslogd >/dev/null || [ -x /usr/sbin/rsyslogd ] ;;
  esac
}

missing=
for package in $want; do
  present "$package" || missing="$missing $package"
done
[ -z "$missing" ] && exit 0

if [ "$(id -u)" != 0 ]; then
  echo "Missing:$missing" >&2
  echo "Install them as root: apt-get install$missing" >&2
  exit 1
fi
if ! command -v apt-get >/dev/null; then
  echo "Missing:$missing (Debian's names). This system has no apt-get: install their equivalents." >&2
  exit 1
fi
echo "Installing:$missing"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086 # one word for each package
apt-get install -y -qq --no-install-recommends $missing >/dev/null
