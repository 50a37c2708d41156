#include "allocations.h"

#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

static atomic_bool is_counting;
static atomic_uint_fast64_t bytes;
static atomic_uint_fast64_t count;

static inline void note(size_t size) {
  if (__builtin_expect(!atomic_load_explicit(&is_counting, memory_order_relaxed), 1)) return;
  atomic_fetch_add_explicit(&bytes, size, memory_order_relaxed);
  atomic_fetch_add_explicit(&count, 1, memory_order_relaxed);
}

void *malloc(size_t size) {
  note(size);
  return __libc_malloc(size);
}

void *calloc(size_t elements, size_t size) {
  note(elements * size);
  return __libc_calloc(elements, size);
}

void *realloc(void *memory, size_t size) {
  note(size);
  return __libc_realloc(memory, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  note(size);
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
  note(size);
  void *made = __libc_memalign(alignment, size);
  if (made == NULL) return ENOMEM;
  *memory = made;
  return 0;
}

void allocations_start(void) {
  atomic_store(&bytes, 0);
  atomic_store(&count, 0);
  atomic_store(&is_counting, 1);
}

void allocations_stop(void) { atomic_store(&is_counting, 0); }

uint64_t allocations_bytes(void) { return atomic_load(&bytes); }
uint64_t allocations_count(void) { return atomic_load(&count); }
