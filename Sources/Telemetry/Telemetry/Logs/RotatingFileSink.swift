import Glibc

/// `<directory>/<name>.log`, moved to `<name>-2026-11-24.log` when the day ends (UTC); older files than
/// `keptDays` are removed. A file that the day before left behind is moved when the process starts; one whose day has
/// its file already (the clock was set back) goes on for another day.
public final class RotatingFileSink: LogSink {
  private let directory: String
  private let name: String
  private let keptDays: Int
  private let now: () -> Timestamp
  private var descriptor: Int32 = -1
  private var day = 0

  public convenience init(directory: String, name: String, keptDays: Int = 30) {
    self.init(directory: directory, name: name, keptDays: keptDays, now: Timestamp.now)
  }

  init(directory: String, name: String, keptDays: Int, now: @escaping () -> Timestamp) {
    self.directory = directory
    self.name = name
    self.keptDays = keptDays
    self.now = now
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  private var path: String { "\(directory)/\(name).log" }

  public func write(_ records: [LogRecord]) throws(LogSinkError) {
    let today = now().day
    if descriptor >= 0, today != day { closeFile() }
    if descriptor < 0 { try openFile(on: today) }
    let length = lseek(descriptor, 0, SEEK_END)
    do {
      try DescriptorWriter.writeAll(LogRecord.lines(records), to: descriptor, named: path)
    } catch {
      // None of these lines rather than half of one: the next must not follow a torn one.
      ftruncate(descriptor, length)
      // Opened again for the next lines: the file may have been removed, the disk mounted anew.
      closeFile()
      throw error
    }
  }

  private func closeFile() {
    close(descriptor)
    descriptor = -1
  }

  private func openFile(on today: Int) throws(LogSinkError) {
    var status = stat()
    if stat(path, &status) == 0 {
      let written = Timestamp(seconds: Int(status.st_mtim.tv_sec), nanoseconds: 0).day
      let rotated = rotatedPath(day: written)
      if written < today, access(rotated, F_OK) != 0 {
        guard rename(path, rotated) == 0 else { throw .failed("rotate", path) }
        removeOldFiles(today: today)
      }
    }
    descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o640)
    guard descriptor >= 0 else { throw .failed("open", path) }
    day = today
  }

  private func rotatedName(day: Int) -> String { "\(name)-\(Timestamp.date(ofDay: day)).log" }

  private func rotatedPath(day: Int) -> String { "\(directory)/\(rotatedName(day: day))" }

  /// Dates sort as text; only names of exactly our pattern are ours.
  private func removeOldFiles(today: Int) {
    guard let entries = opendir(directory) else { return }
    defer { closedir(entries) }
    let oldest = rotatedName(day: today - keptDays)
    while let entry = readdir(entries) {
      let file = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if isRotated(file), file < oldest { unlink("\(directory)/\(file)") }
    }
  }

  private func isRotated(_ file: String) -> Bool {
    guard file.hasPrefix("\(name)-"), file.hasSuffix(".log") else { return false }
    let date = Array(file.utf8.dropFirst(name.utf8.count + 1).dropLast(".log".utf8.count))
    return date.count == 10
      && date.enumerated().allSatisfy { index, byte in
        index == 4 || index == 7
          ? byte == UInt8(ascii: "-") : (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      }
  }
}
