import ExporterKit
import Glibc

extension UnsafeMutablePointer<dirent> {
  /// As readdir(3) gave it, until it is called again.
  var name: String {
    withUnsafePointer(to: &pointee.d_name) { pointer in
      pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
    }
  }
}

/// What the link says, whose path begins at the directory that is open; nil where there is none.
func symbolicLink(_ path: String, at directory: Int32 = AT_FDCWD) -> String? {
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
    guard let start = buffer.baseAddress else { return nil }
    let count = readlinkat(directory, path, start, buffer.count)
    guard count > 0 else { return nil }
    return String(decoding: UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: buffer[..<count])), as: UTF8.self)
  }
}

extension NodeHost {
  /// Names of the directories in a directory, sorted; none where it cannot be read. Two links to it, its name and its
  /// own dot, say that there are none: the leaves of a tree are not read.
  func directories(in path: String) -> [String] {
    var entry = stat()
    guard stat(path, &entry) == 0, entry.st_nlink != 2, let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    usage.addQueries(1)
    var names: [String] = []
    while let entry = readdir(directory) {
      let kind = Int32(entry.pointee.d_type)
      guard kind == Int32(DT_DIR) || kind == Int32(DT_UNKNOWN) else { continue }
      let name = entry.name
      if name == "." || name == ".." { continue }
      if kind == Int32(DT_UNKNOWN), !isDirectory("\(path)/\(name)") { continue }
      names.append(name)
    }
    return names.sorted()
  }

  /// Of the first path where something is; nil where nothing is at any.
  func inode(ofFirst paths: [String]) -> UInt? {
    var entry = stat()
    for path in paths where stat(path, &entry) == 0 { return UInt(entry.st_ino) }
    return nil
  }

  func isDirectory(_ path: String) -> Bool {
    var entry = stat()
    return stat(path, &entry) == 0 && entry.st_mode & S_IFMT == S_IFDIR
  }
}
