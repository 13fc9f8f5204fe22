/*
 * What a power cut may take away, written down while it can still be known.
 *
 * Preloaded into a process, this notes of every file below THURN_POWERCUT_ROOT what was synced: its
 * length at its last fsync or fdatasync, and of every folder its entries at its last fsync. The
 * notes go to THURN_POWERCUT_LOG; a test reads them after SIGKILL and cuts the files back.
 *
 * A name that goes (unlink, rename over) may come back after a power cut, so what it named gets a
 * second name in THURN_POWERCUT_SIDE first, which also keeps inode numbers from being used again.
 *
 * sync_file_range(2) promises nothing about a power cut and counts for nothing. A shared mapping
 * that can be written is noted, since what is synced of it is not followed. With
 * THURN_POWERCUT_LIE the syncs do nothing and nothing is noted: a disk that lies.
 *
 * Notes, one a line: F inode length | T inode length (shortened) | D inode count, then one line
 * "type inode name" for each entry | X path (mapped).
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static char root[PATH_MAX];
static size_t root_length;
static char side[PATH_MAX];
static int log_fd = -1;
static int lies;
static unsigned long saved;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void begin(void) {
  const char *r = getenv("THURN_POWERCUT_ROOT");
  const char *l = getenv("THURN_POWERCUT_LOG");
  const char *s = getenv("THURN_POWERCUT_SIDE");
  if (r == NULL || l == NULL || s == NULL || realpath(r, root) == NULL) {
    return;
  }
  snprintf(side, sizeof side, "%s", s);
  lies = getenv("THURN_POWERCUT_LIE") != NULL;
  log_fd = (int)syscall(SYS_openat, AT_FDCWD, l, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  root_length = strlen(root);
}

static int watching(void) {
  pthread_once(&once, begin);
  return log_fd >= 0;
}

static int below(const char *path) {
  return strncmp(path, root, root_length) == 0 &&
         (path[root_length] == '/' || path[root_length] == 0);
}

/* Where an open file is; 0 if it is not ours. */
static int path_of(int fd, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length <= 0) {
    return 0;
  }
  path[length] = 0;
  return below(path);
}

/* A name relative to an open folder, or to where the process is, as an absolute one. */
static int absolute(int dir, const char *name, char *path) {
  char base[PATH_MAX];
  if (name[0] == '/') {
    snprintf(path, PATH_MAX, "%s", name);
  } else if (dir == AT_FDCWD ? getcwd(base, sizeof base) != NULL : path_of(dir, base)) {
    if (snprintf(path, PATH_MAX, "%s/%s", base, name) >= PATH_MAX) {
      return 0;
    }
  } else {
    return 0;
  }
  return below(path);
}

static void note(const char *text, size_t length) {
  while (length > 0) {
    ssize_t written = syscall(SYS_write, log_fd, text, length);
    if (written < 0 && errno != EINTR) {
      abort(); /* a note that is missing would find faults that are none */
    }
    if (written > 0) {
      text += written;
      length -= (size_t)written;
    }
  }
}

static void note_length(char type, const struct stat *of, off_t length) {
  char line[96];
  int n = snprintf(line, sizeof line, "%c %lu %lld\n", type, (unsigned long)of->st_ino,
                   (long long)length);
  note(line, (size_t)n);
}

/* The folder's entries as one note, made before the sync begins; to be freed. */
static char *entries(const char *path, unsigned long inode, size_t *length) {
  DIR *dir = opendir(path);
  char *lines = NULL;
  size_t size = 0;
  FILE *out = open_memstream(&lines, &size);
  int count = 0;
  if (dir == NULL || out == NULL) {
    abort();
  }
  for (struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
    if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0) {
      fprintf(out, "%c %lu %s\n", e->d_type == DT_DIR ? 'd' : 'f', (unsigned long)e->d_ino,
              e->d_name);
      count++;
    }
  }
  closedir(dir);
  fclose(out);
  char *whole = NULL;
  int n = asprintf(&whole, "D %lu %d\n%s", inode, count, lines);
  if (n < 0) {
    abort();
  }
  free(lines);
  *length = (size_t)n;
  return whole;
}

static int sync_fd(int fd, const char *symbol) {
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, symbol);
  char path[PATH_MAX];
  struct stat before;
  if (!watching() || !path_of(fd, path) || fstat(fd, &before) != 0) {
    return real(fd);
  }
  if (lies) {
    return 0;
  }
  int is_dir = S_ISDIR(before.st_mode);
  size_t length = 0;
  char *listing = is_dir ? entries(path, (unsigned long)before.st_ino, &length) : NULL;
  int result = real(fd);
  int error = errno;
  if (result == 0 && is_dir) {
    note(listing, length);
  } else if (result == 0) {
    note_length('F', &before, before.st_size);
  }
  free(listing);
  errno = error;
  return result;
}

int fsync(int fd) { return sync_fd(fd, "fsync"); }

int fdatasync(int fd) { return sync_fd(fd, "fdatasync"); }

