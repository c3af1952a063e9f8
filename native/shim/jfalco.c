// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "jfalco.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define NAME_SIZE 128
#define ERROR_SIZE 512

struct attachment {
	struct bpf_program *program;
	struct bpf_link *link;
	uint32_t id; /* 0 where the kernel does not tell */
};

struct jf {
	struct bpf_object *object;
	FILE *log;
	struct attachment *links;
	int n_links;
	int *rings;
	int n_rings;
	int loading;
	char refused[NAME_SIZE];
	char error[ERROR_SIZE];
};

/* libbpf's print hook has no argument of its own; it runs on the thread that called libbpf. */
static __thread struct jf *printing;

static int fail(struct jf *jf, int err, const char *format, ...)
{
	va_list args;
	int n;

	if (err > 0)
		err = -err;
	va_start(args, format);
	n = vsnprintf(jf->error, sizeof(jf->error), format, args);
	va_end(args);
	if (n >= 0 && n < (int)sizeof(jf->error))
		snprintf(jf->error + n, sizeof(jf->error) - n, ": errno %d", -err);
	return err;
}

/* libbpf stops at the first program that cannot be loaded, so the last one it names is that one. */
static void note_refused(struct jf *jf, const char *line)
{
	const char *name = strstr(line, "prog '");
	const char *end;
	size_t length;

	if (!name)
		return;
	name += strlen("prog '");
	end = strchr(name, '\'');
	if (!end)
		return;
	length = end - name;
	if (length >= sizeof(jf->refused))
		length = sizeof(jf->refused) - 1;
	memcpy(jf->refused, name, length);
	jf->refused[length] = 0;
}

static int print(enum libbpf_print_level level, const char *format, va_list args)
{
	struct jf *jf = printing;
	char start[256];
	va_list again;

	if (!jf || level == LIBBPF_DEBUG)
		return 0;
	va_copy(again, args);
	vsnprintf(start, sizeof(start), format, again);
	va_end(again);
	if (jf->loading && level == LIBBPF_WARN)
		note_refused(jf, start);
	if (jf->log)
		vfprintf(jf->log, format, args);
	return 0;
}

struct jf *jf_new(const char *log_path)
{
	struct jf *jf = calloc(1, sizeof(*jf));

	if (!jf)
		return NULL;
	if (log_path)
		jf->log = fopen(log_path, "ae");
	libbpf_set_print(print);
	return jf;
}

void jf_free(struct jf *jf)
{
	if (!jf)
		return;
	jf_detach(jf);
	free(jf->links);
	for (int i = 0; i < jf->n_rings; i++)
		close(jf->rings[i]);
	free(jf->rings);
	bpf_object__close(jf->object);
	if (jf->log)
		fclose(jf->log);
	free(jf);
}

const char *jf_error(const struct jf *jf)
{
	return jf->error;
}

const char *jf_refused(const struct jf *jf)
{
	return jf->refused;
}

int jf_open(struct jf *jf, const char *object)
{
	if (jf->object)
		return fail(jf, EBUSY, "open object %s: one is open already", object);
	printing = jf;
	jf->object = bpf_object__open_file(object, NULL);
	printing = NULL;
	return jf->object ? 0 : fail(jf, errno, "open object %s", object);
}

static void append(char *out, int size, int *used, const char *format, ...)
{
	va_list args;
	int room = *used < size ? size - *used : 0;

	va_start(args, format);
	*used += vsnprintf(room ? out + *used : NULL, room, format, args);
	va_end(args);
}

int jf_list(struct jf *jf, char *out, int size)
{
	struct bpf_program *program;
	struct bpf_map *map;
	int used = 0;

	if (!jf->object)
		return fail(jf, EINVAL, "list: no object is open");
	bpf_object__for_each_program(program, jf->object)
		append(out, size, &used, "p\t%s\t%s\n", bpf_program__name(program), bpf_program__section_name(program));
	bpf_object__for_each_map(map, jf->object)
		append(out, size, &used, "m\t%s\t%u\t%u\t%u\t%u\n", bpf_map__name(map), bpf_map__type(map),
		       bpf_map__key_size(map), bpf_map__value_size(map), bpf_map__max_entries(map));
	return used + 1;
}

