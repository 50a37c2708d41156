import ExporterKit
import Glibc

extension NodeHost {
  /// Names of the directories in a directory, sorted; none where it cannot be read. One that is its own number of links
  /// says how many there are, which saves most of a tree's leaves the reading.
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

  /// nil where nothing is there.
  func inode(_ path: String) -> UInt? {
    var entry = stat()
    return stat(path, &entry) == 0 ? UInt(entry.st_ino) : nil
  }

  func isDirectory(_ path: String) -> Bool {
    var entry = stat()
    return stat(path, &entry) == 0 && entry.st_mode & S_IFMT == S_IFDIR
  }
}
