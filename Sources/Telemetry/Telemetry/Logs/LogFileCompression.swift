import Compression
import Glibc

/// The compression of one file, a slice at a time, so that lines that come meanwhile do not wait for it.
///
/// The bytes go to a file with a name of its own, which gets its true name when it is whole and on the disk; only then
/// the plain file goes. Whatever ends the process in between, the plain file or the whole compressed one is there.
final class LogFileCompression {
  /// What a step reads: some milliseconds of work.
  static let sliceBytes = 256 << 10

  private let folder: LogFolder
  private let file: RotatedFile
  private let source: Int32
  private let target: Int32
  private var stream: GzipStream
  private var input = [UInt8](repeating: 0, count: sliceBytes)

  /// - Parameter file: a plain one.
  init(_ file: RotatedFile, in folder: LogFolder) throws(LogSinkError) {
    self.folder = folder
    self.file = file
    do throws(CompressionError) {
      stream = try GzipStream(level: 6)
    } catch {
      throw LogSinkError("compress \(folder.path(file)): \(error)")
    }
    source = open(folder.path(file), O_RDONLY | O_CLOEXEC)
    guard source >= 0 else {
      target = -1
      throw .failed("open", folder.path(file))
    }
    target = open(folder.path(file.with(.unfinished)), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
    guard target >= 0 else { throw .failed("create", folder.path(file.with(.unfinished))) }
  }

  deinit {
    if source >= 0 { close(source) }
    if target >= 0 { close(target) }
  }

  /// Compresses a slice.
  /// - Returns: whether the file is done.
  func step() throws(LogSinkError) -> Bool {
    let count = read(source, &input, input.count)
    if count < 0 {
      guard errno == EINTR else { throw .failed("read", folder.path(file)) }
      return false
    }
    var output: [UInt8] = []
    do throws(CompressionError) {
      if count > 0 {
        try stream.append(count == input.count ? input : Array(input[..<count]), to: &output)
      } else {
        try stream.finish(into: &output)
      }
    } catch {
      throw LogSinkError("compress \(folder.path(file)): \(error)")
    }
    try DescriptorWriter.writeAll(output, to: target, named: folder.path(file.with(.unfinished)))
    // A little wait for the disk now, rather than a long one at the end.
    fdatasync(target)
    if count == 0 { try complete() }
    return count == 0
  }

  /// Leaves the plain file as it is.
  func abandon() {
    // What stays is removed at the next start.
    try? folder.remove(file.with(.unfinished))
  }

  private func complete() throws(LogSinkError) {
    let unfinished = folder.path(file.with(.unfinished))
    guard fsync(target) == 0 else { throw .failed("write", unfinished) }
    guard rename(unfinished, folder.path(file.with(.compressed))) == 0 else { throw .failed("rename", unfinished) }
    folder.synchronize()
    try folder.remove(file)
  }
}
