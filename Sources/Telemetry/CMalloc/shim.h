#pragma once

// `mallinfo2`, which Swift's Glibc module does not offer.
#include <malloc.h>
