// SPDX-License-Identifier: Apache-2.0
/*
 * Opens and closes a file many times and prints the seconds it took. What a monitored program pays
 * for being watched: run it alone, then with a daemon, in turns.
 *
 *   openclose [pairs] [path]
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec * 1e-9;
}

int main(int argc, char **argv)
{
	long pairs = argc > 1 ? strtol(argv[1], NULL, 10) : 2000000;
	const char *path = argc > 2 ? argv[2] : "/dev/null";
	double start = now();

	for (long i = 0; i < pairs; i++) {
		int fd = open(path, O_RDONLY);

		if (fd < 0) {
			perror(path);
			return 1;
		}
		close(fd);
	}
	printf("%.3f\n", now() - start);
	return 0;
}
