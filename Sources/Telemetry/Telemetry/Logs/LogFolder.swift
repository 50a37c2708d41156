import Glibc

/// The folder of a process' log files: what is in it, and the calls to change that. Only names of exactly our pattern
/// are touched.
struct LogFolder {
  let directory: String
  /// The stem of all file names.
  let name: String

  /// Where lines are written.
  var current: String { "\(directory)/\(name).log" }

  func path(_ file: RotatedFile) -> String { "\(directory)/\(file.fileName(of: name))" }

  func exists(_ file: RotatedFile) -> Bool { access(path(file), F_OK) == 0 }

  /// All that was moved aside, in the order in which it was written; empty where the folder cannot be read.
  func files() -> [RotatedFile] {
    guard let entries = opendir(directory) else { return [] }
    defer { closedir(entries) }
    var names: [String] = []
    while let entry = readdir(entries) {
      names.append(
        withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
    }
    return names.sorted().compactMap { RotatedFile($0, of: name) }
  }

  /// A name that no file has, compressed or not; nil where the day has no number left.
  func free(date: String, isWholeDay: Bool) -> RotatedFile? {
    let last = RotatedFile(date: date, part: nil, form: .plain)
    if isWholeDay, isFree(last) { return last }
    return (1...RotatedFile.maximumPartsPerDay).lazy.map { RotatedFile(date: date, part: $0, form: .plain) }
      .first(where: isFree)
  }

  private func isFree(_ file: RotatedFile) -> Bool { RotatedFile.Form.allCases.allSatisfy { !exists(file.with($0)) } }

  func move(_ from: String, to file: RotatedFile) throws(LogSinkError) {
    guard rename(from, path(file)) == 0 else { throw .failed("rotate", from) }
  }

  /// That it is gone already is no error.
  func remove(_ file: RotatedFile) throws(LogSinkError) {
    guard unlink(path(file)) == 0 || errno == ENOENT else { throw .failed("remove", path(file)) }
  }

  /// Makes names last that were given or taken since.
  func synchronize() {
    let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// Whether the compressed file holds as many bytes as the plain one has (RFC 1952 §2.3.1, ISIZE).
  func isCompressedWhole(_ file: RotatedFile) -> Bool {
    var status = stat()
    guard stat(path(file.with(.plain)), &status) == 0 else { return false }
    let descriptor = open(path(file.with(.compressed)), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var size: UInt32 = 0
    let end = lseek(descriptor, -off_t(MemoryLayout<UInt32>.size), SEEK_END)
    guard end >= 0, read(descriptor, &size, MemoryLayout<UInt32>.size) == MemoryLayout<UInt32>.size else {
      return false
    }
    return UInt32(littleEndian: size) == UInt32(truncatingIfNeeded: status.st_size)
  }
}
