#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes a Java runtime with the modules that JFalco uses, and no others.
#   runtime.sh FOLDER
set -eu
cd "$(dirname "$0")/.."
java=$(readlink -f "$(command -v "${JAVA_HOME:+$JAVA_HOME/bin/}java")")
jdk=${java%/bin/java}
out=$1

# What our own classes name, and what they look for when they run: jdk.crypto.ec for TLS, jdk.random for
# RandomGenerator. (Libraries name java.desktop and java.sql, too, for features that are not used.)
needed="java.base java.logging java.management java.naming java.security.jgss java.xml \
jdk.crypto.ec jdk.httpserver jdk.net jdk.random jdk.unsupported"

lib=daemon/target/lib
named=$("$jdk/bin/jdeps" --no-recursive --ignore-missing-deps --multi-release 17 --print-module-deps \
  -cp "$lib/*" daemon/target/daemon-*.jar $lib/driver-bridge-*.jar $lib/event-model-*.jar \
  $lib/outputs-*.jar $lib/rules-engine-*.jar | tail -n 1 | tr ',' ' ')
for module in $named; do
  case " $needed " in
    *" $module "*) ;;
    *)
      echo "Error: JFalco's classes need $module, which packaging/runtime.sh leaves out." >&2
      exit 1
      ;;
  esac
done

"$jdk/bin/jlink" --module-path "$jdk/jmods" --add-modules "$(echo "$needed" | tr ' ' ',')" \
  --no-header-files --no-man-pages --strip-debug --compress=1 --output "$out"
# Under this name the process is called falco, as it is to pgrep and journalctl's _COMM.
ln -s java "$out/bin/falco"
# Class data of the JDK itself, on which JFalco's own is built.
"$out/bin/java" -Xshare:dump -XX:+UseSerialGC >/dev/null
