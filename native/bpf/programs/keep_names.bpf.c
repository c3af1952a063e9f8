/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Keeps the paths that system calls really used. The kernel copies a path into an object of its
 * own before it looks at it and frees the object when the call is done: there is no later moment
 * at which it is there, and no earlier one at which it is final. The program of the call then
 * compares it with what user memory holds.
 *
 * A raw tracepoint, since 6.1 lets a typed one not read an argument that is a "const void *", and
 * since the third argument has changed: a cache since 6.1, its name since 5.13, none before.
 */
#include "names.h"

/* Paths shorter than this stand behind their struct filename, in the same object. */
#define EMBEDDED_NAME_MIN (JF_NAME_SIZE - 64)

typedef void (*btf_trace_kmem_cache_free)(void *, unsigned long, const void *,
					  const struct kmem_cache *);
typedef void (*btf_trace_kmem_cache_free___named)(void *, unsigned long, const void *,
						  const char *);

enum object_kind {
	OBJECT_OTHER,
	OBJECT_MAYBE, /* the object itself must tell */
	OBJECT_NAME,
};

/* Objects for paths are the only ones of their size that are freed often. */
INLINE enum object_kind kind_of(struct bpf_raw_tracepoint_args *ctx)
{
	if (bpf_core_type_exists(btf_trace_kmem_cache_free)) {
		const struct kmem_cache *cache = (void *)ctx->args[2];

		return BPF_CORE_READ(cache, object_size) == JF_NAME_SIZE ? OBJECT_NAME :
									   OBJECT_OTHER;
	}
	if (bpf_core_type_exists(btf_trace_kmem_cache_free___named)) {
		char name[12] = {};

		bpf_probe_read_kernel_str(name, sizeof(name), (void *)ctx->args[2]);
		return *(u64 *)name == *(u64 *)"names_ca" ? OBJECT_NAME : OBJECT_OTHER;
	}
	return OBJECT_MAYBE;
}

/*
 * A path in an address, or the source of a bind mount, has no address of its own. 32-bit calls have
 * other numbers.
 */
INLINE bool may_be_copied_before(struct task_struct *task, u32 number)
{
	return number == NR_connect || number == NR_bind || number == NR_sendto ||
	       number == NR_sendmsg || number == NR_sendmmsg || number == NR_mount || read__is_compat(task);
}

/* Of sendmmsg, the path of a local socket is an address like others. */
INLINE void keep_receiver_path(struct jf_names *slot, const void *path)
{
	struct jf_seen *seen = names__unseen(slot);
	long length;

	if (!seen)
		return;
	__builtin_memset(seen->bytes, 0, sizeof(seen->bytes));
	seen->bytes[0] = AF_UNIX;
	length = bpf_probe_read_kernel_str(seen->bytes + 2, SOCKADDR_UN_PATH + 1, path);
	seen->length = length > 0 ? 2 + length : 0;
}

SEC("raw_tp/kmem_cache_free")
int keep_names(struct bpf_raw_tracepoint_args *ctx)
{
	enum object_kind kind = kind_of(ctx);
	u64 object = ctx->args[1];
	struct task_struct *task;
	struct jf_names *slot;
	u32 number;
	struct {
		u64 name;
		u64 user;
	} head;

	if (kind == OBJECT_OTHER)
		return 0;
	task = read__current();
	number = names__number(task);
	if (!names__is_told(task, number) ||
	    bpf_probe_read_kernel(&head, sizeof(head), (void *)object))
		return 0;
	if (head.name == object + bpf_core_field_offset(struct filename, iname)) {
		slot = names__claim(task);
		if (slot && slot->many)
			keep_receiver_path(slot, (void *)head.name);
		else if (slot && (head.user || may_be_copied_before(task, number)))
			names__keep(slot, (void *)head.name, head.user, 1, JF_NAME_SIZE);
	} else if (kind == OBJECT_NAME) {
		/* A long path is alone in its object, or this is no path. */
		slot = names__claim(task);
		if (slot)
			names__keep(slot, (void *)object, NAMES_LONG, EMBEDDED_NAME_MIN,
				    JF_NAME_SIZE);
	}
	return 0;
}
