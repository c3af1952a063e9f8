#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs the scripts in tests/, or those that are named. Exit code 1 when one failed; a test that ends
# with 77 was skipped and has said why.
set -u

here=$(cd "$(dirname "$0")" && pwd)
[ $# -gt 0 ] || set -- $(cd "$here/tests" && ls | sed 's/\.sh$//')
failed=
for name; do
  echo "=== $name: $(sed -n '3s/^# //p' "$here/tests/$name.sh")"
  "$here/tests/$name.sh"
  code=$?
  case $code in
    0) echo "=== $name: passed" ;;
    77) echo "=== $name: skipped" ;;
    *)
      echo "=== $name: FAILED ($code)"
      failed="$failed $name"
      ;;
  esac
done
[ -z "$failed" ] || {
  echo "failed:$failed" >&2
  exit 1
}
