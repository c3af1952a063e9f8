/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What the kernel knows of mounts. */
#pragma once

#include "program.h"

/*
 * Keeps the device, as it was given, of the mount that was made last in the task's namespace: its
 * own, unless another thread has mounted something since. In mount.bpf.c.
 */
int mount__keep_newest(void);
