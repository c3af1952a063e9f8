#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds the version of Falco's kernel module that the tests want, and prints the file. Its source is
# not part of this project: FALCO_LIBS names a clone of falcosecurity/libs (bare or not) that has the
# tag. Exit 77 without it.
set -eu

version=10.2.0+driver
here=$(cd "$(dirname "$0")" && pwd)
if [ -z "${FALCO_LIBS:-}" ]; then
  echo "no kernel module: FALCO_LIBS names no clone of github.com/falcosecurity/libs" >&2
  exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git -C "$FALCO_LIBS" archive "$version" driver | tar -x -C "$work" || {
  echo "no kernel module: $FALCO_LIBS has no tag $version" >&2
  exit 77
}
"$here/module.sh" "$work/driver" "$version"
