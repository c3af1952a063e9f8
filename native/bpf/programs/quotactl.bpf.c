/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* quotactl: the structure behind its last argument, for the commands that have one. */
#include "quota.h"

INLINE void store_limits(struct jf_scratch *record, u32 command, u64 address)
{
	struct user_dqblk block = {};
	u32 valid;

	if (command == quotactl_cmds__Q_GETQUOTA || command == quotactl_cmds__Q_SETQUOTA)
		bpf_probe_read_user(&block, sizeof(block), (void *)address);
	valid = block.valid;
	/* 4: dqb_bhardlimit UINT64 */
	store__u64(record, 3, valid & QIF_BLIMITS ? block.block_hard_limit : 0);
	/* 5: dqb_bsoftlimit UINT64 */
	store__u64(record, 4, valid & QIF_BLIMITS ? block.block_soft_limit : 0);
	/* 6: dqb_curspace UINT64 */
	store__u64(record, 5, valid & QIF_SPACE ? block.space : 0);
	/* 7: dqb_ihardlimit UINT64 */
	store__u64(record, 6, valid & QIF_ILIMITS ? block.inode_hard_limit : 0);
	/* 8: dqb_isoftlimit UINT64 */
	store__u64(record, 7, valid & QIF_ILIMITS ? block.inode_soft_limit : 0);
	/* 9: dqb_btime RELTIME */
	store__u64(record, 8, valid & QIF_BTIME ? block.block_time : 0);
	/* 10: dqb_itime RELTIME */
	store__u64(record, 9, valid & QIF_ITIME ? block.inode_time : 0);
}

INLINE void store_info(struct jf_scratch *record, u32 command, u64 address)
{
	struct user_dqinfo info = {};

	if (command == quotactl_cmds__Q_GETINFO || command == quotactl_cmds__Q_SETINFO)
		bpf_probe_read_user(&info, sizeof(info), (void *)address);
	/* 11: dqi_bgrace RELTIME */
	store__u64(record, 10, info.valid & IIF_BGRACE ? info.block_grace : 0);
	/* 12: dqi_igrace RELTIME */
	store__u64(record, 11, info.valid & IIF_IGRACE ? info.inode_grace : 0);
	/* 13: dqi_flags FLAGS8 */
	store__u8(record, 12, info.valid & IIF_FLAGS ? info.flags : 0);
}

PROGRAM(quotactl)
{
	struct jf_scratch *record =
		program__begin(EVT_SYSCALL_QUOTACTL_X, EVT_SYSCALL_QUOTACTL_X_PARAMS);
	u32 number = read__arg(regs, 0);
	u32 command = quota__command(number);
	u32 id = read__arg(regs, 2);
	u64 address = read__arg(regs, 3);
	u32 format = 0;

	if (!record)
		return 0;
	/* 1: res ERRNO */
	store__s64(record, 0, ret);
	/* 2: special CHARBUF */
	store__user_text(record, 1, read__arg(regs, 1));
	/* 3: quotafilepath CHARBUF */
	if (command == quotactl_cmds__Q_QUOTAON)
		store__user_text(record, 2, address);
	else
		store__empty(record, 2);
	/* 4 to 10 */
	store_limits(record, command, address);
	/* 11 to 13 */
	store_info(record, command, address);
	/* 14: quota_fmt_out FLAGS8 */
	if (command == quotactl_cmds__Q_GETFMT)
		bpf_probe_read_user(&format, sizeof(format), (void *)address);
	store__u8(record, 13, quota__format(format));
	/* 15: cmd FLAGS16 */
	store__u16(record, 14, command);
	/* 16: type FLAGS8 */
	store__u8(record, 15, quota__type(number));
	/* 17: id UINT32 */
	store__u32(record, 16, quota__has_id(command) ? id : 0);
	/* 18: quota_fmt FLAGS8 */
	store__u8(record, 17, quota__format(command == quotactl_cmds__Q_QUOTAON ? id : QFMT_NONE));
	return program__submit(record, EVT_SYSCALL_QUOTACTL_X);
}
