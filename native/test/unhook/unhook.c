// SPDX-License-Identifier: Apache-2.0
/*
 * Takes from a process, from outside, what it has in the kernel, as somebody would who wants it blind:
 *
 *   unhook PID delete MAP KEY        deletes an element of a map of programs or of maps
 *   unhook PID set MAP KEY VALUE     overwrites the first byte of an element
 *   unhook PID unlink PROGRAM        makes the process close the link of a program
 */
#include <bpf/bpf.h>
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

static void die(const char *what)
{
	fprintf(stderr, "unhook: %s: %s\n", what, strerror(errno));
	exit(1);
}

/* A number behind a name in the information about a descriptor of the process; 0: there is none. */
static unsigned fdinfo(int pid, const char *fd, const char *name)
{
	char path[64], line[256];
	unsigned found = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/fdinfo/%.12s", pid, fd);
	f = fopen(path, "r");
	while (f && fgets(line, sizeof(line), f)) {
		if (!strncmp(line, name, strlen(name)))
			found = strtoul(line + strlen(name), NULL, 10);
	}
	if (f)
		fclose(f);
	return found;
}

static int is_map(unsigned id, const char *name, int *map)
{
	struct bpf_map_info info = {};
	uint32_t size = sizeof(info);

	*map = bpf_map_get_fd_by_id(id);
	return *map >= 0 && !bpf_obj_get_info_by_fd(*map, &info, &size) && !strcmp(info.name, name);
}

static int is_program(unsigned id, const char *name)
{
	struct bpf_prog_info info = {};
	uint32_t size = sizeof(info);
	int fd = bpf_prog_get_fd_by_id(id);
	int same = fd >= 0 && !bpf_obj_get_info_by_fd(fd, &info, &size) && !strcmp(info.name, name);

	if (fd >= 0)
		close(fd);
	return same;
}

/* The map of this name (its descriptor here), or the link of the program of this name (its there). */
static int find(int pid, const char *name, int link)
{
	char path[32];
	struct dirent *entry;
	int map = -1;
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%d/fdinfo", pid);
	dir = opendir(path);
	if (!dir)
		die(path);
	while ((entry = readdir(dir))) {
		if (link && fdinfo(pid, entry->d_name, "link_id:") &&
		    is_program(fdinfo(pid, entry->d_name, "prog_id:"), name))
			return atoi(entry->d_name);
		if (!link && fdinfo(pid, entry->d_name, "map_id:")) {
			if (is_map(fdinfo(pid, entry->d_name, "map_id:"), name, &map))
				return map;
			close(map);
		}
	}
	errno = ENOENT;
	die(name);
	return -1;
}

/*
 * The first thread is in a system call for ever: it makes one more at the same instruction. The number of
 * the link stays in use, for standard error, lest another file gets it.
 */
static void dup2_there(int pid, int from, int to)
{
	struct user_regs_struct before, call;
	int status;

	if (ptrace(PTRACE_ATTACH, pid, NULL, NULL) || waitpid(pid, &status, __WALL) != pid)
		die("attach");
	if (ptrace(PTRACE_GETREGS, pid, NULL, &before))
		die("read registers");
	call = before;
	call.rip -= 2;
	call.rax = SYS_dup2;
	call.orig_rax = -1;
	call.rdi = from;
	call.rsi = to;
	if (ptrace(PTRACE_SETREGS, pid, NULL, &call) || ptrace(PTRACE_SINGLESTEP, pid, NULL, NULL) ||
	    waitpid(pid, &status, __WALL) != pid || ptrace(PTRACE_GETREGS, pid, NULL, &call))
		die("make the call");
	if (ptrace(PTRACE_SETREGS, pid, NULL, &before) || ptrace(PTRACE_DETACH, pid, NULL, NULL))
		die("detach");
	if ((int)call.rax != to) {
		errno = -(int)call.rax;
		die("dup2");
	}
}

int main(int argc, char **argv)
{
	int pid = argc > 3 ? atoi(argv[1]) : 0;
	unsigned char value[4096];
	uint32_t key;
	int map;

	if (argc == 4 && !strcmp(argv[2], "unlink")) {
		dup2_there(pid, 2, find(pid, argv[3], 1));
		return 0;
	}
	if (argc < 5) {
		fprintf(stderr, "usage: see the source\n");
		return 2;
	}
	map = find(pid, argv[3], 0);
	key = strtoul(argv[4], NULL, 10);
	if (!strcmp(argv[2], "delete")) {
		if (bpf_map_delete_elem(map, &key))
			die("delete");
		return 0;
	}
	if (argc != 6 || bpf_map_lookup_elem(map, &key, value))
		die("look up");
	value[0] = strtoul(argv[5], NULL, 10);
	if (bpf_map_update_elem(map, &key, value, BPF_ANY))
		die("update");
	return 0;
}
