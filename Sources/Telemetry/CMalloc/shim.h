#pragma once

// `mallinfo2` and `mallopt`, which Swift's Glibc module does not offer.
#include <malloc.h>
