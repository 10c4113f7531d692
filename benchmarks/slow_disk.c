/* A slower disk: each sync takes five milliseconds more. Preloaded into a server. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <unistd.h>

#define MORE_US 5000

typedef int (*sync_call)(int);

int fsync(int fd) {
    usleep(MORE_US);
    return ((sync_call)dlsym(RTLD_NEXT, "fsync"))(fd);
}

int fdatasync(int fd) {
    usleep(MORE_US);
    return ((sync_call)dlsym(RTLD_NEXT, "fdatasync"))(fd);
}
