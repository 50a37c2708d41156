#ifndef MINIMARKET_THREAD_SLOT_H
#define MINIMARKET_THREAD_SLOT_H

#include <stdint.h>

/// Swift has no thread-local variable that costs one load, and this is one: the number that a thread has for itself
/// alone while it lives, so that it can count in cells that nobody else writes.

/// 0: the thread has not asked yet; 1 to THREAD_SLOT_SHARED - 1: its own; THREAD_SLOT_SHARED: all threads beyond, and
/// those whose thread-local storage is being taken down.
#define THREAD_SLOT_COUNT 128
#define THREAD_SLOT_SHARED (THREAD_SLOT_COUNT - 1)

extern _Thread_local uint32_t thread_slot_value __attribute__((tls_model("initial-exec")));

static inline uint32_t thread_slot_current(void) { return thread_slot_value; }

/// Gives the calling thread a slot where it has none; the slot returns when the thread ends. Never 0.
uint32_t thread_slot_assign(void);

#endif
