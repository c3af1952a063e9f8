/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Keeps, at the entry of calls, what user memory holds of arguments that the kernel leaves nowhere to be
 * found later: those of an exec that may fail, and addresses. The program of the call tells when memory
 * holds something else in the end.
 */
#include "exec.h"
#include "message.h"

#define NR_COMPAT_SOCKETCALL 102

enum entry_kind { ENTRY_OTHER, ENTRY_EXEC, ENTRY_ADDRESS, ENTRY_MESSAGE, ENTRY_MESSAGES };

/* argv and env; address and length; the header; headers and how many. */
struct entry {
	enum entry_kind kind;
	u64 first;
	u64 second;
};

#define ENTRY(what, one, two)                                                                      \
	do {                                                                                       \
		entry->kind = what;                                                                \
		entry->first = one;                                                                \
		entry->second = two;                                                               \
	} while (0)

INLINE void read_entry(struct entry *entry, const struct pt_regs *regs, u32 number)
{
	if (number == NR_execve)
		ENTRY(ENTRY_EXEC, read__register_arg(regs, 1), read__register_arg(regs, 2));
	else if (number == NR_execveat)
		ENTRY(ENTRY_EXEC, read__register_arg(regs, 2), read__register_arg(regs, 3));
	else if (number == NR_connect || number == NR_bind)
		ENTRY(ENTRY_ADDRESS, read__register_arg(regs, 1), read__register_arg(regs, 2));
	else if (number == NR_sendto)
		ENTRY(ENTRY_ADDRESS, read__register_arg(regs, 4), read__register_arg(regs, 5));
	else if (number == NR_sendmsg)
		ENTRY(ENTRY_MESSAGE, read__register_arg(regs, 1), 0);
	else if (number == NR_sendmmsg)
		ENTRY(ENTRY_MESSAGES, read__register_arg(regs, 1), read__register_arg(regs, 2));
}

#ifdef __TARGET_ARCH_x86
/* The same calls of 32-bit programs. */
INLINE void read_socketcall(struct entry *entry, u32 call, u64 array)
{
	u32 args[6] = {};

	if (call != 2 && call != 3 && call != 11 && call != 16 && call != 20)
		return;
	if (bpf_probe_read_user(args, call == 11 ? 24 : 12, (void *)array))
		return;
	if (call == 2 || call == 3)
		ENTRY(ENTRY_ADDRESS, args[1], args[2]);
	else if (call == 11)
		ENTRY(ENTRY_ADDRESS, args[4], args[5]);
	else if (call == 16)
		ENTRY(ENTRY_MESSAGE, args[1], 0);
	else
		ENTRY(ENTRY_MESSAGES, args[1], args[2]);
}

INLINE void read_compat_entry(struct entry *entry, const struct pt_regs *regs, u32 number)
{
	switch (number) {
	case 11: /* execve */
		ENTRY(ENTRY_EXEC, (u32)regs->cx, (u32)regs->dx);
		break;
	case 358: /* execveat */
		ENTRY(ENTRY_EXEC, (u32)regs->dx, (u32)regs->si);
		break;
	case 361: /* bind */
	case 362: /* connect */
		ENTRY(ENTRY_ADDRESS, (u32)regs->cx, (u32)regs->dx);
		break;
	case 369: /* sendto */
		ENTRY(ENTRY_ADDRESS, (u32)regs->di, (u32)regs->bp);
		break;
	case 370: /* sendmsg */
		ENTRY(ENTRY_MESSAGE, (u32)regs->cx, 0);
		break;
	case 345: /* sendmmsg */
		ENTRY(ENTRY_MESSAGES, (u32)regs->cx, (u32)regs->dx);
		break;
	case NR_COMPAT_SOCKETCALL:
		read_socketcall(entry, regs->bx, (u32)regs->cx);
		break;
	}
}
#else
INLINE void read_compat_entry(struct entry *entry, const struct pt_regs *regs, u32 number)
{
}
#endif

/* Arguments are put together in the scratch space, as the record of a failed call will have them. */
INLINE void keep_exec(struct jf_names *slot, const struct entry *entry)
{
	u64 unreadable = exec__unreadable();
	struct jf_stats *counters = base__stats();
	struct jf_scratch *record = store__current();
	u32 start;

	if (!record || !counters)
		return;
	start = HEADER_SIZE + 2 * EVT_SYSCALL_EXECVE_19_X_PARAMS;
	record->end = start;
	slot->seed = (u64)bpf_get_prandom_u32() << 32 | bpf_get_prandom_u32();
	exec__store_failed_args(record, 1, entry->first);
	slot->print = exec__print(slot->seed, slot->seed, start, record->end - start);
	start = record->end;
	if (entry->second)
		exec__store_array_part(entry->second, task__args_size());
	slot->print = exec__print(slot->print, slot->seed, start, record->end - start);
	slot->entered = counters->pf == unreadable;
	/* They will be counted at the end. */
	counters->pf = unreadable;
}

INLINE void keep_address(struct jf_names *slot, u32 message, u64 user, s32 given)
{
	struct jf_seen *seen = names__seen(slot, message);
	u64 length = given;

	seen->length = 0;
	__builtin_memset(seen->bytes, 0, sizeof(seen->bytes));
	if (user && given > 0) {
		if (length >= JF_ADDRESS_SIZE)
			length = JF_ADDRESS_SIZE - 1;
		OPAQUE(length);
		length &= JF_ADDRESS_SIZE - 1;
		if (bpf_probe_read_user(seen->bytes, length, (void *)user))
			return;
		seen->length = length;
	}
	slot->entered |= 1u << (message & (JF_MESSAGES - 1));
}

/* Of one message, whose struct msghdr is there. */
ONCE int entry__keep_message(u64 address, u32 message)
{
	struct jf_names *slot = names__own(read__current());
	struct user_msghdr header = {};

	if (slot && message__read(address, &header))
		keep_address(slot, message, header.name, header.name_length);
	return 0;
}

INLINE void keep_messages(struct jf_names *slot, const struct entry *entry)
{
	u32 size = read__is_compat(read__current()) ? sizeof(struct compat_mmsghdr) :
								sizeof(struct user_mmsghdr);
	u32 i;

	slot->many = 1;
	for (i = 0; i < JF_MESSAGES; i++) {
		if (i >= (u32)entry->second)
			break;
		entry__keep_message(entry->first + i * size, i);
	}
}

SEC("tp_btf/sys_enter")
int BPF_PROG(keep_entry, struct pt_regs *regs, long id)
{
	struct task_struct *task = read__current();
	u32 number = read__number(regs);
	struct entry entry = {};
	struct jf_names *slot;

	if (read__is_compat(task))
		read_compat_entry(&entry, regs, number);
	else
		read_entry(&entry, regs, number);
	if (entry.kind == ENTRY_OTHER || !names__is_told(task, number))
		return 0;
	slot = names__claim(task);
	if (!slot)
		return 0;
	names__empty(slot);
	if (entry.kind == ENTRY_EXEC)
		keep_exec(slot, &entry);
	else if (entry.kind == ENTRY_ADDRESS)
		keep_address(slot, 0, entry.first, entry.second);
	else if (entry.kind == ENTRY_MESSAGES)
		keep_messages(slot, &entry);
	else
		entry__keep_message(entry.first, 0);
	return 0;
}
