import Glibc

/// `<directory>/<name>.log`, moved aside when the day ends (UTC) or when it is as large as it may be: see `RotatedFile`
/// for the names. Files moved aside are compressed with gzip and removed after `keptDays`; both happens a slice at a
/// time on the sink's own thread. A file that the day before left behind is moved when the process starts.
public final class RotatingFileSink: LogSink {
  private let folder: LogFolder
  private let maximumFileBytes: Int
  private let now: () -> Timestamp
  private let upkeep: LogFileUpkeep
  private var descriptor: Int32 = -1
  private var day = 0
  /// What went wrong without costing a line.
  private var problem: LogSinkError?

  /// Opens nothing yet: a directory that cannot be written fails the first `write`.
  /// - Parameters:
  ///   - directory: it must be there.
  ///   - name: of the files, without `.log`.
  ///   - keptDays: how many days before today are kept.
  ///   - maximumFileBytes: of one file, before it is compressed; a single hand-over may be larger.
  ///   - compresses: false leaves the files that were moved aside as they are.
  public convenience init(
    directory: String, name: String, keptDays: Int = 30, maximumFileBytes: Int = 256 << 20, compresses: Bool = true
  ) {
    self.init(
      directory: directory, name: name, keptDays: keptDays, maximumFileBytes: maximumFileBytes,
      compresses: compresses, now: Timestamp.now)
  }

  init(
    directory: String, name: String, keptDays: Int, maximumFileBytes: Int, compresses: Bool,
    now: @escaping () -> Timestamp
  ) {
    folder = LogFolder(directory: directory, name: name)
    self.maximumFileBytes = maximumFileBytes
    self.now = now
    upkeep = LogFileUpkeep(folder, keptDays: keptDays, compresses: compresses)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  public var usesFields: Bool { false }

  public var secondsUntilIdle: Double? { problem == nil ? upkeep.secondsUntilStep : 0 }

  public func write(_ records: [LogRecord]) throws(LogSinkError) {
    let time = now()
    let bytes = LogRecord.lines(records)
    if descriptor >= 0, time.day != day { closeFile() }
    if descriptor < 0 { try openFile(on: time.day) }
    var length = lseek(descriptor, 0, SEEK_END)
    if length > 0, Int(length) + bytes.count > maximumFileBytes {
      try cut()
      length = lseek(descriptor, 0, SEEK_END)
    }
    do {
      try DescriptorWriter.writeAll(bytes, to: descriptor, named: folder.current)
    } catch {
      // None of these lines rather than half of one: the next must not follow a torn one.
      ftruncate(descriptor, length)
      // Opened again for the next lines: the file may have been removed, the disk mounted anew.
      closeFile()
      throw error
    }
    // A process that is never idle compresses as well; that it cannot is no matter of these lines.
    do throws(LogSinkError) { try upkeep.step(today: time.day) } catch { problem = error }
  }

  public func idle() throws(LogSinkError) {
    if let problem {
      self.problem = nil
      throw problem
    }
    try upkeep.step(today: now().day)
  }

  public func finish(until deadline: Timestamp) { upkeep.abandon() }

  private func closeFile() {
    close(descriptor)
    descriptor = -1
  }

  private func openFile(on today: Int) throws(LogSinkError) {
    var status = stat()
    if stat(folder.current, &status) == 0 {
      let written = Timestamp(seconds: Int(status.st_mtim.tv_sec), nanoseconds: 0).day
      if written < today { moveAside(day: written, isWholeDay: true) }
    }
    descriptor = open(folder.current, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o640)
    guard descriptor >= 0 else { throw .failed("open", folder.current) }
    day = today
  }

  /// Begins another file within the day.
  private func cut() throws(LogSinkError) {
    moveAside(day: day, isWholeDay: false)
    closeFile()
    try openFile(on: day)
  }

  /// Where it cannot be moved, the file goes on.
  private func moveAside(day: Int, isWholeDay: Bool) {
    guard let file = folder.free(date: Timestamp.date(ofDay: day), isWholeDay: isWholeDay) else { return }
    do throws(LogSinkError) {
      try folder.move(folder.current, to: file)
      upkeep.noteRotation()
    } catch {
      problem = error
    }
  }
}
