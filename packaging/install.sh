#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs the built tree, or removes what it installed: 'make install', 'make uninstall', packages.
#   install.sh install | uninstall
#   DESTDIR  put before every path, for packages
#   PREFIX   /usr/local unless given: bin/falco, lib/jfalco, lib/systemd/system, share
# Configuration is in /etc/falco whatever the prefix. A file there that exists is never overwritten
# (the new one goes beside it, as FILE.new), and is removed only while it is as it was installed.
set -eu
cd "$(dirname "$0")/.."
destdir=${DESTDIR:-}
prefix=${PREFIX:-/usr/local}
lib=$destdir$prefix/lib/jfalco
bin=$destdir$prefix/bin
units=$destdir$prefix/lib/systemd/system
man=$destdir$prefix/share/man
bash=$destdir$prefix/share/bash-completion/completions/falco
zsh=$destdir$prefix/share/zsh/site-functions/_falco
etc=$destdir/etc

die() {
  echo "Error: $1" >&2
  exit 1
}

# Configuration files: "SOURCE TARGET", the target below /etc.
configuration() {
  for file in etc/falco/*.yaml; do
    echo "$file ${file#etc/}"
  done
  echo "packaging/logrotate.conf logrotate.d/falco"
}

configure() {
  install -d -m 755 "$etc/falco/config.d" "$etc/falco/rules.d" "$etc/logrotate.d"
  configuration | while read -r from to; do
    if [ ! -e "$etc/$to" ]; then
      install -m 644 "$from" "$etc/$to"
    elif ! cmp -s "$from" "$etc/$to"; then
      install -m 644 "$from" "$etc/$to.new"
      echo "note: $etc/$to is left as it is; the new one is $etc/$to.new"
    fi
  done
}

deconfigure() {
  configuration | while read -r from to; do
    rm -f "$etc/$to.new"
    if cmp -s "$from" "$etc/$to"; then
      rm -f "$etc/$to"
    elif [ -e "$etc/$to" ]; then
      echo "note: $etc/$to was changed, and is left"
    fi
  done
  rmdir "$etc/falco/config.d" "$etc/falco/rules.d" "$etc/falco" 2>/dev/null || true
}

pages() {
  find docs/man -name '*.[58]' 2>/dev/null | while read -r page; do
    echo "man${page##*.} $page"
  done
}

do_install() {
  target=daemon/target
  for part in $target/lib $target/native native/build/libjfalco.so native/build/jfalco.bpf.o; do
    [ -e "$part" ] || die "$part is missing: run 'make build' first."
  done
  rm -rf "$lib"
  install -d -m 755 "$lib/lib" "$lib/class-data" "$bin" "$units"
  for jar in "$target"/daemon-*.jar; do
    case $jar in *-sources.jar | *-javadoc.jar | *-tests.jar) ;; *) install -m 644 "$jar" "$lib" ;; esac
  done
  install -m 644 $target/lib/*.jar "$lib/lib"
  install -m 755 native/build/libjfalco.so "$lib"
  install -m 644 native/build/jfalco.bpf.o "$lib"
  (cd $target && find native -type f) | while read -r file; do
    install -D -m 755 "$target/$file" "$lib/$file"
  done
  install -m 755 scripts/class-data.sh "$lib"
  install -m 644 etc/falco/falco.yaml etc/falco/falco_rules.yaml "$lib/class-data"
  install -m 644 daemon/src/demo/guest-shell.scap "$lib/class-data/demo.scap"
  install -m 755 bin/falco "$bin"
  for unit in systemd/*.service; do
    sed "s|/usr/bin/falco|$prefix/bin/falco|" "$unit" >"$units/${unit##*/}"
    chmod 644 "$units/${unit##*/}"
  done
  pages | while read -r section page; do
    install -D -m 644 "$page" "$man/$section/${page##*/}"
  done
  if [ -d etc/completion ]; then
    install -D -m 644 etc/completion/falco.bash "$bash"
    install -D -m 644 etc/completion/_falco "$zsh"
  fi
  configure
}

do_uninstall() {
  rm -rf "$lib"
  rm -f "$bin/falco" "$bash" "$zsh"
  for unit in systemd/*.service; do
    rm -f "$units/${unit##*/}"
  done
  pages | while read -r section page; do
    rm -f "$man/$section/${page##*/}"
  done
  deconfigure
}

case ${1:-} in
  install) do_install ;;
  uninstall) do_uninstall ;;
  *) die "use: install.sh install | uninstall" ;;
esac
