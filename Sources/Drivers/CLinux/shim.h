#pragma once

// adjtimex(2) and statfs(2), which Swift's Glibc module leaves out.
#include <sys/timex.h>
#include <sys/vfs.h>
