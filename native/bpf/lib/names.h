/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Whether a path in a record, which was read from user memory when the call returned, is the one
 * that the kernel used: keep_names has kept that.
 */
#pragma once

#include "path.h"

/* Stands for the address of a path that is too long to have it kept. */
#define NAMES_LONG 1

/* The same, for the device of mount, which a hook saw. */
#define NAMES_DEVICE 2

enum names_place { PLACE_FIRST, PLACE_SECOND };

enum names_result { NAMES_SAME, NAMES_UNSEEN, NAMES_OTHER };

/* A path argument and where it went. */
struct path_argument {
	u64 user;
	u32 start;
	u32 length;
};

INLINE void names__empty(struct jf_names *slot)
{
	slot->count = 0;
	slot->peer.known = 0;
	slot->many = 0;
	slot->hooked = 0;
	slot->sent = 0;
	slot->entered = 0;
	slot->known = 0;
	slot->places[0].cursor = 0;
	slot->places[0].cut = 0;
	slot->places[1].cursor = 0;
	slot->places[1].cut = 0;
}

/* The thread's slot, emptied if it was another's. */
INLINE struct jf_names *names__claim(struct task_struct *task)
{
	u32 tid = FOLLOW(task, pid);
	u32 key = tid % JF_NAME_SLOTS;
	struct jf_names *slot = bpf_map_lookup_elem(&names, &key);

	if (slot && slot->tid != tid) {
		slot->tid = tid;
		names__empty(slot);
	}
	return slot;
}

#ifdef __TARGET_ARCH_x86
/* Of the kernel's stack of a task, before 5.15. */
#define STACK_SIZE 0x4000

INLINE u32 names__number_on_stack(struct task_struct *task)
{
	struct pt_regs *end = (struct pt_regs *)((char *)BPF_CORE_READ(task, stack) + STACK_SIZE);

	return BPF_CORE_READ(end - 1, orig_ax);
}
#else
INLINE u32 names__number_on_stack(struct task_struct *task)
{
	return -1;
}
#endif

/* The number of the system call that the task is in. */
INLINE u32 names__number(struct task_struct *task)
{
	if (!bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_task_pt_regs))
		return names__number_on_stack(task);
	return read__number((struct pt_regs *)bpf_task_pt_regs(task));
}

/*
 * Whether the record of this system call tells what the kernel used. Others would leave something
 * behind that the next one takes for its own.
 */
INLINE bool names__is_told(struct task_struct *task, u32 number)
{
	u8 *wanted = bpf_map_lookup_elem(&interest, &number);
	struct jf_config *settings = base__config();

	if (!wanted || !settings || FOLLOW(task, tgid) == settings->self_tgid ||
	    FOLLOW(task, flags) & PF_KTHREAD)
		return false;
	return *wanted & (read__is_compat(task) ? TELLS_COMPAT : TELLS);
}

/* The thread's slot, or NULL when nothing of its is there. */
INLINE struct jf_names *names__own(struct task_struct *task)
{
	u32 tid = FOLLOW(task, pid);
	u32 key = tid % JF_NAME_SLOTS;
	struct jf_names *slot = bpf_map_lookup_elem(&names, &key);

	return slot && slot->tid == tid ? slot : NULL;
}

/* Room for the address of a message. */
INLINE struct jf_seen *names__seen(struct jf_names *slot, u32 message)
{
	u64 index = message & (JF_MESSAGES - 1);

	OPAQUE(index);
	return &slot->seen[index & (JF_MESSAGES - 1)];
}

/*
 * Where to keep the address of the message that is being sent; NULL when a hook does it, when it is
 * there, or beyond those that become records.
 */
INLINE struct jf_seen *names__unseen(struct jf_names *slot)
{
	u32 message = slot->many ? slot->sent : 0;

	if (slot->hooked || message >= JF_MESSAGES || slot->known & 1u << message)
		return NULL;
	slot->known |= 1u << message;
	return names__seen(slot, message);
}

/* Keeps a text of least bytes or more, with its NUL, and of limit bytes at most. */
INLINE void names__keep(struct jf_names *slot, const void *text, u64 user, u32 least, u32 limit)
{
	struct jf_name *name = &slot->names[slot->count & (JF_NAMES - 1)];
	long length = bpf_probe_read_kernel_str(name->text, limit, text);

	if (length <= 0 || length < least)
		return;
	name->user = user;
	name->length = length;
	slot->count++;
}

