/* SPDX-License-Identifier: Apache-2.0 */
/* What /proc says about the calling process, in the form that exec and clone events have. */
#include "trigger.h"

#include <dirent.h>
#include <linux/capability.h>
#include <sys/resource.h>
#include <time.h>

static size_t slurp(const char *path, char *out, size_t capacity) {
  int fd = (int)must(SYS(SYS_openat, AT_FDCWD, path, O_RDONLY), path);
  size_t length = 0;
  for (;;) {
    long got = must(SYS(SYS_read, fd, out + length, capacity - 1 - length), path);
    if (got == 0) {
      break;
    }
    length += (size_t)got;
  }
  SYS(SYS_close, fd);
  out[length] = '\0';
  return length;
}

static unsigned long status_number(const char *status, const char *key) {
  const char *at = strstr(status, key);
  return at == NULL ? 0 : strtoul(at + strlen(key), NULL, 10);
}

static bool lists(const char *names, char separator, const char *name) {
  size_t length = strlen(name);
  for (const char *at = names; (at = strstr(at, name)) != NULL; at += length) {
    bool starts = at == names || at[-1] == separator;
    if (starts && (at[length] == separator || at[length] == '\0' || at[length] == '\n')) {
      return true;
    }
  }
  return false;
}

/* Where the unified hierarchy is mounted, or an empty text. */
static void unified_mount(char *out) {
  char mounts[65536];
  slurp("/proc/self/mounts", mounts, sizeof(mounts));
  out[0] = '\0';
  char *rest = mounts;
  for (char *line; (line = strsep(&rest, "\n")) != NULL;) {
    char type[64];
    char where[256];
    if (sscanf(line, "%*s %255s %63s", where, type) == 2 && strcmp(type, "cgroup2") == 0) {
      strcpy(out, where);
      return;
    }
  }
}

/*
 * On the unified hierarchy a task belongs, for one controller, to the nearest group upwards that has
 * the controller at all.
 */
static void unified_path(const char *controller, const char *path, char *out) {
  char mount[256];
  unified_mount(mount);
  strcpy(out, path);
  while (strcmp(out, "/") != 0) {
    char name[4600];
    char controllers[1024];
    snprintf(name, sizeof(name), "%s%s/cgroup.controllers", mount, out);
    slurp(name, controllers, sizeof(controllers));
    if (lists(controllers, ' ', controller)) {
      return;
    }
    char *slash = strrchr(out, '/');
    slash[slash == out ? 1 : 0] = '\0';
  }
}

/* "cpuset=/a\0cpu=/b\0...": the controllers that events carry, each with its path. */
static void read_cgroups(struct self *self) {
  static const char *const names[][2] = {
      {"cpuset", "cpuset"}, {"cpu", "cpu"}, {"cpuacct", "cpuacct"}, {"io", "blkio"},
      {"memory", "memory"}};
  char all[16384];
  slurp("/proc/self/cgroup", all, sizeof(all));
  self->cgroups_length = 0;
  for (size_t i = 0; i < 5; i++) {
    char path[4096] = "/";
    char copy[16384];
    memcpy(copy, all, sizeof(copy));
    char *rest = copy;
    for (char *line; (line = strsep(&rest, "\n")) != NULL && *line != '\0';) {
      char *controllers = strchr(line, ':') + 1;
      char *where = strchr(controllers, ':');
      *where++ = '\0';
      if (controllers[0] == '\0') {
        unified_path(names[i][0], where, path);
      } else if (lists(controllers, ',', names[i][1])) {
        strcpy(path, where);
        break;
      }
    }
    self->cgroups_length +=
        (size_t)sprintf(self->cgroups + self->cgroups_length, "%s=%s", names[i][0], path) + 1;
  }
}

void read_capabilities(struct self *self) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct data[2];
  must(SYS(SYS_capget, &header, data), "capget");
  self->cap_inheritable = (uint64_t)data[1].inheritable << 32 | data[0].inheritable;
  self->cap_permitted = (uint64_t)data[1].permitted << 32 | data[0].permitted;
  self->cap_effective = (uint64_t)data[1].effective << 32 | data[0].effective;
}