static struct bpf_program *find_program(struct jf *jf, const char *name)
{
	return jf->object ? bpf_object__find_program_by_name(jf->object, name) : NULL;
}

static struct bpf_map *find_map(struct jf *jf, const char *name)
{
	return jf->object ? bpf_object__find_map_by_name(jf->object, name) : NULL;
}

int jf_set_autoload(struct jf *jf, const char *program, int on)
{
	struct bpf_program *found = find_program(jf, program);
	int err;

	if (!found)
		return fail(jf, ENOENT, "set autoload of program %s", program);
	err = bpf_program__set_autoload(found, on != 0);
	return err ? fail(jf, err, "set autoload of program %s", program) : 0;
}

int jf_set_max_entries(struct jf *jf, const char *map, uint32_t entries)
{
	struct bpf_map *found = find_map(jf, map);
	int err;

	if (!found)
		return fail(jf, ENOENT, "set size of map %s", map);
	err = bpf_map__set_max_entries(found, entries);
	return err ? fail(jf, err, "set size of map %s to %u", map, entries) : 0;
}

int jf_load(struct jf *jf)
{
	int err;

	if (!jf->object)
		return fail(jf, EINVAL, "load: no object is open");
	jf->refused[0] = 0;
	jf->loading = 1;
	printing = jf;
	err = bpf_object__load(jf->object);
	printing = NULL;
	jf->loading = 0;
	if (jf->log)
		fflush(jf->log);
	if (!err) {
		jf->refused[0] = 0;
		return 0;
	}
	if (jf->refused[0])
		return fail(jf, err, "load program %s", jf->refused);
	return fail(jf, err, "load object");
}

int jf_program_fd(struct jf *jf, const char *program)
{
	struct bpf_program *found = find_program(jf, program);
	int fd = found ? bpf_program__fd(found) : -ENOENT;

	return fd >= 0 ? fd : fail(jf, fd, "find loaded program %s", program);
}

int jf_map_fd(struct jf *jf, const char *map)
{
	struct bpf_map *found = find_map(jf, map);
	int fd = found ? bpf_map__fd(found) : -ENOENT;

	return fd >= 0 ? fd : fail(jf, fd, "find map %s", map);
}

int jf_ring(struct jf *jf, uint32_t bytes)
{
	int *rings = realloc(jf->rings, (jf->n_rings + 1) * sizeof(*rings));
	int fd;

	if (!rings)
		return fail(jf, ENOMEM, "create ring buffer");
	jf->rings = rings;
	fd = bpf_map_create(BPF_MAP_TYPE_RINGBUF, "jfalco_ring", 0, 0, bytes, NULL);
	if (fd < 0)
		return fail(jf, errno, "create ring buffer of %u bytes", bytes);
	rings[jf->n_rings++] = fd;
	return fd;
}

int jf_update(struct jf *jf, int map_fd, const void *key, const void *value)
{
	return bpf_map_update_elem(map_fd, key, value, BPF_ANY) ? fail(jf, errno, "update map") : 0;
}

void *jf_mmap(struct jf *jf, int fd, uint64_t offset, uint64_t length, int writable)
{
	int protection = writable ? PROT_READ | PROT_WRITE : PROT_READ;
	void *at = mmap(NULL, length, protection, MAP_SHARED, fd, (off_t)offset);

	if (at != MAP_FAILED)
		return at;
	fail(jf, errno, "map %llu bytes of a BPF map into memory", (unsigned long long)length);
	return NULL;
}

int jf_munmap(struct jf *jf, void *at, uint64_t length)
{
	return munmap(at, length) ? fail(jf, errno, "unmap") : 0;
}

static uint32_t link_id(const struct bpf_link *link)
{
	struct bpf_link_info info = {};
	uint32_t size = sizeof(info);

	return bpf_obj_get_info_by_fd(bpf_link__fd(link), &info, &size) ? 0 : info.id;
}

int jf_attach(struct jf *jf, const char *program)
{
	struct bpf_program *found = find_program(jf, program);
	struct attachment *links;
	struct bpf_link *link;

	if (!found)
		return fail(jf, ENOENT, "attach program %s", program);
	links = realloc(jf->links, (jf->n_links + 1) * sizeof(*links));
	if (!links)
		return fail(jf, ENOMEM, "attach program %s", program);
	jf->links = links;
	printing = jf;
	link = bpf_program__attach(found);
	printing = NULL;
	if (!link)
		return fail(jf, errno, "attach program %s", program);
	links[jf->n_links++] = (struct attachment){found, link, link_id(link)};
	return 0;
}

