# SPDX-License-Identifier: Apache-2.0
#   make run     build, then run the daemon on this host's live system calls (root)
#   make test    build, then run all tests (root: also those of the kernel)
#   make build   build only; bin/falco then runs from this tree
#   make demo    the same engine on a capture that ships with the project (no root)
#   make install PREFIX=/usr/local DESTDIR=   install what was built; make uninstall removes it
#   make deb     a Debian package with a Java runtime inside; make rpm: the same for RPM
#   make arm64   that the C code compiles for aarch64 (nothing runs it yet)
#   make fuzz SECONDS=60   look for inputs that break the parsers, so long for each target
#   make soak MINUTES=10   memory and state of the daemon under load for so long (root)
#   make vm-test run the tests that take another kernel, in virtual machines (root, minutes)
#   make bench   JMH benchmarks and whole runs
#   make format  apply the code formatters

MVN ?= mvn -B -q -Dstyle.color=never
FALCO_ARGS ?=
SECONDS ?= 60
MINUTES ?= 10
PREFIX ?= /usr/local
DESTDIR ?=

.PHONY: run test fuzz soak vm-test build install uninstall deb rpm demo arm64 bench format setup native java clean

build: setup native java

setup:
	@scripts/setup.sh build

native:
	@$(MAKE) --no-print-directory -s -C native

java:
	@$(MVN) package -DskipTests -Dspotless.check.skip=true
	@scripts/class-data.sh

run:
	@scripts/check-live.sh || { \
	  echo "Live capture is not possible here for the reasons above." >&2; \
	  echo "'make demo' shows the same engine at work on a recorded capture, without root." >&2; \
	  exit 1; }
	@$(MAKE) --no-print-directory build
	@echo "Try in another terminal:  cat /etc/shadow      (Ctrl-C here ends the daemon)"
	@exec bin/falco -c etc/falco/falco.yaml -r etc/falco/falco_rules.yaml $(FALCO_ARGS)

demo: build
	@exec bin/falco -c etc/falco/falco.yaml -r etc/falco/falco_rules.yaml \
	  -o engine.kind=replay -o engine.replay.capture_file=daemon/src/demo/guest-shell.scap \
	  -o syslog_output.enabled=false -o log_syslog=false $(FALCO_ARGS)

install:
	@DESTDIR="$(DESTDIR)" PREFIX="$(PREFIX)" packaging/install.sh install

uninstall:
	@DESTDIR="$(DESTDIR)" PREFIX="$(PREFIX)" packaging/install.sh uninstall

deb: build
	@packaging/build.sh deb

rpm: build
	@command -v rpmbuild >/dev/null || { echo "rpmbuild is missing (Debian: apt-get install rpm)" >&2; exit 1; }
	@packaging/build.sh rpm

test:
	@scripts/setup.sh test
	@$(MAKE) --no-print-directory native
	@$(MVN) verify
	@scripts/class-data.sh

arm64:
	@scripts/setup.sh arm64
	@$(MAKE) --no-print-directory -s -C native arm64

fuzz:
	@MVN="$(MVN)" scripts/fuzz.sh $(SECONDS)

soak: build
	@MVN="$(MVN)" scripts/soak.sh $(MINUTES)

vm-test:
	@scripts/setup.sh vm || echo "Tests whose packages are missing are skipped."
	@$(MAKE) --no-print-directory build
	@native/test/vm/test.sh $(VM_TESTS)

bench: build
	@benchmarks/run.sh

format:
	@$(MVN) spotless:apply
	@clang-format -i native/bpf/programs/*.c native/bpf/lib/*.[ch] native/shim/*.c native/test/*.c native/test/soak/*.[ch]

clean:
	@$(MVN) clean
	@rm -rf native/build