void read_self(struct self *self) {
  char buffer[16384];
  size_t length = slurp("/proc/self/cmdline", buffer, sizeof(buffer));
  size_t exe = strlen(buffer) + 1;
  memcpy(self->exe, buffer, exe);
  self->args_length = length - exe;
  memcpy(self->args, buffer + exe, self->args_length);
  length = slurp("/proc/self/comm", buffer, sizeof(buffer));
  buffer[length - 1] = '\0';
  strcpy(self->comm, buffer);
  slurp("/proc/self/loginuid", buffer, sizeof(buffer));
  self->login_uid = (unsigned)strtoul(buffer, NULL, 10);
  slurp("/proc/self/stat", buffer, sizeof(buffer));
  sscanf(strrchr(buffer, ')') + 1, " %*c %*d %*d %*d %u", &self->tty);
  self->uid = geteuid();
  self->gid = getegid();
  self->tid = (pid_t)SYS(SYS_gettid);
  self->pid = getpid();
  self->pgid = getpgrp();
  struct rlimit limit;
  must(getrlimit(RLIMIT_NOFILE, &limit), "getrlimit");
  self->fd_limit = limit.rlim_cur;
  read_cgroups(self);
  read_capabilities(self);
  slurp("/proc/self/status", buffer, sizeof(buffer));
  self->vm_size_kb = status_number(buffer, "VmSize:");
}

const char *exe_inode(const char *path) {
  struct stat st;
  must(stat(path, &st) < 0 ? -errno : 0, path);
  uint64_t ctime = (uint64_t)st.st_ctim.tv_sec * 1000000000 + (uint64_t)st.st_ctim.tv_nsec;
  uint64_t mtime = (uint64_t)st.st_mtim.tv_sec * 1000000000 + (uint64_t)st.st_mtim.tv_nsec;
  return format("exe_ino=%lu exe_ino_ctime=%lu exe_ino_mtime=%lu", (unsigned long)st.st_ino,
                (unsigned long)ctime, (unsigned long)mtime);
}

void copy_program(int out) {
  int in = (int)must(SYS(SYS_openat, AT_FDCWD, "/proc/self/exe", O_RDONLY), "open own program");
  char buffer[65536];
  long got;
  while ((got = must(SYS(SYS_read, in, buffer, sizeof(buffer)), "read own program")) > 0) {
    must(SYS(SYS_write, out, buffer, got), "copy own program");
  }
  SYS(SYS_close, in);
}

void install_quit(const char *path, mode_t mode) {
  int out = (int)must(SYS(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, 0700), path);
  copy_program(out);
  must(SYS(SYS_fchmod, out, mode), "fchmod");
  SYS(SYS_close, out);
}

const char *process_params(const struct self *self, bool with_args, pid_t ptid,
                           const char *vm_size) {
  return format("exe=%s args=%s tid=%d pid=%d ptid=%d cwd=- fdlimit=%lu pgft_maj=>=0 pgft_min=>=0 "
                "vm_size=%s vm_rss=>=0 vm_swap=>=0 comm=%s cgroups=%s",
                with_args ? text(self->exe) : "-",
                with_args ? bytes(self->args, self->args_length) : "-", self->tid, self->pid, ptid,
                self->fd_limit, vm_size, text(self->comm),
                bytes(self->cgroups, self->cgroups_length));
}

unsigned long monotonic_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (unsigned long)now.tv_sec * 1000000000 + (unsigned long)now.tv_nsec;
}

pid_t only_child_of(pid_t parent) {
  DIR *proc = opendir("/proc");
  for (struct dirent *entry; (entry = readdir(proc)) != NULL;) {
    char path[300];
    char line[512] = "";
    int found;
    if (entry->d_name[0] < '1' || entry->d_name[0] > '9') {
      continue;
    }
    snprintf(path, sizeof(path), "/proc/%s/stat", entry->d_name);
    FILE *stat = fopen(path, "r");
    if (stat == NULL) {
      continue;
    }
    bool matches = fgets(line, sizeof(line), stat) != NULL &&
                   sscanf(strrchr(line, ')'), ") %*c %d", &found) == 1 && found == parent;
    fclose(stat);
    if (matches) {
      closedir(proc);
      return atoi(entry->d_name);
    }
  }
  closedir(proc);
  return (pid_t)must(-ESRCH, "find the child in the new pid namespace");
}
