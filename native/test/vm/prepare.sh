#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Fetches what run.sh boots into native/build/vm and prints the folder: a Debian kernel with its
# modules, and an initial root. Exit 77: it cannot be had here, and why.
#   VM_KERNEL   Debian package of the kernel (default linux-image-cloud-amd64; a name without a
#               version stands for the newest one)
#   VM_SUITE    Debian's release that has the package (bullseye has Linux 5.10); this system's if not given
set -eu

here=$(cd "$(dirname "$0")" && pwd)
store=$(cd "$here/../.." && pwd)/build/vm
package=${VM_KERNEL:-linux-image-cloud-amd64}

skip() {
  echo "no virtual machine: $*" >&2
  exit 77
}

for tool in qemu-system-x86_64 busybox; do
  command -v $tool >/dev/null || skip "$tool is missing (scripts/setup.sh vm installs it)"
done
command -v apt-get >/dev/null || skip "the kernel comes from Debian, and this system has no apt-get"

mkdir -p "$store"
exec 9>"$store/lock"
flock 9

# Lists of packages of VM_SUITE, from the same mirrors as this system's.
use_suite() {
  lists=$store/apt-$VM_SUITE
  mkdir -p "$lists/lists/partial" "$lists/cache/archives/partial"
  mirrors() {
    # shellcheck disable=SC2016 # apt-get's own form
    apt-get indextargets --format '$(LABEL) $(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' |
      grep -E '^Debian(-Security)? ' | sort -u
  }
  [ -n "$(mirrors)" ] || apt-get update -qq >&2 || skip "apt-get update failed"
  mirrors | while read -r label mirror; do
    [ "$label" = Debian ] && release=$VM_SUITE || release=$VM_SUITE-security
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $release main"
  done >"$lists/sources.list"
  cat >"$lists/apt.conf" <<END
Dir::Etc::sourcelist "$lists/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::State::lists "$lists/lists";
Dir::Cache "$lists/cache";
Acquire::Check-Valid-Until "false";
APT::Sandbox::User "root";
END
  export APT_CONFIG="$lists/apt.conf"
}

# A meta package depends on the one that has the kernel.
kernel_package() {
  apt-cache depends "$package" 2>/dev/null |
    sed -n 's/^ *Depends: \(linux-image-[0-9].*\)/\1/p' | head -n 1
}

# Once fetched, a kernel is kept; "make clean" lets a newer one come.
done_mark="$store/$package${VM_SUITE:+.$VM_SUITE}"
if [ -e "$done_mark" ]; then
  cat "$done_mark"
  exit 0
fi
[ -z "${VM_SUITE:-}" ] || use_suite
[ -n "$(apt-cache show "$package" 2>/dev/null)" ] || apt-get update -qq >&2 ||
  skip "apt-get update failed"
real=$(kernel_package)
real=${real:-$package}
work=$(mktemp -d "$store/fetch.XXXXXX")
trap 'rm -rf "$work"' EXIT
(cd "$work" && apt-get -qq -o APT::Sandbox::User=root download "$real" >&2) ||
  skip "Debian's package $real cannot be downloaded"
dpkg -x "$work"/*.deb "$work/kernel"
release=$(ls "$work/kernel/lib/modules")
busybox depmod -b "$work/kernel" "$release"

# The initial root: busybox and what it takes to mount the host's files.
root=$work/root
mkdir -p "$root/bin" "$root/proc" "$root/sys" "$root/dev" "$root/lower" "$root/rw" "$root/new"
modules=lib/modules/$release/kernel
for folder in drivers/virtio fs/fuse fs/overlayfs; do
  mkdir -p "$root/$modules/$folder"
  cp "$work/kernel/$modules/$folder"/*.ko* "$root/$modules/$folder"
done
cp "$work/kernel/lib/modules/$release"/modules.order "$work/kernel/lib/modules/$release"/modules.builtin* \
  "$root/lib/modules/$release"
busybox depmod -b "$root" "$release"
cp "$(command -v busybox)" "$root/bin/busybox"
cp "$here/init" "$root/init"
(cd "$root" && find . | busybox cpio -o -H newc 2>/dev/null | gzip -1) >"$work/initrd"

folder=$store/$release
rm -rf "$folder"
mkdir "$folder"
mv "$work/kernel/boot/vmlinuz-$release" "$folder/vmlinuz"
mv "$work/kernel/boot/config-$release" "$folder/config"
mv "$work/kernel/lib" "$folder/lib"
mv "$work/initrd" "$folder/initrd"
echo "$folder" >"$done_mark"
echo "$folder"
