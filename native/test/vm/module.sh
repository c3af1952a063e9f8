#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds Falco's kernel module for the machine's kernel: module.sh SOURCE VERSION
# SOURCE is the folder driver/ of falcosecurity/libs at the tag VERSION (such as 10.2.0+driver).
# Prints the file. Exit 77: it cannot be built here, and why.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
source=$1 version=$2
kernel=$("$here/prepare.sh")
release=$(basename "$kernel")
built=$kernel/falco-$version.ko
if [ -e "$built" ]; then
  echo "$built"
  exit 0
fi

work=$(mktemp -d "$kernel/module.XXXXXX")
trap 'rm -rf "$work"' EXIT
# The headers stay out of this system: an overlay shows them to the compiler only.
headers=$(apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks \
  --no-replaces --no-enhances "linux-headers-$release" |
  grep -E '^(linux-headers|linux-kbuild|linux-compiler)-') || {
  echo "no kernel module: Debian has no package linux-headers-$release" >&2
  exit 77
}
# shellcheck disable=SC2086 # one word for each package
(cd "$work" && apt-get -qq -o APT::Sandbox::User=root download $headers >&2) || {
  echo "no kernel module: the headers of $release cannot be downloaded" >&2
  exit 77
}
for package in "$work"/*.deb; do
  dpkg -x "$package" "$work/headers"
done

# What Falco's CMake files do: names and versions into three templates.
cp -R "$source" "$work/source"
cd "$work/source"
sed -e 's/@DRIVER_NAME@/falco/' -e 's/@KBUILD_FLAGS@//' Makefile.in >Makefile
numbers() {
  tr . ' ' <"$1"
}
# shellcheck disable=SC2046 # three words
set -- $(numbers API_VERSION) $(numbers SCHEMA_VERSION)
sed -e "s/\${PPM_API_CURRENT_VERSION_MAJOR}/$1/" -e "s/\${PPM_API_CURRENT_VERSION_MINOR}/$2/" \
  -e "s/\${PPM_API_CURRENT_VERSION_PATCH}/$3/" -e "s/\${PPM_SCHEMA_CURRENT_VERSION_MAJOR}/$4/" \
  -e "s/\${PPM_SCHEMA_CURRENT_VERSION_MINOR}/$5/" \
  -e "s/\${PPM_SCHEMA_CURRENT_VERSION_PATCH}/$6/" -e "s/\${DRIVER_VERSION}/$version/" \
  -e 's/${DRIVER_NAME}/falco/' -e 's/${DRIVER_DEVICE_NAME}/falco/' -e 's/${GIT_COMMIT}/none/' \
  driver_config.h.in >driver_config.h
for probe in configure/*/; do
  name=$(basename "$probe")
  sed "s/@CONFIGURE_MODULE@/$name/g" configure/Makefile.inc.in >"$probe/Makefile.inc"
  cp configure/Makefile configure/build.sh "$probe"
done
log=$work/log
unshare -m sh -c "mount -t overlay -o lowerdir='$work/headers/usr':/usr headers /usr &&
  make -C /usr/src/linux-headers-$release M='$work/source' modules" >"$log" 2>&1 || {
  tail -n 40 "$log" >&2
  exit 1
}
mv falco.ko "$built"
echo "$built"
