import CMalloc
import Glibc

/// How glibc's allocator keeps memory (mallopt(3)).
package enum Allocator {
  private static let mmapThresholdBytes: Int32 = 512 << 10
  /// Above what a page takes, which would else be given back and taken again at each scrape.
  private static let trimThresholdBytes: Int32 = 1 << 20

  /// For a process that is to stay small and allocates little at once: one heap for all threads, whose end goes back to
  /// the system, and thresholds that do not grow with what was once asked for. To be called before threads are started.
  package static func favourSize() {
    mallopt(M_ARENA_MAX, 1)
    mallopt(M_TOP_PAD, 128 << 10)
    returnLargeBlocks()
  }

  /// What is large goes back to the system when it is freed, also after the first time: glibc would else keep its
  /// 19 MiB for the next password. To be called before threads are started.
  package static func returnLargeBlocks() {
    mallopt(M_MMAP_THRESHOLD, mmapThresholdBytes)
    mallopt(M_TRIM_THRESHOLD, trimThresholdBytes)
  }
}
