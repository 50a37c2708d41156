#ifndef MINIMARKET_ALLOCATIONS_H
#define MINIMARKET_ALLOCATIONS_H

#include <stdint.h>

/// Counts what the process allocates, as the replacement of glibc's malloc that the C library's manual describes
/// ("Replacing malloc"): the calls go on to glibc's own functions. While it is off, a call costs one load more.

void allocations_start(void);
void allocations_stop(void);

/// Bytes asked for between start and stop, by all threads; reallocations count whole, frees not at all.
uint64_t allocations_bytes(void);
/// Calls of malloc, calloc, realloc, posix_memalign and aligned_alloc between start and stop.
uint64_t allocations_count(void);

#endif
