/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * One program for every system call whose parameters are only copied or converted; the rows come
 * from collect.tsv. It stands in each slot of `tails` that has no program of its own.
 */
#include "mount.h"
#include "names.h"
#include "collect.gen.h"

/* Global, so that the verifier looks at it once and not for each parameter of each kind. */
__noinline u64 collect_convert(u32 name, u64 value)
{
	return convert__by_name(name, value);
}

/* One after the other: an index that varies cannot choose a register. */
INLINE void read_sources(struct jf_scratch *record, const struct pt_regs *regs, long ret,
			 u32 number, const struct collect_row *row)
{
	if (read__is_compat(read__current())) {
		__builtin_memcpy(record->slots, record->compat_args, 6 * sizeof(u64));
	} else {
		record->slots[0] = read__register_arg(regs, 0);
		record->slots[1] = read__register_arg(regs, 1);
		record->slots[2] = read__register_arg(regs, 2);
		record->slots[3] = read__register_arg(regs, 3);
		record->slots[4] = read__register_arg(regs, 4);
		record->slots[5] = read__register_arg(regs, 5);
	}
	record->slots[SOURCE_RET] = ret;
	record->slots[SOURCE_ZERO] = 0;
	record->slots[SOURCE_CODE] = row->code;
	record->slots[SOURCE_NUMBER] = number;
}

/* The number in the 64-bit table, and a result of 16 bits without what is above it. */
INLINE u32 read_number(const struct pt_regs *regs, long *ret)
{
	struct jf_scratch *record;

	if (!read__is_compat(read__current()))
		return read__number(regs);
	record = store__current();
	if (!record)
		return 0;
	if (record->compat_form == COMPAT_ID16_RET)
		*ret = (u16)*ret;
	return record->compat_number;
}

/* Notes start and length of the text, for store_kernel_path. */
INLINE void store_text(struct jf_scratch *record, u32 param, u32 source)
{
	struct path_argument argument =
		names__store_argument(record, param, record->slots[source & 15]);

	record->slots[(SOURCE_PLACES + source) & 15] = (u64)argument.start << 32 | argument.length;
}

/* The device of mount: what a hook saw, what was looked up, or what the new mount has. */
INLINE void store_kernel_device(struct jf_scratch *record, u32 param,
				struct path_argument *argument)
{
	long ret = record->slots[SOURCE_RET];
	u32 flags = record->slots[3];
	int result;

	store__empty(record, param);
	/* Not looked at by these calls, or the hook has seen all that there is. */
	if (!argument->length || flags & MS_NO_DEVICE)
		return;
	argument->user = NAMES_DEVICE;
	if (!(record->kept & KEPT_MOUNT)) {
		if (flags & (MS_BIND | MS_MOVE))
			argument->user = 0;
		else if (ret < 0)
			return;
		else
			mount__keep_newest();
	}
	result = names__check(record, argument, ret);
	if (result >= NAMES_OTHER)
		names__store_copy(param, result - NAMES_OTHER);
	else if (result == NAMES_SAME)
		store__kernel_text(record, param, &record->data[WITHIN(argument->start)],
				   JF_NAME_SIZE);
}

INLINE void store_kernel_path(struct jf_scratch *record, u32 param, const struct collect_op *op)
{
	u64 place = record->slots[(SOURCE_PLACES + op->source) & 15];
	struct path_argument argument = {
		.user = record->slots[op->source & 15],
		.start = place >> 32,
		.length = place,
	};
	long ret = record->slots[SOURCE_RET];
	/* Read as a number: only these can be given on. */
	struct fs_struct *fs = BPF_CORE_READ(read__current(), fs);

	if (!record->kept) {
		store__empty(record, param);
		return;
	}

	if (op->kind == COLLECT_KDEV) {
		store_kernel_device(record, param, &argument);
		return;
	}
	if (ret < 0 || op->kind == COLLECT_KPATH || op->kind == COLLECT_KNEWPATH) {
		if (op->source <= 5)
			names__store(record, param, &argument, ret, op->kind == COLLECT_KNEWPATH);
		else
			store__empty(record, param);
		return;
	}
	if (op->source <= 5)
		names__check(record, &argument, ret);
	path__store_at(record, param,
		       (struct path *)((char *)fs +
				       (op->kind == COLLECT_KCWD
						? bpf_core_field_offset(struct fs_struct, pwd)
						: bpf_core_field_offset(struct fs_struct, root))));
}

INLINE void store_op(struct jf_scratch *record, u32 param, const struct collect_op *op)
{
	u64 value = record->slots[op->source & 15];

	switch (op->kind) {
	case COLLECT_TEXT:
		store_text(record, param, op->source);
		return;
	case COLLECT_KPATH:
	case COLLECT_KNEWPATH:
	case COLLECT_KDEV:
	case COLLECT_KCWD:
	case COLLECT_KROOT:
		store_kernel_path(record, param, op);
		return;
	case COLLECT_TOCTOU:
		names__store_mark(record, param, true);
		return;
	}
	if (op->conversion != CONVERT_NONE)
		value = collect_convert(op->conversion, value);
	switch (op->kind) {
	case COLLECT_U8:
		store__u8(record, param, value);
		return;
	case COLLECT_U16:
		store__u16(record, param, value);
		return;
	case COLLECT_U32:
		store__u32(record, param, value);
		return;
	case COLLECT_FD:
		value = (s64)(s32)value;
		break;
	case COLLECT_LOW:
		value = (u32)value;
		break;
	}
	store__u64(record, param, value);
}

SEC("tp_btf/sys_exit")
int BPF_PROG(collect, struct pt_regs *regs, long ret)
{
	u32 number = read_number(regs, &ret);
	const struct collect_row *row = &collect_rows[number & (JF_SYSCALLS - 1)];
	struct jf_scratch *record;
	u32 i;

	if (!row->event)
		return 0;
	record = program__begin(row->event, row->params);
	if (!record)
		return 0;
	read_sources(record, regs, ret, number, row);
	for (i = 0; i < COLLECT_MAX_OPS; i++) {
		if (i >= row->params)
			break;
		store_op(record, i, &row->ops[i]);
	}
	return program__submit(record, row->event);
}