/*
 * Looks for the kernel's copy of the path from this address and compares it with length bytes of
 * the record. When it is another one: NAMES_OTHER plus the number of the copy. In names.bpf.c.
 */
int names__compare(u64 user, u32 start, u32 length);

/* Stores a copy as a parameter. In names.bpf.c. */
int names__store_copy(u32 param, u32 copy);

/* Forgets the copies, so that they do not stand for those of the next call. */
INLINE void names__forget_of(struct task_struct *task)
{
	struct jf_names *slot = names__own(task);

	if (slot)
		names__empty(slot);
}

/* The same, of the current task. In names.bpf.c. */
int names__forget(void);

/* Stores a path argument, as store__user_text does, for names__check; notes when it is cut. */
INLINE struct path_argument names__store_argument(struct jf_scratch *record, u32 param, u64 user)
{
	struct path_argument argument = { .user = user, .start = record->end };

	argument.length = store__user_text(record, param, user);
	if (argument.length == MAX_TEXT) {
		char last = 0;

		bpf_probe_read_user(&last, 1, (void *)(user + MAX_TEXT - 1));
		if (last)
			record->cut = 1;
	}
	return argument;
}

/*
 * Notes whether the argument is what the kernel used. NAMES_OTHER and more: it is not, and the copy
 * can be stored.
 */
INLINE int names__check(struct jf_scratch *record, const struct path_argument *argument, long ret)
{
	int result;

	if (!record->kept)
		return NAMES_SAME;
	result = names__compare(argument->user, argument->start, argument->length);
	/* No path could be read, or it was too long: what was freed has another call's address. */
	if (ret == -EFAULT || ret == -ENAMETOOLONG) {
		if (result >= NAMES_OTHER && argument->length &&
		    argument->length < JF_NAME_SIZE / 2)
			record->differs = 1;
		return NAMES_UNSEEN;
	}
	/* A call that failed may have looked at no path at all; an empty one may mean a descriptor. */
	if (result >= NAMES_OTHER ||
	    (result == NAMES_UNSEEN && ret >= 0 && argument->length > 1))
		record->differs = 1;
	return result;
}

/* Stores the path that a hook saw, if one did. In names.bpf.c. */
int names__store_place(u32 param, u32 which);

/*
 * kpath of a call that leaves no object: where the path led, when a hook saw that; else what the
 * kernel used, if that is not what the name says.
 */
INLINE void names__store(struct jf_scratch *record, u32 param, const struct path_argument *argument,
			 long ret, enum names_place which)
{
	int result = names__check(record, argument, ret);

	if (names__store_place(param, which))
		return;
	if (result >= NAMES_OTHER)
		names__store_copy(param, result - NAMES_OTHER);
	else
		store__empty(record, param);
}

/* Bits of toctou. */
#define MARK_DIFFERS 1	  /* an argument is, or may be, no longer what the kernel used */
#define MARK_CUT 2	  /* something was longer than what is kept */
#define MARK_NOT_LOOKED 4 /* nobody looked whether an argument differs */

/*
 * toctou, once all arguments are checked. looked: somebody would have seen a difference. Missing when
 * there is nothing to tell.
 */
INLINE void names__store_mark(struct jf_scratch *record, u32 param, bool looked)
{
	u32 mark = MARK_NOT_LOOKED;

	if (record->kept && (looked || record->differs))
		mark = record->differs * MARK_DIFFERS;

	mark |= record->cut * MARK_CUT;
	if (record->kept)
		names__forget();
	if (mark == MARK_NOT_LOOKED)
		store__empty(record, param);
	else
		store__u32(record, param, mark);
}

/* kpath and toctou of a call that opened a file. */
INLINE void names__store_opened(struct jf_scratch *record, u32 param,
				const struct path_argument *argument, long ret)
{
	if (!record->kept) {
		store__empty(record, param);
	} else if (ret < 0) {
		names__store(record, param, argument, ret, PLACE_FIRST);
	} else {
		names__check(record, argument, ret);
		path__store(record, param, read__file(read__current(), ret));
	}
	names__store_mark(record, param + 1, true);
}
