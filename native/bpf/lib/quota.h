/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Disk quotas: commands and structures of quotactl. */
#pragma once

#include "program.h"

#define QUOTA_COMMAND_SHIFT 8
#define QUOTA_TYPE_MASK 0xff
#define QUOTA_FIRST_COMMAND 0x800001
#define QUOTA_FIRST_XFS_COMMAND (('X' << 8) + 1)

#define QFMT_NONE 0
#define QFMT_VFS_OLD 1
#define QFMT_VFS_V0 2
#define QFMT_VFS_V1 4

/* Members of the structures that count. */
#define QIF_BLIMITS 1
#define QIF_SPACE 2
#define QIF_ILIMITS 4
#define QIF_BTIME 16
#define QIF_ITIME 32
#define IIF_BGRACE 1
#define IIF_IGRACE 2
#define IIF_FLAGS 4

struct user_dqblk {
	u64 block_hard_limit;
	u64 block_soft_limit;
	u64 space;
	u64 inode_hard_limit;
	u64 inode_soft_limit;
	u64 inodes;
	u64 block_time;
	u64 inode_time;
	u32 valid;
};

struct user_dqinfo {
	u64 block_grace;
	u64 inode_grace;
	u32 flags;
	u32 valid;
};

/* Commands in the order of their numbers. */
const u16 quota_commands[8] = {
	quotactl_cmds__Q_SYNC,	   quotactl_cmds__Q_QUOTAON,  quotactl_cmds__Q_QUOTAOFF,
	quotactl_cmds__Q_GETFMT,   quotactl_cmds__Q_GETINFO,  quotactl_cmds__Q_SETINFO,
	quotactl_cmds__Q_GETQUOTA, quotactl_cmds__Q_SETQUOTA,
};

const u16 quota_xfs_commands[8] = {
	quotactl_cmds__Q_XQUOTAON,   quotactl_cmds__Q_XQUOTAOFF, quotactl_cmds__Q_XGETQUOTA,
	quotactl_cmds__Q_XSETQLIM,   quotactl_cmds__Q_XGETQSTAT, quotactl_cmds__Q_XQUOTARM,
	quotactl_cmds__Q_XQUOTASYNC,
};

INLINE u32 quota__command(u32 number)
{
	u32 command = number >> QUOTA_COMMAND_SHIFT;

	if (command - QUOTA_FIRST_COMMAND < 8)
		return quota_commands[(command - QUOTA_FIRST_COMMAND) & 7];
	if (command - QUOTA_FIRST_XFS_COMMAND < 8)
		return quota_xfs_commands[(command - QUOTA_FIRST_XFS_COMMAND) & 7];
	return 0;
}

INLINE u8 quota__type(u32 number)
{
	switch (number & QUOTA_TYPE_MASK) {
	case 0:
		return quotactl_types__USRQUOTA;
	case 1:
		return quotactl_types__GRPQUOTA;
	default:
		return 0;
	}
}

/* Formats have a name each, one of which stands for none. */
INLINE u8 quota__format(u32 format)
{
	switch (format) {
	case QFMT_VFS_OLD:
		return quotactl_quota_fmts__QFMT_VFS_OLD;
	case QFMT_VFS_V0:
		return quotactl_quota_fmts__QFMT_VFS_V0;
	case QFMT_VFS_V1:
		return quotactl_quota_fmts__QFMT_VFS_V1;
	default:
		return quotactl_quota_fmts__QFMT_NOT_USED;
	}
}

/* The commands whose third argument is a user or a group. */
INLINE bool quota__has_id(u32 command)
{
	return command == quotactl_cmds__Q_GETQUOTA || command == quotactl_cmds__Q_SETQUOTA ||
	       command == quotactl_cmds__Q_XGETQUOTA || command == quotactl_cmds__Q_XSETQLIM;
}
