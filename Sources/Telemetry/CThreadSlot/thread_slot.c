#include "thread_slot.h"

#include <pthread.h>

_Thread_local uint32_t thread_slot_value __attribute__((tls_model("initial-exec"))) = 0;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static int has_key;
static unsigned char is_taken[THREAD_SLOT_COUNT];

/// The mutex hands the cells over: what the old owner wrote happened before what the next one reads.
static void release(void *value) {
  uint32_t slot = (uint32_t)(uintptr_t)value;
  // What other destructors of this thread still count goes to the shared slot.
  thread_slot_value = THREAD_SLOT_SHARED;
  pthread_mutex_lock(&mutex);
  is_taken[slot] = 0;
  pthread_mutex_unlock(&mutex);
}

static void create_key(void) { has_key = pthread_key_create(&key, release) == 0; }

uint32_t thread_slot_assign(void) {
  if (thread_slot_value != 0) return thread_slot_value;
  pthread_once(&once, create_key);
  uint32_t slot = THREAD_SLOT_SHARED;
  if (has_key) {
    pthread_mutex_lock(&mutex);
    for (uint32_t candidate = 1; candidate < THREAD_SLOT_SHARED; candidate++) {
      if (!is_taken[candidate]) {
        slot = candidate;
        break;
      }
    }
    if (slot != THREAD_SLOT_SHARED && pthread_setspecific(key, (void *)(uintptr_t)slot) == 0) {
      is_taken[slot] = 1;
    } else {
      slot = THREAD_SLOT_SHARED;
    }
    pthread_mutex_unlock(&mutex);
  }
  thread_slot_value = slot;
  return slot;
}
