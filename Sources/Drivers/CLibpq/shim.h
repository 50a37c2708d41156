#pragma once

#include <libpq-fe.h>

// What the driver's reactor needs of Linux and Swift's Glibc module does not offer.
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>

/// Names the calling thread, with at most 15 bytes.
static inline void clibpq_name_thread(const char *name) { prctl(PR_SET_NAME, name); }
