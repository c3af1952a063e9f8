/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Comparison of paths with the kernel's copies. */
#include "names.h"

#define WORDS (JF_NAME_SIZE / 8)

INLINE u64 word_of_copy(struct jf_name *name, u32 at)
{
	u64 offset = at & (JF_NAME_SIZE - 1);

	OPAQUE(offset);
	offset &= JF_NAME_SIZE - 1;
	if (offset > JF_NAME_SIZE - 8)
		return 0;
	return *(u64 *)&name->text[offset];
}

/* Both texts are length bytes long. */
INLINE bool is_same(struct jf_scratch *record, u32 start, struct jf_name *name, u32 length)
{
	u64 difference;
	u32 i;

	for (i = 0; i < WORDS; i++) {
		if (8 * (i + 1) > length)
			break;
		if (store__word(record, start, 8 * i) != word_of_copy(name, 8 * i))
			return false;
	}
	if (!(length & 7))
		return true;
	if (length > 8)
		return store__word(record, start, length - 8) == word_of_copy(name, length - 8);
	difference = store__word(record, start, 0) ^ word_of_copy(name, 0);
	return !(difference << (64 - 8 * length));
}

ONCE int names__compare(u64 user, u32 start, u32 length)
{
	struct jf_scratch *record = store__current();
	struct jf_names *slot = names__own(read__current());
	int result = NAMES_UNSEEN;
	u32 i;

	if (!record || !slot)
		return NAMES_UNSEEN;
	for (i = 0; i < JF_NAMES; i++) {
		u32 copy = (slot->count - 1 - i) & (JF_NAMES - 1);
		struct jf_name *name = &slot->names[copy];

		if (i >= slot->count)
			break;
		/* An empty one is also what is left of a path that could not be read. */
		if (name->length <= 1)
			continue;
		if (name->user != user && !(name->user == NAMES_LONG && length >= JF_NAME_SIZE / 2))
			continue;
		if (name->length != length || !is_same(record, start, name, length))
			return NAMES_OTHER + copy;
		/* The same address may have been given, and copied, twice. */
		result = NAMES_SAME;
	}
	return result;
}

ONCE int names__store_copy(u32 param, u32 copy)
{
	struct jf_scratch *record = store__current();
	struct jf_names *slot = names__own(read__current());

	if (!record || !slot)
		return 0;
	store__kernel_text(record, param & 31, slot->names[copy & (JF_NAMES - 1)].text,
			   JF_NAME_SIZE);
	return 0;
}

ONCE int names__store_place(u32 param, u32 which)
{
	struct jf_scratch *record = store__current();
	struct jf_names *slot = names__own(read__current());
	struct jf_place *place;
	u64 cursor;

	if (!record || !slot)
		return 0;
	place = &slot->places[which & 1];
	cursor = place->cursor & (JF_NAME_SIZE - 1);
	OPAQUE(cursor);
	cursor &= JF_NAME_SIZE - 1;
	if (place->cut)
		record->cut = 1;
	if (!cursor)
		return 0;
	/* No name was found on the way: the root itself. */
	if (cursor == JF_NAME_SIZE - 1) {
		place->text[JF_NAME_SIZE - 2] = '/';
		cursor--;
	}
	store__kernel_text(record, param & 31, &place->text[cursor], JF_NAME_SIZE);
	return 1;
}

ONCE int names__forget(void)
{
	names__forget_of(read__current());
	return 0;
}
