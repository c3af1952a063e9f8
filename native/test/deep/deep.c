// SPDX-License-Identifier: Apache-2.0
/*
 * deep LEVELS LENGTH: makes so many directories, each below the other, with names of so many letters
 * "d", in a tmpfs of its own at /mnt. In the last one it makes the program "file", opens it, starts it
 * in a child and removes it; then it opens "x..." of 5000 letters, which is too long. Prints nothing;
 * marks in the stream are those of trigger. Needs root.
 */
#define _GNU_SOURCE
#include <elf.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define MARK_DONE 0x7a000003

static long must(long result, const char *what) {
  if (result < 0) {
    perror(what);
    exit(1);
  }
  return result;
}

static void descend(int levels, int length) {
  char name[256] = {0};
  memset(name, 'd', length);
  must(unshare(CLONE_NEWNS), "unshare");
  must(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL), "make mounts private");
  must(mount("deep", "/mnt", "tmpfs", 0, NULL), "mount tmpfs");
  must(chdir("/mnt"), "chdir");
  for (int i = 0; i < levels; i++) {
    must(mkdir(name, 0700), "mkdir");
    must(chdir(name), "chdir");
  }
}

/* A whole program, which ends at once. */
static void make_program(const char *name) {
  struct {
    Elf64_Ehdr header;
    Elf64_Phdr segment;
    unsigned char text[12];
  } __attribute__((packed)) program = {
      .header = {.e_ident = {0x7f, 'E', 'L', 'F', ELFCLASS64, ELFDATA2LSB, EV_CURRENT},
                 .e_type = ET_EXEC,
                 .e_machine = EM_X86_64,
                 .e_version = EV_CURRENT,
                 .e_entry = 0x400000 + sizeof(Elf64_Ehdr) + sizeof(Elf64_Phdr),
                 .e_phoff = sizeof(Elf64_Ehdr),
                 .e_ehsize = sizeof(Elf64_Ehdr),
                 .e_phentsize = sizeof(Elf64_Phdr),
                 .e_phnum = 1},
      .segment = {.p_type = PT_LOAD,
                  .p_flags = PF_R | PF_X,
                  .p_vaddr = 0x400000,
                  .p_filesz = sizeof(program),
                  .p_memsz = sizeof(program),
                  .p_align = 0x1000},
      /* mov edi, 0; mov eax, 60; syscall */
      .text = {0xbf, 0, 0, 0, 0, 0xb8, 60, 0, 0, 0, 0x0f, 0x05},
  };
  int fd = must(syscall(SYS_creat, name, 0700), "create");
  must(write(fd, &program, sizeof(program)), "write");
  must(close(fd), "close");
}

int main(int argc, char **argv) {
  static char long_name[5001];
  int status;
  if (argc != 3) {
    return 2;
  }
  descend(atoi(argv[1]), atoi(argv[2]));
  memset(long_name, 'x', sizeof(long_name) - 1);
  make_program("file");
  must(syscall(SYS_openat, AT_FDCWD, "file", O_RDONLY, 0), "open");
  pid_t child = must(fork(), "fork");
  if (child == 0) {
    char *arguments[] = {"file", NULL};
    syscall(SYS_execve, "file", arguments, arguments + 1);
    _exit(1);
  }
  must(waitpid(child, &status, 0), "waitpid");
  must(syscall(SYS_unlink, "file"), "unlink");
  syscall(SYS_open, long_name, O_RDONLY, 0);
  close(MARK_DONE);
  return status;
}
