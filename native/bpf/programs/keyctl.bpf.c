/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* keyctl: what its arguments are depends on the operation. */
#include "program.h"

/* First byte of an argument: dynamic.tsv, keyctl_dynamic_param. */
enum { KEYCTL_NUMBER, KEYCTL_TEXT };

/* Two bits for each of the four arguments: unused, a number, a text. */
enum { UNUSED, NUMBER, TEXT };
#define ARGS(a, b, c, d) ((a) | (b) << 2 | (c) << 4 | (d) << 6)

#define KEYCTL_OPERATIONS 64

/* By operation; their numbers are Linux's. */
const u8 keyctl_forms[KEYCTL_OPERATIONS] = {
	[keyctl_operations__KEYCTL_GET_KEYRING_ID] = ARGS(NUMBER, NUMBER, 0, 0),
	[keyctl_operations__KEYCTL_JOIN_SESSION_KEYRING] = ARGS(TEXT, 0, 0, 0),
	[keyctl_operations__KEYCTL_UPDATE] = ARGS(NUMBER, NUMBER, NUMBER, 0),
	[keyctl_operations__KEYCTL_REVOKE] = ARGS(NUMBER, 0, 0, 0),
	[keyctl_operations__KEYCTL_CHOWN] = ARGS(NUMBER, NUMBER, NUMBER, 0),
	[keyctl_operations__KEYCTL_SETPERM] = ARGS(NUMBER, NUMBER, 0, 0),
	[keyctl_operations__KEYCTL_DESCRIBE] = ARGS(NUMBER, NUMBER, NUMBER, 0),
	[keyctl_operations__KEYCTL_CLEAR] = ARGS(NUMBER, 0, 0, 0),
	[keyctl_operations__KEYCTL_LINK] = ARGS(NUMBER, NUMBER, 0, 0),
	[keyctl_operations__KEYCTL_UNLINK] = ARGS(NUMBER, NUMBER, 0, 0),
	[keyctl_operations__KEYCTL_SEARCH] = ARGS(NUMBER, TEXT, TEXT, NUMBER),
	[keyctl_operations__KEYCTL_READ] = ARGS(NUMBER, NUMBER, NUMBER, 0),
	[keyctl_operations__KEYCTL_INSTANTIATE] = ARGS(NUMBER, NUMBER, NUMBER, NUMBER),
	[keyctl_operations__KEYCTL_NEGATE] = ARGS(NUMBER, NUMBER, NUMBER, 0),
	[keyctl_operations__KEYCTL_SET_REQKEY_KEYRING] = ARGS(NUMBER, 0, 0, 0),
	[keyctl_operations__KEYCTL_SET_TIMEOUT] = ARGS(NUMBER, NUMBER, 0, 0),
	[keyctl_operations__KEYCTL_ASSUME_AUTHORITY] = ARGS(NUMBER, 0, 0, 0),
	[keyctl_operations__KEYCTL_GET_SECURITY] = ARGS(NUMBER, NUMBER, NUMBER, 0),
	[keyctl_operations__KEYCTL_REJECT] = ARGS(NUMBER, NUMBER, NUMBER, NUMBER),
	[keyctl_operations__KEYCTL_INSTANTIATE_IOV] = ARGS(NUMBER, NUMBER, NUMBER, NUMBER),
	[keyctl_operations__KEYCTL_INVALIDATE] = ARGS(NUMBER, 0, 0, 0),
	[keyctl_operations__KEYCTL_GET_PERSISTENT] = ARGS(NUMBER, NUMBER, 0, 0),
	[keyctl_operations__KEYCTL_DH_COMPUTE] = ARGS(NUMBER, NUMBER, NUMBER, NUMBER),
	[keyctl_operations__KEYCTL_PKEY_QUERY] = ARGS(NUMBER, NUMBER, TEXT, 0),
	[keyctl_operations__KEYCTL_PKEY_ENCRYPT] = ARGS(NUMBER, TEXT, NUMBER, NUMBER),
	[keyctl_operations__KEYCTL_PKEY_DECRYPT] = ARGS(NUMBER, TEXT, NUMBER, NUMBER),
	[keyctl_operations__KEYCTL_PKEY_SIGN] = ARGS(NUMBER, TEXT, NUMBER, NUMBER),
	[keyctl_operations__KEYCTL_PKEY_VERIFY] = ARGS(NUMBER, TEXT, NUMBER, NUMBER),
	[keyctl_operations__KEYCTL_RESTRICT_KEYRING] = ARGS(NUMBER, TEXT, TEXT, 0),
	[keyctl_operations__KEYCTL_MOVE] = ARGS(NUMBER, NUMBER, NUMBER, NUMBER),
	[keyctl_operations__KEYCTL_CAPABILITIES] = ARGS(NUMBER, NUMBER, 0, 0),
	[keyctl_operations__KEYCTL_WATCH_KEY] = ARGS(NUMBER, NUMBER, NUMBER, 0),
};

INLINE void store_argument(struct jf_scratch *record, u32 param, u32 form, u64 value)
{
	u32 start = record->end;

	if (form == TEXT) {
		store__u8_part(record, KEYCTL_TEXT);
		if (value)
			store__user_text_part(record, value, MAX_TEXT);
	} else {
		store__u8_part(record, KEYCTL_NUMBER);
		store__u64_part(record, form == NUMBER ? value : 0);
	}
	store__length(record, param, record->end - start);
}

PROGRAM(keyctl)
{
	struct jf_scratch *record =
		program__begin(EVT_SYSCALL_KEYCTL_X, EVT_SYSCALL_KEYCTL_X_PARAMS);
	u32 operation = read__arg(regs, 0);
	u32 form = operation < KEYCTL_OPERATIONS ? keyctl_forms[operation & 63] : 0;

	if (!record)
		return 0;
	/* 1: res ERRNO */
	store__s64(record, 0, ret);
	/* 2: operation ENUMFLAGS32 */
	store__u32(record, 1, operation);
	/* 3: arg2 DYN */
	store_argument(record, 2, form & 3, read__arg(regs, 1));
	/* 4: arg3 DYN */
	store_argument(record, 3, form >> 2 & 3, read__arg(regs, 2));
	/* 5: arg4 DYN */
	store_argument(record, 4, form >> 4 & 3, read__arg(regs, 3));
	/* 6: arg5 DYN */
	store_argument(record, 5, form >> 6, read__arg(regs, 4));
	return program__submit(record, EVT_SYSCALL_KEYCTL_X);
}
