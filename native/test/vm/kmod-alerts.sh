#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# In the machine, from the source tree: kmod-alerts.sh MODULE
set -eu

work=/dev/shm/kmod
mkdir $work
cat >$work/rules.yaml <<'RULES'
- rule: Opened
  desc: a marked file is read
  condition: evt.type in (open, openat, openat2) and fd.name endswith jfalco-marked
  output: opened %fd.name by %proc.name, child of %proc.pname
  priority: WARNING
- rule: Started
  desc: a marked program runs
  condition: evt.type in (execve, execveat) and proc.args contains jfalco-marked
  output: started %proc.cmdline (user %user.name)
  priority: NOTICE
- rule: Connected
  desc: a connection to the marked port
  condition: evt.type = connect and fd.sport = 4177
  output: connected %fd.name
  priority: NOTICE
- rule: Daemon
  desc: what the daemon does itself is not seen
  condition: proc.name = java
  output: java did %evt.type
  priority: ERROR
RULES
falco() { # takes the place of its (sub)shell, so that signals reach it
  exec bin/falco -c etc/falco/falco.yaml -o engine.kind=kmod -o rules_files= -r $work/rules.yaml \
    -o engine.kmod.buf_size_preset=2 -o log_syslog=false -o syslog_output.enabled=false \
    -o rule_matching=all -o time_format_iso_8601=true "$@"
}
expect() {
  grep -q "$2" $work/"$1" || {
    echo "$1 has no line '$2':"
    cat $work/"$1"
    exit 1
  }
}

echo "without the module"
code=0
(falco) >$work/out 2>$work/err || code=$?
[ $code = 1 ] || {
  echo "exit code $code"
  exit 1
}
expect err "Trying to inject the Kernel module and opening the capture again"
expect err "Unable to load the driver"
expect err "Falco's kernel module is not loaded; install Falco's driver of version 10"

echo "with the module"
insmod "$1"
falco -v >$work/out 2>$work/err &
daemon=$!
touch $work/jfalco-marked
tries=0
until grep -q '^[^ ]* Warning opened' $work/out; do
  tries=$((tries + 1))
  [ $tries -lt 200 ] || {
    echo "no alert"
    cat $work/err
    exit 1
  }
  sleep 1
  cat $work/jfalco-marked
done
sh -c 'exit 0' jfalco-marked
busybox nc -l -p 4177 >/dev/null &
sleep 2
echo hello | busybox nc -w 2 127.0.0.1 4177
sleep 3
kill -INT $daemon
code=0
wait $daemon || code=$?
[ $code = 0 ] || {
  echo "exit code $code"
  exit 1
}
expect out "Warning opened $work/jfalco-marked by cat, child of sh"
expect out "Notice started sh -c exit 0 jfalco-marked (user root)"
expect out "Notice connected 127.0.0.1:[0-9]*->127.0.0.1:4177"
expect err "Opening 'syscall' source with Kernel module"
expect err "Driver Drops:0"
if grep -q 'java did' $work/out; then
  echo "own events:"
  cat $work/out
  exit 1
fi
[ "$(cat /sys/module/falco/parameters/g_buffer_bytes_dim)" = 2097152 ] || exit 1
rmmod falco
echo "alerts: $(grep -c ' Warning \| Notice ' $work/out)"
