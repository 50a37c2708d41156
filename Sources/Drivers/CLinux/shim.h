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
