/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The maps shared by all programs and by user space. They are weak, so that every object can
 * declare them and the linker keeps one.
 */
#pragma once

#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

#define JF_SYSCALLS 512
#define JF_MAX_RECORD 65536

/*
 * Settings; user space writes them through the mapped page. Byte offsets:
 *   0 boot_epoch_ns  added to the boot clock to get nanoseconds since the epoch
 *   8 self_tgid      process whose events are dropped, in the initial pid namespace
 *  12 snaplen        bytes of data of a read, write, send ... kept, at most
 *  16 drop_failed    1: drop events of calls that failed
 *  20 procexit_wanted 1: send procexit
 *  24 wakeup_bytes   wake the reader when its ring holds this much; 0: never (it polls)
 *  28 dynamic_snaplen 1: keep more of the data of some ports and protocols
 *  32 port_from, 36 port_to  ports of which most is kept; port_to 0: none
 *  40 statsd_port    port of which more is kept
 *  44 kept           bits of enum jf_kept: which programs are attached that keep what the kernel used
 *  48 args_size      bytes kept of a program's arguments, and of its environment
 *  60 iterator_slot  slot of scratch for the iterators
 */
struct jf_config {
	u64 boot_epoch_ns;
	u32 self_tgid;
	u32 snaplen;
	u32 drop_failed;
	u32 procexit_wanted;
	u32 wakeup_bytes;
	u32 dynamic_snaplen;
	u32 port_from;
	u32 port_to;
	u32 statsd_port;
	u32 kept;
	u32 args_size;
	u32 spare[2];
	u32 iterator_slot;
};

enum jf_kept {
	KEPT_NAMES = 1, /* keep_names; the others have a use only with it */
	KEPT_MOUNT = 2, /* hook_sb_mount */
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct jf_config);
} config SEC(".maps") __weak;

/* Bits of an entry of interest. */
#define WANTED 1	/* the system call of this number */
#define WANTED_COMPAT 2 /* the 32-bit system call of this number: it is looked at closer then */
/* Wanted, and its record tells what the kernel used: the call, the 32-bit one. */
#define TELLS 4
#define TELLS_COMPAT 8

/* Which system calls are wanted. The kernel pads values to 8 bytes: entry nr is at byte 8 * nr. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, JF_SYSCALLS);
	__type(key, u32);
	__type(value, u8);
} interest SEC(".maps") __weak;

/* Slot of the program that translates 32-bit system calls. */
#define JF_TAIL_IA32 JF_SYSCALLS

/* Slot nr holds the program for system call nr: x_<name> if there is one, else collect. */
struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, JF_SYSCALLS + 1);
	__uint(key_size, sizeof(u32));
	__uint(value_size, sizeof(u32));
} tails SEC(".maps") __weak;

struct jf_ring {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 8 * 1024 * 1024);
};

/* Slot cpu holds the ring of that CPU's group. User space sets max_entries, and the rings. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, u32);
	__array(values, struct jf_ring);
} rings SEC(".maps") __weak;

/* Kinds of events by which lost records are counted. */
enum jf_drop {
	DROP_CLONE_FORK_EXIT,
	DROP_EXECVE_EXIT,
	DROP_CONNECT_ENTER,
	DROP_CONNECT_EXIT,
	DROP_OPEN_ENTER,
	DROP_OPEN_EXIT,
	DROP_DIR_FILE_EXIT,
	DROP_OTHER_INTEREST_EXIT,
	DROP_CLOSE_EXIT,
	DROP_PROC_EXIT,
	DROP_KINDS,
	DROP_OTHER = DROP_KINDS,
};

/*
 * Counters of one CPU; 256 bytes, so that CPUs share no cache line. Byte offsets:
 *   0 n_evts                 records made, lost ones included
 *   8 drops_buffer[10]       lost because the ring was full, by enum jf_drop
 *  88 drops_buffer_total     all that were lost because the ring was full
 *  96 drops_scratch          lost because this CPU has no scratch space
 * 104 drops_max_event_size   lost because longer than 64 KiB
 * 112 drops_bug              lost for a reason that should not exist (no ring for this CPU ...)
 * 120 ia32                   32-bit system calls that were delivered
 * 128 pf                     arguments that could not be read (page not present)
 */
