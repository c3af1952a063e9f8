/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* A signal reaches a thread, which is the current one. Attached on request. */
#include "tracepoint.h"

#define SIGHUP 1
#define SIGINT 2
#define SIGQUIT 3
#define SIGKILL 9
#define SIGTERM 15
#define SIGCHLD 17
#define SIGTSTP 20
#define SIGRTMIN 32
#define SI_USER 0

/* Whether the sender's pid is known: it depends on the signal, as in Falco. */
INLINE bool has_sender(int sig, struct kernel_siginfo *info)
{
	switch (sig) {
	case SIGKILL:
	case SIGCHLD:
		return true;
	case SIGTERM:
	case SIGHUP:
	case SIGINT:
	case SIGTSTP:
	case SIGQUIT:
		return info->si_code <= SI_USER;
	default:
		return sig >= SIGRTMIN;
	}
}

SEC("tp_btf/signal_deliver")
int BPF_PROG(signal_deliver, int sig, struct kernel_siginfo *info)
{
	pid_t sender = 0;

	if (tracepoint__is_own())
		return 0;
	/* The members for each kind of signal begin with the pid. */
	if (info && has_sender(sig, info))
		sender = info->_sifields._kill._pid;
	FIXED_BEGIN(record, EVT_SIGNALDELIVER_E, 17);
	/* 1: spid PID */
	fixed__s64(&record, sender);
	/* 2: dpid PID */
	fixed__s64(&record, FOLLOW(read__current(), pid));
	/* 3: sig SIGTYPE */
	fixed__u8(&record, sig);
	FIXED_SUBMIT(record);
}
