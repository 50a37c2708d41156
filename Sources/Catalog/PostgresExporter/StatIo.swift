import MetricModel

extension PG {
  /// `pg_stat_io_*`: input and output of each kind of process, since PostgreSQL 16. Times are milliseconds, as the
  /// view has them.
  package enum StatIo {
    package static let prefix = "pg_stat_io_"

    package static let readsTotal = Family<Counter, Triple<BackendType, IOObject, IOContext>>(
      prefix + "reads_total", "Number of read operations.",
      use: parity)
    package static let readTimeTotal = Family<Counter, Triple<BackendType, IOObject, IOContext>>(
      prefix + "read_time_total", "Time spent in read operations, in milliseconds, if track_io_timing is on.",
      use: parity)
    package static let writesTotal = Family<Counter, Triple<BackendType, IOObject, IOContext>>(
      prefix + "writes_total", "Number of write operations.",
      use: parity)
    package static let writesTimeTotal = Family<Counter, Triple<BackendType, IOObject, IOContext>>(
      prefix + "writes_time_total", "Time spent in write operations, in milliseconds, if track_io_timing is on.",
      use: parity)
    package static let writeBackTotal = Family<Counter, Triple<BackendType, IOObject, IOContext>>(
      prefix + "write_back_total", "Number of blocks that the kernel was asked to write out to permanent storage.",
      use: parity)
    package static let writeBackTimeTotal = Family<Counter, Triple<BackendType, IOObject, IOContext>>(
      prefix + "write_back_time_total", "Time spent in asking for that, in milliseconds, if track_io_timing is on.",
      use: parity)
    package static let extendsTotal = Family<Counter, Triple<BackendType, IOObject, IOContext>>(
      prefix + "extends_total", "Number of relation extend operations.",
      use: parity)
    package static let extendsTimeTotal = Family<Counter, Triple<BackendType, IOObject, IOContext>>(
      prefix + "extends_time_total", "Time spent in extend operations, in milliseconds, if track_io_timing is on.",
      use: parity)
    package static let hitsTotal = Family<Counter, Triple<BackendType, IOObject, IOContext>>(
      prefix + "hits_total", "The number of times a desired block was found in a shared buffer.",
      use: parity)
    package static let evictionsTotal = Family<Counter, Triple<BackendType, IOObject, IOContext>>(
      prefix + "evictions_total",
      "Number of times a block has been written out from a shared or local buffer in order to make it "
        + "available for another use.",
      use: parity)
    package static let reusesTotal = Family<Counter, Triple<BackendType, IOObject, IOContext>>(
      prefix + "reuses_total",
      "The number of times a buffer of a size-limited ring was reused in a bulk read, a bulk write or a "
        + "vacuum.",
      use: parity)
    package static let fsyncTotal = Family<Counter, Triple<BackendType, IOObject, IOContext>>(
      prefix + "fsync_total", "Number of fsync calls. These are only tracked in context normal.",
      use: parity)
    package static let fsyncTimeTotal = Family<Counter, Triple<BackendType, IOObject, IOContext>>(
      prefix + "fsync_time_total", "Time spent in fsync operations, in milliseconds, if track_io_timing is on.",
      use: parity)

    package static let all: [FamilyDescriptor] = [
      readsTotal.descriptor, readTimeTotal.descriptor, writesTotal.descriptor, writesTimeTotal.descriptor,
      writeBackTotal.descriptor, writeBackTimeTotal.descriptor, extendsTotal.descriptor, extendsTimeTotal.descriptor,
      hitsTotal.descriptor, evictionsTotal.descriptor, reusesTotal.descriptor, fsyncTotal.descriptor,
      fsyncTimeTotal.descriptor,
    ]
  }
}
