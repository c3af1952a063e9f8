/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Lowest layer: types, maps, numbers of the system call interface. */
#pragma once

#include "vmlinux.h"
#include "flavors.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "events.gen.h"
#include "maps.h"
#include "uapi.h"

#define INLINE static __always_inline

/* Keeps clang from moving or undoing a bound that the verifier needs to see. */
#define OPAQUE(x) asm volatile("" : "+r"(x))

INLINE struct jf_config *base__config(void)
{
	u32 key = 0;

	return bpf_map_lookup_elem(&config, &key);
}

INLINE struct jf_stats *base__stats(void)
{
	u32 cpu = bpf_get_smp_processor_id();

	return bpf_map_lookup_elem(&stats, &cpu);
}

/* Nanoseconds since the epoch. */
INLINE u64 base__now(const struct jf_config *settings)
{
	return bpf_ktime_get_boot_ns() + settings->boot_epoch_ns;
}

/* The counter for a lost record of this event. */
INLINE u32 base__drop_kind(u32 event)
{
	switch (event) {
	case EVT_SYSCALL_CLOSE_X:
		return DROP_CLOSE_EXIT;
	case EVT_SYSCALL_OPEN_X:
	case EVT_SYSCALL_CREAT_X:
	case EVT_SYSCALL_OPENAT_2_X:
	case EVT_SYSCALL_OPENAT2_X:
	case EVT_SYSCALL_OPEN_BY_HANDLE_AT_X:
		return DROP_OPEN_EXIT;
	case EVT_SYSCALL_CLONE_20_X:
	case EVT_SYSCALL_CLONE3_X:
	case EVT_SYSCALL_FORK_20_X:
	case EVT_SYSCALL_VFORK_20_X:
		return DROP_CLONE_FORK_EXIT;
	case EVT_SYSCALL_EXECVE_19_X:
	case EVT_SYSCALL_EXECVEAT_X:
		return DROP_EXECVE_EXIT;
	case EVT_SOCKET_CONNECT_X:
		return DROP_CONNECT_EXIT;
	case EVT_PROCEXIT_1_E:
		return DROP_PROC_EXIT;
	case EVT_SYSCALL_CHMOD_X:
	case EVT_SYSCALL_FCHMOD_X:
	case EVT_SYSCALL_FCHMODAT_X:
	case EVT_SYSCALL_CHOWN_X:
	case EVT_SYSCALL_LCHOWN_X:
	case EVT_SYSCALL_FCHOWN_X:
	case EVT_SYSCALL_FCHOWNAT_X:
	case EVT_SYSCALL_LINK_2_X:
	case EVT_SYSCALL_LINKAT_2_X:
	case EVT_SYSCALL_MKDIR_2_X:
	case EVT_SYSCALL_MKDIRAT_X:
	case EVT_SYSCALL_MOUNT_X:
	case EVT_SYSCALL_UMOUNT2_X:
	case EVT_SYSCALL_RENAME_X:
	case EVT_SYSCALL_RENAMEAT_X:
	case EVT_SYSCALL_RENAMEAT2_X:
	case EVT_SYSCALL_RMDIR_2_X:
	case EVT_SYSCALL_SYMLINK_X:
	case EVT_SYSCALL_SYMLINKAT_X:
	case EVT_SYSCALL_UNLINK_2_X:
	case EVT_SYSCALL_UNLINKAT_2_X:
		return DROP_DIR_FILE_EXIT;
	case EVT_SYSCALL_BPF_2_X:
	case EVT_SYSCALL_SETPGID_X:
	case EVT_SYSCALL_PTRACE_X:
	case EVT_SYSCALL_SECCOMP_X:
	case EVT_SYSCALL_SETNS_X:
	case EVT_SYSCALL_SETRESGID_X:
	case EVT_SYSCALL_SETRESUID_X:
	case EVT_SYSCALL_SETSID_X:
	case EVT_SYSCALL_UNSHARE_X:
	case EVT_SYSCALL_CAPSET_X:
	case EVT_SYSCALL_KEYCTL_X:
		return DROP_OTHER_INTEREST_EXIT;
	default:
		return DROP_OTHER;
	}
}

INLINE void base__count_full_ring(struct jf_stats *counters, u32 event)
{
	u32 kind = base__drop_kind(event);

	counters->drops_buffer_total++;
	if (kind < DROP_KINDS)
		counters->drops_buffer[kind]++;
}
