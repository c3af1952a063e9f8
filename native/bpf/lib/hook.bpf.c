/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Paths as the security hooks see them, kept in the thread's slot. */
#include "hook.h"
#include "walk.h"

INLINE u8 *place_at(struct jf_place *place, u32 offset)
{
	u64 bounded = offset & (JF_NAME_SIZE - 1);

	OPAQUE(bounded);
	bounded &= JF_NAME_SIZE - 1;
	return &place->text[bounded];
}

/* As path__prepend; false, too, when the path is too long to be kept. */
INLINE bool place_prepend(void *to, struct dentry *dentry)
{
	struct jf_place *place = to;
	u32 length = BPF_CORE_READ(dentry, d_name.len) & 0xff;
	const unsigned char *name = BPF_CORE_READ(dentry, d_name.name);
	u32 cursor = place->cursor;

	OPAQUE(length);
	length &= 0xff;
	if (!length || cursor <= length + 1 ||
	    bpf_probe_read_kernel(place_at(place, cursor - length), length, name))
		return false;
	place->cursor = cursor - length - 1;
	*place_at(place, cursor - length - 1) = '/';
	return true;
}

ONCE int hook__climb(u32 which)
{
	struct jf_names *slot = names__own(read__current());
	struct jf_place *place;

	if (!slot)
		return WALK_CUT;
	place = &slot->places[which & 1];
	return walk__part(place->walk, place, place_prepend);
}

ONCE int hook__keep(u64 entry, u64 mount, u32 which)
{
	struct jf_names *slot = names__own(read__current());
	struct jf_place *place;
	int i;

	if (!slot)
		return 0;
	place = &slot->places[which & 1];
	walk__begin(place->walk, (struct dentry *)entry, (struct vfsmount *)mount);
	place->text[JF_NAME_SIZE - 1] = 0;
	place->cursor = JF_NAME_SIZE - 1;
	place->cut = 0;
	for (i = 0; i < WALK_PARTS; i++) {
		int result = hook__climb(which);

		if (result == WALK_TOP)
			return 0;
		if (result == WALK_CUT)
			break;
	}
	place->cursor = 0;
	place->cut = 1;
	return 0;
}
