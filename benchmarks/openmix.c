// SPDX-License-Identifier: Apache-2.0
/*
 * A few processes that open, ask about and close files: the load of the replay benchmark.
 *
 *   openmix [rounds of each process] [processes] [directory to make the files in]
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define FILES 64

static void work(long rounds)
{
	for (long i = 0; i < rounds; i++) {
		char name[32];
		int fd;

		snprintf(name, sizeof(name), "file-%ld.txt", i % FILES);
		fd = open(name, i % 8 ? O_RDONLY : O_RDWR);
		if (fd < 0) {
			perror(name);
			exit(1);
		}
		fcntl(fd, F_GETFL);
		if (i % 4 == 0)
			close(openat(AT_FDCWD, "missing", O_RDONLY));
		close(fd);
	}
}

int main(int argc, char **argv)
{
	long rounds = argc > 1 ? strtol(argv[1], NULL, 10) : 100000;
	long processes = argc > 2 ? strtol(argv[2], NULL, 10) : 8;
	int status, failed = 0;

	if (argc > 3 && chdir(argv[3])) {
		perror(argv[3]);
		return 1;
	}
	for (int i = 0; i < FILES; i++) {
		char name[32];

		snprintf(name, sizeof(name), "file-%d.txt", i);
		close(open(name, O_RDWR | O_CREAT, 0600));
	}
	for (long i = 0; i < processes; i++) {
		pid_t child = fork();

		if (child == 0) {
			work(rounds);
			_exit(0);
		}
		/* two at a time, so that the rings are not flooded */
		if (i % 2 == 1)
			while (wait(&status) > 0)
				failed |= status;
	}
	while (wait(&status) > 0)
		failed |= status;
	return failed != 0;
}
