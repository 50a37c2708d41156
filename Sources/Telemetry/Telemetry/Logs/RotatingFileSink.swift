import Glibc

/// `<directory>/<name>.log`, moved to `<name>-2026-11-24.log` when the day ends (UTC); older files than
/// `keptDays` are removed. A file that the day before left behind is moved when the process starts.
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

  public func write(_ lines: [UInt8]) throws(LogSinkError) {
    let today = now().day
    if descriptor >= 0, today != day { closeFile() }
    if descriptor < 0 { try openFile(on: today) }
    do {
      try DescriptorWriter.writeAll(lines, to: descriptor, named: path)
    } catch {
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
      if written < today {
        guard rename(path, rotatedPath(day: written)) == 0 else { throw .failed("rotate", path) }
        removeOldFiles(today: today)
      }
    }
    descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o640)
    guard descriptor >= 0 else { throw .failed("open", path) }
    day = today
  }

  private func rotatedPath(day: Int) -> String { "\(directory)/\(name)-\(Timestamp.date(ofDay: day)).log" }

  /// Dates sort as text; only names of exactly our pattern are ours.
  private func removeOldFiles(today: Int) {
    guard let entries = opendir(directory) else { return }
    defer { closedir(entries) }
    let oldest = rotatedPath(day: today - keptDays)
    while let entry = readdir(entries) {
      let file = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      let candidate = "\(directory)/\(file)"
      if candidate.utf8.count == oldest.utf8.count, candidate.hasPrefix("\(directory)/\(name)-"),
        candidate.hasSuffix(".log"), candidate < oldest
      {
        unlink(candidate)
      }
    }
  }
}
