import MetricModel

extension Host {
  /// `/sys/class/scsi_tape/st*/stats`.
  package enum Tapestats {
    package static let ioNow = Family<Gauge, Device>(
      "node_tape_io_now", "The number of I/Os currently outstanding to this device.", use: parity)
    package static let ioTimeSeconds = Family<Counter, Device>(
      "node_tape_io_time_seconds_total",
      "The amount of time spent waiting for all I/O to complete (including read and write). This includes tape "
        + "movement commands such as seeking between file or set marks and implicit tape movement such as when "
        + "rewind on close tape devices are used.", unit: .seconds, use: parity)
    package static let ioOthers = Family<Counter, Device>(
      "node_tape_io_others_total",
      "The number of I/Os issued to the tape drive other than read or write commands. The time taken to complete "
        + "these commands uses the following calculation "
        + "io_time_seconds_total-read_time_seconds_total-write_time_seconds_total", use: parity)
    package static let readBytes = Family<Counter, Device>(
      "node_tape_read_bytes_total", "The number of bytes read from the tape drive.", unit: .bytes, use: parity)
    package static let readsCompleted = Family<Counter, Device>(
      "node_tape_reads_completed_total", "The number of read requests issued to the tape drive.", use: parity)
    package static let readTimeSeconds = Family<Counter, Device>(
      "node_tape_read_time_seconds_total",
      "The amount of time spent waiting for read requests to complete.", unit: .seconds, use: parity)
    package static let residual = Family<Counter, Device>(
      "node_tape_residual_total",
      "The number of times during a read or write we found the residual amount to be non-zero. This should mean "
        + "that a program is issuing a read larger thean the block size on tape. For write not all data made it to "
        + "tape.", use: parity)
    package static let writtenBytes = Family<Counter, Device>(
      "node_tape_written_bytes_total", "The number of bytes written to the tape drive.", unit: .bytes, use: parity)
    package static let writesCompleted = Family<Counter, Device>(
      "node_tape_writes_completed_total", "The number of write requests issued to the tape drive.", use: parity)
    package static let writeTimeSeconds = Family<Counter, Device>(
      "node_tape_write_time_seconds_total",
      "The amount of time spent waiting for write requests to complete.", unit: .seconds, use: parity)

    package static let all: [FamilyDescriptor] = [
      ioNow.descriptor, ioTimeSeconds.descriptor, ioOthers.descriptor, readBytes.descriptor,
      readsCompleted.descriptor, readTimeSeconds.descriptor, residual.descriptor, writtenBytes.descriptor,
      writesCompleted.descriptor, writeTimeSeconds.descriptor,
    ]
  }
}