int jf_detach_program(struct jf *jf, const char *program)
{
	struct bpf_program *found = find_program(jf, program);

	if (!found)
		return fail(jf, ENOENT, "detach program %s", program);
	for (int i = 0; i < jf->n_links; i++) {
		if (jf->links[i].program == found) {
			bpf_link__destroy(jf->links[i].link);
			jf->links[i] = jf->links[--jf->n_links];
			return 0;
		}
	}
	return 0;
}

void jf_detach(struct jf *jf)
{
	while (jf->n_links > 0)
		bpf_link__destroy(jf->links[--jf->n_links].link);
}

int jf_lost(struct jf *jf, char *out, int size)
{
	int used = 0;
	int lost = 0;

	if (size > 0)
		out[0] = 0;
	for (int i = 0; i < jf->n_links; i++) {
		const struct attachment *at = &jf->links[i];

		if (at->id && link_id(at->link) != at->id)
			append(out, size, &used, lost++ ? " %s" : "%s", bpf_program__name(at->program));
	}
	return lost;
}

int jf_program_info(struct jf *jf, int program_fd, uint64_t out[3])
{
	struct bpf_prog_info info = {};
	uint32_t size = sizeof(info);

	if (bpf_obj_get_info_by_fd(program_fd, &info, &size))
		return fail(jf, errno, "ask for a program");
	out[0] = info.id;
	out[1] = info.run_cnt;
	out[2] = info.run_time_ns;
	return 0;
}

int jf_map_id(struct jf *jf, int map_fd)
{
	struct bpf_map_info info = {};
	uint32_t size = sizeof(info);

	return bpf_obj_get_info_by_fd(map_fd, &info, &size) ? fail(jf, errno, "ask for a map") : (int)info.id;
}

int jf_lookup(struct jf *jf, int map_fd, const void *key, void *value)
{
	return bpf_map_lookup_elem(map_fd, key, value) ? fail(jf, errno, "read map") : 0;
}

int jf_iter_open(struct jf *jf, const char *program)
{
	struct bpf_program *found = find_program(jf, program);
	struct bpf_link *link;
	int fd;

	if (!found)
		return fail(jf, ENOENT, "open iterator %s", program);
	printing = jf;
	link = bpf_program__attach_iter(found, NULL);
	printing = NULL;
	if (!link)
		return fail(jf, errno, "attach iterator %s", program);
	fd = bpf_iter_create(bpf_link__fd(link));
	if (fd < 0)
		fd = fail(jf, errno, "open iterator %s", program);
	/* The open file keeps the program. */
	bpf_link__destroy(link);
	return fd;
}

int jf_iter_read(struct jf *jf, int fd, void *out, uint32_t size)
{
	ssize_t n;

	/* EAGAIN: many objects in a row gave no record. */
	do {
		n = read(fd, out, size);
	} while (n < 0 && (errno == EAGAIN || errno == EINTR));
	return n >= 0 ? (int)n : fail(jf, errno, "read iterator");
}

void jf_iter_close(int fd)
{
	close(fd);
}

int jf_possible_cpus(void)
{
	return libbpf_num_possible_cpus();
}

int jf_page_size(void)
{
	return (int)sysconf(_SC_PAGESIZE);
}

static int64_t now(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

int64_t jf_boot_clock(void)
{
	return now(CLOCK_BOOTTIME);
}

int64_t jf_boot_epoch(void)
{
	int64_t best = 0;
	int64_t least = INT64_MAX;

	/* The two clocks are read one after the other: keep the closest of some tries. */
	for (int i = 0; i < 32; i++) {
		int64_t before = now(CLOCK_BOOTTIME);
		int64_t epoch = now(CLOCK_REALTIME);
		int64_t after = now(CLOCK_BOOTTIME);

		if (after - before < least) {
			least = after - before;
			best = epoch - before - (after - before) / 2;
		}
	}
	return best;
}
