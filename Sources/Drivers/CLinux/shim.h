#pragma once

// adjtimex(2) and fstatfs(2), which Swift's Glibc module leaves out. Declared here rather than included: the headers of
// the C library would make this module an owner of `timeval` beside Glibc, and files that use one would need both. The
// layouts are the kernel's on 64-bit machines: uapi/linux/timex.h (struct __kernel_timex), uapi/asm-generic/statfs.h.

struct timex {
  unsigned int modes;
  long offset, freq, maxerror, esterror;
  int status;
  long constant, precision, tolerance, time_seconds, time_fraction, tick;
  long ppsfreq, jitter;
  int shift;
  long stabil, jitcnt, calcnt, errcnt, stbcnt;
  int tai;
  int reserved[11];
};

enum { TIME_ERROR = 5, STA_NANO = 0x2000 };

int adjtimex(struct timex *clock);

struct statfs {
  long f_type;
  long others[14];
};

int fstatfs(int descriptor, struct statfs *system);

// userfaultfd(2), whose system call and ioctl(2) Swift cannot call. The header of Debian 12's kernel, 6.1, lacks the
// last two names: Documentation/admin-guide/mm/userfaultfd.rst and uapi/linux/userfaultfd.h of Linux 6.7.

#include <asm/unistd.h>
#include <linux/ioctl.h>
#include <linux/userfaultfd.h>

#ifndef UFFD_FEATURE_WP_UNPOPULATED
#define UFFD_FEATURE_WP_UNPOPULATED (1 << 13)
#endif
#ifndef UFFD_FEATURE_WP_ASYNC
#define UFFD_FEATURE_WP_ASYNC (1 << 15)
#endif

long syscall(long number, ...);
int ioctl(int descriptor, unsigned long request, ...);
int close(int descriptor);

// A descriptor whose ranges may be of any kind of memory, and nothing of which ever waits for us; -1 where the kernel
// is older, or does not let us.
static inline int userfaultfd_asynchronous(void) {
  // 02000000 is O_CLOEXEC.
  int descriptor = (int)syscall(__NR_userfaultfd, 02000000 | UFFD_USER_MODE_ONLY);
  if (descriptor < 0) return -1;
  struct uffdio_api api = {
      .api = UFFD_API, .features = UFFD_FEATURE_WP_ASYNC | UFFD_FEATURE_WP_UNPOPULATED};
  if (ioctl(descriptor, UFFDIO_API, &api) == 0) return descriptor;
  close(descriptor);
  return -1;
}

// 0, or -1 where the range cannot be tracked.
static inline int userfaultfd_track(int descriptor, unsigned long start, unsigned long length) {
  struct uffdio_register range = {
      .range = {.start = start, .len = length}, .mode = UFFDIO_REGISTER_MODE_WP};
  return ioctl(descriptor, UFFDIO_REGISTER, &range);
}
