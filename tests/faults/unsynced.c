/* A disk that loses its power: what a database wrote since the last sync is not in the file beside it.

   Preloaded into the server. For the file that PIAGAM_DURABLE names, and for the one with "-wal" after that name,
   the bytes that were synced are copied to PATH.durable; a test that has killed the server puts those in place. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES 2
#define RANGES 65536

struct range { off_t start; size_t length; };
static struct { struct range range[RANGES]; size_t count; } written[FILES];
static const char *const endings[FILES] = {"", "-wal"};
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* Tell which of the watched files a descriptor is, and give its path; -1 when it is none. */
static int watched(int fd, char *path, size_t size) {
    const char *database = getenv("PIAGAM_DURABLE");
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = database ? readlink(link, path, size - 1) : -1;
    if (length < 0)
        return -1;
    path[length] = 0;
    size_t stem = strlen(database);
    for (int file = 0; file < FILES; file++)
        if (strncmp(path, database, stem) == 0 && strcmp(path + stem, endings[file]) == 0)
            return file;
    return -1;
}

static void note(int fd, off_t start, ssize_t length) {
    char path[4096];
    int file = length > 0 ? watched(fd, path, sizeof path) : -1;
    if (file < 0)
        return;
    pthread_mutex_lock(&lock);
    if (written[file].count == RANGES)
        abort(); /* a copy with holes would prove nothing */
    written[file].range[written[file].count++] = (struct range){start, (size_t)length};
    pthread_mutex_unlock(&lock);
}

static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);
static int (*real_fdatasync)(int), (*real_fsync)(int);

__attribute__((constructor)) static void find(void) {
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
}

static void copy(int fd, int to, struct range part) {
    char *bytes = malloc(part.length);
    ssize_t length = bytes ? pread(fd, bytes, part.length, part.start) : -1;
    if (length < 0 || real_pwrite(to, bytes, (size_t)length, part.start) != length)
        abort();
    free(bytes);
}

static void keep(int fd) {
    char path[4096];
    int file = watched(fd, path, sizeof path - sizeof ".durable");
    if (file < 0)
        return;
    pthread_mutex_lock(&lock);
    strcat(path, ".durable");
    int to = open(path, O_WRONLY | O_CREAT, 0600);
    struct stat now;
    if (to < 0 || fstat(fd, &now) < 0)
        abort();
    for (size_t at = 0; at < written[file].count; at++)
        copy(fd, to, written[file].range[at]);
    written[file].count = 0;
    if (ftruncate(to, now.st_size) < 0)
        abort();
    close(to);
    pthread_mutex_unlock(&lock);
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t start) {
    ssize_t length = real_pwrite(fd, bytes, size, start);
    note(fd, start, length);
    return length;
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t start) {
    return pwrite64(fd, bytes, size, start);
}

int fdatasync(int fd) {
    keep(fd);
    return real_fdatasync(fd);
}

int fsync(int fd) {
    keep(fd);
    return real_fsync(fd);
}
