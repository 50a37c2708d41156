import ExporterKit
import Glibc

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
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
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