/* Gives what a name stands for a second name, so that it can come back. */
static void keep(int dir, const char *name) {
  char path[PATH_MAX];
  char kept[PATH_MAX + 64];
  struct stat of;
  if (!watching() || !absolute(dir, name, path) || lstat(path, &of) != 0 || !S_ISREG(of.st_mode)) {
    return;
  }
  unsigned long number = __atomic_add_fetch(&saved, 1, __ATOMIC_RELAXED);
  snprintf(kept, sizeof kept, "%s/%lu.%lu", side, (unsigned long)of.st_ino, number);
  int error = errno;
  if (syscall(SYS_linkat, AT_FDCWD, path, AT_FDCWD, kept, 0) != 0 && errno != ENOENT) {
    abort(); /* another file system, say: what goes could not come back */
  }
  errno = error;
}

int unlink(const char *name) {
  int (*real)(const char *) = (int (*)(const char *))dlsym(RTLD_NEXT, "unlink");
  keep(AT_FDCWD, name);
  return real(name);
}

int unlinkat(int dir, const char *name, int flags) {
  int (*real)(int, const char *, int) =
      (int (*)(int, const char *, int))dlsym(RTLD_NEXT, "unlinkat");
  keep(dir, name);
  return real(dir, name, flags);
}

int remove(const char *name) {
  int (*real)(const char *) = (int (*)(const char *))dlsym(RTLD_NEXT, "remove");
  keep(AT_FDCWD, name);
  return real(name);
}

int rename(const char *from, const char *to) {
  int (*real)(const char *, const char *) =
      (int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename");
  keep(AT_FDCWD, to);
  return real(from, to);
}

int renameat(int from_dir, const char *from, int to_dir, const char *to) {
  int (*real)(int, const char *, int, const char *) =
      (int (*)(int, const char *, int, const char *))dlsym(RTLD_NEXT, "renameat");
  keep(to_dir, to);
  return real(from_dir, from, to_dir, to);
}

int renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags) {
  keep(to_dir, to);
  return (int)syscall(SYS_renameat2, from_dir, from, to_dir, to, flags);
}

/* What is cut off is not synced any more, whatever is written there later. */
static void shortened(int fd, off_t length) {
  char path[PATH_MAX];
  struct stat of;
  int error = errno;
  if (watching() && path_of(fd, path) && fstat(fd, &of) == 0 && S_ISREG(of.st_mode)) {
    note_length('T', &of, length);
  }
  errno = error;
}

static int shorten(int fd, off_t length, const char *symbol) {
  int (*real)(int, off_t) = (int (*)(int, off_t))dlsym(RTLD_NEXT, symbol);
  int result = real(fd, length);
  if (result == 0) {
    shortened(fd, length);
  }
  return result;
}

int ftruncate(int fd, off_t length) { return shorten(fd, length, "ftruncate"); }

int ftruncate64(int fd, off_t length) { return shorten(fd, length, "ftruncate64"); }

static int open_at(int dir, const char *name, int flags, mode_t mode) {
  int fd = (int)syscall(SYS_openat, dir, name, flags, mode);
  if (fd >= 0 && (flags & O_TRUNC) != 0) {
    shortened(fd, 0);
  }
  return fd;
}

static mode_t mode_of(int flags, va_list arguments) {
  return (flags & (O_CREAT | __O_TMPFILE)) != 0 ? va_arg(arguments, mode_t) : 0;
}

#define OPEN(function, large)                                   \
  int function(const char *name, int flags, ...) {              \
    va_list arguments;                                          \
    va_start(arguments, flags);                                 \
    mode_t mode = mode_of(flags, arguments);                    \
    va_end(arguments);                                          \
    return open_at(AT_FDCWD, name, flags | (large), mode);      \
  }

#define OPENAT(function, large)                                 \
  int function(int dir, const char *name, int flags, ...) {     \
    va_list arguments;                                          \
    va_start(arguments, flags);                                 \
    mode_t mode = mode_of(flags, arguments);                    \
    va_end(arguments);                                          \
    return open_at(dir, name, flags | (large), mode);           \
  }

OPEN(open, 0)
OPEN(open64, O_LARGEFILE)
OPENAT(openat, 0)
OPENAT(openat64, O_LARGEFILE)

static void *map(const char *symbol, void *at, size_t length, int protection, int flags, int fd,
                 off_t offset) {
  void *(*real)(void *, size_t, int, int, int, off_t) =
      (void *(*)(void *, size_t, int, int, int, off_t))dlsym(RTLD_NEXT, symbol);
  char path[PATH_MAX];
  if (fd >= 0 && (flags & MAP_SHARED) != 0 && (protection & PROT_WRITE) != 0 && watching() &&
      path_of(fd, path)) {
    char line[PATH_MAX + 4];
    int n = snprintf(line, sizeof line, "X %s\n", path);
    note(line, (size_t)n);
  }
  return real(at, length, protection, flags, fd, offset);
}

void *mmap(void *at, size_t length, int protection, int flags, int fd, off_t offset) {
  return map("mmap", at, length, protection, flags, fd, offset);
}

void *mmap64(void *at, size_t length, int protection, int flags, int fd, off_t offset) {
  return map("mmap64", at, length, protection, flags, fd, offset);
}
