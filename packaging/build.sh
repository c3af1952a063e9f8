#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes a package of the built tree, with a Java runtime inside, in target/packages.
#   build.sh deb | rpm [ROOT]   ROOT: what is packed, when it was put together before
#   VERSION  of the package; without it, the tree's
set -eu
cd "$(dirname "$0")/.."
umask 022
kind=${1:-}
out=$PWD/target/packages
root=${2:-$out/root}
# The version of Falco whose place JFalco takes.
falco=0.44.1

version() {
  for jar in daemon/target/daemon-*.jar; do
    case $jar in *-sources.jar | *-javadoc.jar | *-tests.jar) continue ;; esac
    jar=${jar##*/daemon-}
    # What comes before a release sorts before it.
    echo "${jar%.jar}" | sed 's/-SNAPSHOT$/~snapshot/'
  done
}

stage() {
  rm -rf "$root"
  DESTDIR=$root PREFIX=/usr packaging/install.sh install
  if ! cmp -s packaging/runtime.sh "$out/runtime.sh"; then
    rm -rf "$out/jre"
    packaging/runtime.sh "$out/jre"
    cp packaging/runtime.sh "$out/runtime.sh"
  fi
  cp -a "$out/jre" "$root/usr/lib/jfalco/jre"
  install -d -m 755 "$root/usr/share/doc/jfalco"
  install -d -m 750 "$root/var/log/falco"
  install -m 644 packaging/copyright "$root/usr/share/doc/jfalco/copyright"
  chmod -R u+w,go-w "$root"
}

deb() {
  arch=$(dpkg --print-architecture)
  size=$(du -sk "$root" | cut -f1)
  # Where zsh of Debian looks.
  mkdir -p "$root/usr/share/zsh/vendor-completions"
  mv "$root"/usr/share/zsh/site-functions/_falco "$root/usr/share/zsh/vendor-completions" 2>/dev/null || true
  rm -rf "$root/usr/share/zsh/site-functions" "$root/DEBIAN"
  mkdir "$root/DEBIAN"
  sed -e "s/@VERSION@/$version/" -e "s/@ARCH@/$arch/" -e "s/@SIZE@/$size/" -e "s/@FALCO@/$falco/" \
    packaging/deb/control >"$root/DEBIAN/control"
  (cd "$root" && find etc -type f | sort | sed 's|^|/|') >"$root/DEBIAN/conffiles"
  install -m 755 packaging/deb/postinst packaging/deb/prerm packaging/deb/postrm "$root/DEBIAN"
  file=$out/jfalco_${version}_$arch.deb
  rm -f "$file"
  dpkg-deb --root-owner-group -Zxz -z1 --build "$root" "$file" >/dev/null
  echo "$file"
}

rpm() {
  rpmbuild -bb --quiet --define "_topdir $out/rpmbuild" --define "_rpmdir $out" \
    --define "root $root" --define "jfalco_version $version" --define "falco_version $falco" \
    --define '_binary_payload w1.gzdio' packaging/rpm/jfalco.spec
  rm -rf "$out/rpmbuild"
  ls "$out"/*/"jfalco-$version"-*.rpm
}

version=${VERSION:-$(version)}
mkdir -p "$out"
case $kind in
  deb | rpm)
    [ -n "${2:-}" ] || stage
    $kind
    ;;
  *)
    echo "use: build.sh deb | rpm" >&2
    exit 1
    ;;
esac