struct jf_stats {
	u64 n_evts;
	u64 drops_buffer[DROP_KINDS];
	u64 drops_buffer_total;
	u64 drops_scratch;
	u64 drops_max_event_size;
	u64 drops_bug;
	u64 ia32;
	u64 pf;
	u64 spare[15];
};

/* User space sets max_entries to the number of possible CPUs. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct jf_stats);
} stats SEC(".maps") __weak;

/*
 * Where records of variable size are put together. The second half of data only keeps every
 * access within bounds for the verifier (a parameter starts below 64 KiB and is not longer), and
 * serves as temporary space. Per-CPU maps cannot hold values of this size.
 */
struct jf_scratch {
	u32 end;    /* first free byte of data */
	u32 cursor; /* where the path begins that is put together, or the depth of a cgroup */
	u32 differs; /* 1: an argument is no longer what the kernel used */
	u32 cut;     /* 1: arguments, an environment or a path were longer than what is kept */
	u32 kept;    /* as in config, which takes time to look up */
	u32 compared; /* 1: arguments of exec were compared with those at the entry */
	/* Where the walk is that puts a path together: directory entry, mount, its root. */
	u64 walk[3];
	/*
	 * For values that are chosen by a variable index, and those carried through loops: in the
	 * map the verifier does not follow their values, and does not look at every combination.
	 */
	u64 slots[16];
	/* Of a 32-bit system call: its 64-bit number, its enum compat_form, its arguments. */
	u32 compat_number;
	u32 compat_form;
	u64 compat_args[8];
	u8 data[2 * JF_MAX_RECORD];
};

/*
 * A slot for each possible CPU, and the last for the iterators, which may be interrupted by other
 * programs. User space sets max_entries; else only the first CPUs work.
 */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 16);
	__type(key, u32);
	__type(value, struct jf_scratch);
} scratch SEC(".maps") __weak;

/* What a thread's system call had the kernel use, kept until the call returns. */
#define JF_NAMES 2
#define JF_NAME_SIZE 4096
#define JF_NAME_SLOTS 512
#define JF_ADDRESS_SIZE 128
/* Messages of one sendmmsg or recvmmsg that become records. */
#define JF_MESSAGES 16

/* A path that was copied from user memory. */
struct jf_name {
	u64 user;   /* where the caller had it; 0: a local socket's, which came with the address */
	u64 length; /* with the NUL */
	u8 text[JF_NAME_SIZE];
};

/* Where a path led, as a hook saw it: from cursor to the NUL at JF_NAME_SIZE - 1. */
struct jf_place {
	u32 cursor;  /* 0: not known */
	u32 cut;     /* 1: it did not fit */
	u64 walk[3]; /* as in jf_scratch */
	u8 text[JF_NAME_SIZE + 256];
};

/* An IP address and port, in network order; IPv4 as IPv6 has it (::ffff:...). */
struct jf_address {
	u32 words[4];
	u16 port;
	u16 known;
};

/* A socket address as it was given, with zeros behind it. */
struct jf_seen {
	u64 length; /* 0: none was given */
	u8 bytes[JF_ADDRESS_SIZE];
};

struct jf_names {
	u32 tid;
	u32 count;		/* of names that were kept; the last ones are there */
	struct jf_address peer; /* of the connection that the call asked for */
	u32 many;		/* 1: the call is sendmmsg; else all is about message 0 */
	u32 hooked;		/* messages that hooks saw */
	u32 sent;		/* messages that are done, where the kernel tells */
	u32 entered;		/* bit of a message: seen is what memory held at the entry; bit 0: print is */
	u32 known;		/* bit of a message: seen is what the kernel used */
	u32 spare;
	u64 seed;
	u64 print; /* of the arguments and environment of exec, with this seed */
	struct jf_seen seen[JF_MESSAGES];
	struct jf_place places[2]; /* of the first and of the second path */
	struct jf_name names[JF_NAMES];
};

/*
 * Slot tid % JF_NAME_SLOTS; whoever comes later takes it over. User space leaves one slot when
 * nobody asks for these things.
 */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, JF_NAME_SLOTS);
	__type(key, u32);
	__type(value, struct jf_names);
} names SEC(".maps") __weak;
