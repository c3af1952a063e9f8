#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Security hooks tell what the kernel used while another thread changes the argument (10 minutes).
exec "$(dirname "$0")/../junit.sh" KernelTruthIT
