/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * 32-bit system calls: sys_exit jumps here with them. Puts the arguments, in the form of the
 * 64-bit call, into the scratch space, where read__arg finds them, and jumps to that call's
 * program. socketcall and ipc stand for many calls each.
 */
#include "program.h"

#ifdef __TARGET_ARCH_x86
#include "ia32.gen.h"

#define NR_IA32_SOCKETCALL 102
#define NR_IA32_IPC 117

#define IA32_UNMAPPED 0xffff
#define IPC_64 0x100

/* How many arguments each call of socketcall takes from its array. */
const u8 socketcall_args[32] = {0, 3, 3, 3, 2, 3, 3, 3, 4, 4, 4, 6, 6, 2, 5, 5, 3, 3, 4, 5, 4};

INLINE void read_registers(u64 *args, const struct pt_regs *regs)
{
	args[0] = (u32)regs->bx;
	args[1] = (u32)regs->cx;
	args[2] = (u32)regs->dx;
	args[3] = (u32)regs->si;
	args[4] = (u32)regs->di;
	args[5] = (u32)regs->bp;
}

/* Reads count arguments from an array in the caller's memory; the others become 0. */
INLINE bool read_array(u64 *args, u64 address, u32 count)
{
	u32 raw[6] = {};
	u64 size = (u64)count * sizeof(u32);
	u32 i;

	OPAQUE(size);
	if (size > sizeof(raw) || bpf_probe_read_user(raw, size, (void *)address))
		return false;
	for (i = 0; i < 6; i++)
		args[i] = raw[i];
	return true;
}

INLINE const struct compat_row *demultiplex_socketcall(u64 *args)
{
	u32 call = args[0];

	if (call >= 32)
		return NULL;
	if (!read_array(args, args[1], socketcall_args[call & 31]))
		return NULL;
	return &ia32_socketcalls[call & 31];
}

/* The semaphore calls become what they are on their own; of the others no argument is shown. */
INLINE const struct compat_row *demultiplex_ipc(u64 *args)
{
	u32 call = args[0] & 0xffff;
	u64 pointer = args[4];

	if (call >= 32)
		return NULL;
	args[0] = args[1];
	args[1] = args[2];
	args[2] = args[3];
	if (call == 1 || call == 4) { /* semop, semtimedop */
		args[2] = args[1];
		args[1] = pointer;
	} else if (call == 3) { /* semctl */
		u32 value = 0;

		bpf_probe_read_user(&value, sizeof(value), (void *)pointer);
		args[2] &= ~(u64)IPC_64;
		args[3] = value;
	}
	return &ia32_ipccalls[call & 31];
}

/* A 16-bit number of a user or a group; -1 has to stay -1. */
INLINE u32 wide_id(u64 id)
{
	return (u16)id == 0xffff ? -1 : (u16)id;
}

INLINE void convert_args(u64 *args, u32 form)
{
	switch (form) {
	case COMPAT_MMAP_STRUCT:
		if (!read_array(args, args[0], 6))
			args[0] = 0;
		break;
	case COMPAT_PAGES:
		args[5] <<= 12;
		break;
	case COMPAT_NO_FLAGS:
		args[1] = 0;
		break;
	case COMPAT_LONG_OFFSET:
		args[1] = (s64)(s32)args[1];
		break;
	case COMPAT_LLSEEK:
		args[1] = args[1] << 32 | args[2];
		args[2] = args[4];
		break;
	case COMPAT_OFFSET_PAIR:
		args[3] |= args[4] << 32;
		break;
	case COMPAT_IDS16:
		args[0] = wide_id(args[0]);
		args[1] = wide_id(args[1]);
		args[2] = wide_id(args[2]);
		break;
	case COMPAT_OWNER16:
		args[1] = wide_id(args[1]);
		args[2] = wide_id(args[2]);
		break;
	case COMPAT_NO_ADDRESS:
		args[4] = 0;
		args[5] = 0;
		break;
	}
}

SEC("tp_btf/sys_exit")
int BPF_PROG(ia32, struct pt_regs *regs, long ret)
{
	struct jf_scratch *record = store__current();
	struct jf_stats *counters = base__stats();
	u32 number = regs->orig_ax;
	const struct compat_row *row;
	u8 *wanted;

	if (!record || !counters || number >= JF_SYSCALLS)
		return 0;
	read_registers(record->compat_args, regs);
	if (number == NR_IA32_SOCKETCALL)
		row = demultiplex_socketcall(record->compat_args);
	else if (number == NR_IA32_IPC)
		row = demultiplex_ipc(record->compat_args);
	else
		row = &ia32_calls[number & (JF_SYSCALLS - 1)];
	if (!row || !row->number)
		return 0;
	number = row->number - 1;
	wanted = bpf_map_lookup_elem(&interest, &number);
	if (!wanted || !(*wanted & WANTED))
		return 0;
	convert_args(record->compat_args, row->form);
	record->compat_number = number;
	record->compat_form = row->form;
	counters->ia32++;
	bpf_tail_call(ctx, &tails, number);
	return 0;
}
#endif
