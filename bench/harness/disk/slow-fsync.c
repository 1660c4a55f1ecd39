/*
 * A slower disk for one program: loaded before the C library, it lets every fsync and fdatasync take SLOW_FSYNC_US
 * microseconds more. The real flush is done first, so nothing is less safe; the rest is slept, as on a real disk,
 * without taking time from the processor. sync_file_range is left alone: Postgres uses it to ask that writing begins,
 * never to wait for it.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

typedef int (*flush)(int);

static void wait_longer(void) {
  const char *asked = getenv("SLOW_FSYNC_US");
  long us = asked == NULL ? 0 : atol(asked);
  struct timespec rest = {us / 1000000, (us % 1000000) * 1000};
  int saved = errno;
  while (us > 0 && nanosleep(&rest, &rest) == -1 && errno == EINTR) {
  }
  errno = saved;
}

static int slowly(const char *name, int fd) {
  flush real = (flush)dlsym(RTLD_NEXT, name);
  int result = real(fd);
  wait_longer();
  return result;
}

int fsync(int fd) { return slowly("fsync", fd); }

int fdatasync(int fd) { return slowly("fdatasync", fd); }
