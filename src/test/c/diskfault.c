/*
 * A disk that fails for a while. Preloaded into a process, this looks at the first letter of the
 * file THURN_DISKFAULT at every call that concerns a file below THURN_DISKFAULT_ROOT:
 *
 *   s  fsync and fdatasync fail with EIO, and so does what syncs by other names
 *   r  the file system is read-only: whatever would change it fails with EROFS
 *
 * Any other letter, or no file, and everything is as ever.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static char trouble(void) {
  const char *file = getenv("THURN_DISKFAULT");
  char letter = '-';
  if (file == NULL) {
    return letter;
  }
  int fd = (int)syscall(SYS_openat, AT_FDCWD, file, O_RDONLY | O_CLOEXEC);
  if (fd >= 0) {
    if (syscall(SYS_read, fd, &letter, 1) != 1) {
      letter = '-';
    }
    syscall(SYS_close, fd);
  }
  return letter;
}

static int below(const char *path) {
  const char *root = getenv("THURN_DISKFAULT_ROOT");
  return root != NULL && strncmp(path, root, strlen(root)) == 0;
}

static int ours(int fd) {
  char link[64];
  char path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0) {
    return 0;
  }
  path[length] = 0;
  return below(path);
}

static int refuse(int error) {
  errno = error;
  return -1;
}

/* Whether a call on an open file, or on a name, meets a read-only disk. */
static int frozen(int fd) { return trouble() == 'r' && ours(fd); }
static int frozen_name(const char *path) { return below(path) && trouble() == 'r'; }

static void *next(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (found == NULL) {
    abort();
  }
  return found;
}

#define NEXT(name) ((__typeof__(&name))next(#name))

int fsync(int fd) { return trouble() == 's' && ours(fd) ? refuse(EIO) : NEXT(fsync)(fd); }

int fdatasync(int fd) {
  return trouble() == 's' && ours(fd) ? refuse(EIO) : NEXT(fdatasync)(fd);
}

int sync_file_range(int fd, off_t offset, off_t count, unsigned int flags) {
  return trouble() == 's' && ours(fd) ? refuse(EIO)
                                      : NEXT(sync_file_range)(fd, offset, count, flags);
}

ssize_t write(int fd, const void *octets, size_t count) {
  return frozen(fd) ? refuse(EROFS) : NEXT(write)(fd, octets, count);
}

ssize_t pwrite(int fd, const void *octets, size_t count, off_t offset) {
  return frozen(fd) ? refuse(EROFS) : NEXT(pwrite)(fd, octets, count, offset);
}

ssize_t pwrite64(int fd, const void *octets, size_t count, off64_t offset) {
  return frozen(fd) ? refuse(EROFS) : NEXT(pwrite64)(fd, octets, count, offset);
}

int ftruncate(int fd, off_t length) {
  return frozen(fd) ? refuse(EROFS) : NEXT(ftruncate)(fd, length);
}

int ftruncate64(int fd, off64_t length) {
  return frozen(fd) ? refuse(EROFS) : NEXT(ftruncate64)(fd, length);
}

int fallocate(int fd, int mode, off_t offset, off_t length) {
  return frozen(fd) ? refuse(EROFS) : NEXT(fallocate)(fd, mode, offset, length);
}

int unlink(const char *path) { return frozen_name(path) ? refuse(EROFS) : NEXT(unlink)(path); }

int rename(const char *from, const char *to) {
  return frozen_name(to) ? refuse(EROFS) : NEXT(rename)(from, to);
}

int mkdir(const char *path, mode_t mode) {
  struct stat there;
  if (frozen_name(path)) {
    return refuse(stat(path, &there) == 0 ? EEXIST : EROFS);
  }
  return NEXT(mkdir)(path, mode);
}

static int writes(int flags) { return (flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)) != 0; }

static mode_t mode_of(int flags, va_list rest) {
  return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;
}

int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = mode_of(flags, rest);
  va_end(rest);
  return writes(flags) && frozen_name(path) ? refuse(EROFS) : NEXT(open)(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = mode_of(flags, rest);
  va_end(rest);
  return writes(flags) && frozen_name(path) ? refuse(EROFS) : NEXT(open64)(path, flags, mode);
}

FILE *fopen(const char *path, const char *mode) {
  int changes = strpbrk(mode, "wa+") != NULL;
  if (changes && frozen_name(path)) {
    errno = EROFS;
    return NULL;
  }
  return NEXT(fopen)(path, mode);
}
