// SPDX-License-Identifier: Apache-2.0
/*
 * libjfalco: what JFalco's Java side needs of libbpf, and nothing else.
 *
 * Functions that return int return 0 or a non-negative result, or a negative errno; jf_error()
 * then has the operation and the errno as text. A handle belongs to one thread at a time.
 */
#ifndef JFALCO_H
#define JFALCO_H

#include <stdint.h>

struct jf;

/* A handle. libbpf's messages and the verifier's log go to the file log_path (appended; may be NULL). */
struct jf *jf_new(const char *log_path);
/* Detaches, unloads and frees. NULL is allowed. */
void jf_free(struct jf *jf);
/* Operation and errno of the last failure. */
const char *jf_error(const struct jf *jf);
/* Name of the program that made jf_load fail, or "". */
const char *jf_refused(const struct jf *jf);

/* Reads an object file. */
int jf_open(struct jf *jf, const char *object);
/* Writes "p<TAB>name<TAB>section" and "m<TAB>name<TAB>type<TAB>key size<TAB>value size<TAB>max entries"
 * lines, NUL-terminated. Returns the size that all of it needs. */
int jf_list(struct jf *jf, char *out, int size);
/* Chooses whether jf_load loads a program. */
int jf_set_autoload(struct jf *jf, const char *program, int on);
/* Changes the size of a map before jf_load. */
int jf_set_max_entries(struct jf *jf, const char *map, uint32_t entries);
/* Loads maps and programs into the kernel. After a failure the handle can only be freed. */
int jf_load(struct jf *jf);

/* File descriptors of loaded programs and maps; the handle owns them. */
int jf_program_fd(struct jf *jf, const char *program);
int jf_map_fd(struct jf *jf, const char *map);
/* Creates a ring buffer of a power of two of bytes; the handle owns the descriptor. */
int jf_ring(struct jf *jf, uint32_t bytes);
/* Sets an element of a map. */
int jf_update(struct jf *jf, int map_fd, const void *key, const void *value);
/* Maps part of a map into memory. Returns NULL on failure. */
void *jf_mmap(struct jf *jf, int fd, uint64_t offset, uint64_t length, int writable);
int jf_munmap(struct jf *jf, void *at, uint64_t length);

/* Attaches a program to what its section names. */
int jf_attach(struct jf *jf, const char *program);
/* Detaches one program; 0 also when it was not attached. */
int jf_detach_program(struct jf *jf, const char *program);
/* Detaches all programs. */
void jf_detach(struct jf *jf);

/* Writes the names of attached programs whose link is no longer what it was, each behind the other with
 * a blank between them. Returns how many they are. */
int jf_lost(struct jf *jf, char *out, int size);

/* What the kernel knows of a loaded program: its id, how often it ran and for how many nanoseconds (both 0
 * unless kernel.bpf_stats_enabled is set). */
int jf_program_info(struct jf *jf, int program_fd, uint64_t out[3]);
/* The kernel's id of a map. */
int jf_map_id(struct jf *jf, int map_fd);
/* Reads an element of a map; for maps of programs and of maps it is the id of what is there. */
int jf_lookup(struct jf *jf, int map_fd, const void *key, void *value);

/* Opens an iterator's file, from which its records can be read; jf_iter_close closes it. */
int jf_iter_open(struct jf *jf, const char *program);
/* Reads the next bytes, which may begin and end within a record. 0: that was all. */
int jf_iter_read(struct jf *jf, int fd, void *out, uint32_t size);
void jf_iter_close(int fd);

/* Highest number of CPUs that this kernel can have. */
int jf_possible_cpus(void);
/* Bytes of a memory page. */
int jf_page_size(void);
/* Nanoseconds since boot (CLOCK_BOOTTIME). */
int64_t jf_boot_clock(void);
/* Nanoseconds since the epoch at boot (CLOCK_REALTIME - CLOCK_BOOTTIME). */
int64_t jf_boot_epoch(void);

#endif
