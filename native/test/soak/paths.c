/* SPDX-License-Identifier: Apache-2.0 */
/* Files of different names, each opened once. */
#define _GNU_SOURCE
#include "soak.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

void open_paths(double until, uint64_t paths)
{
  double from = now();
  char path[256];

  for (uint64_t i = 0; i < paths; i++) {
    snprintf(path, sizeof(path), "%s/a-file-of-which-there-is-only-one-%lu", work, i);
    int fd = must(open(path, O_CREAT | O_WRONLY | (i % 2 ? O_CLOEXEC : 0), 0600), path);
    close(fd);
    unlink(path);
    counts->paths = i + 1;
    if (i % 100 == 0) {
      pace(from, until, i, paths);
    }
  }
}
