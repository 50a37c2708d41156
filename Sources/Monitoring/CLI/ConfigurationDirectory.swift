import Foundation
import Render

/// A directory that holds generated files and nothing else.
struct ConfigurationDirectory {
  let path: String

  /// Writes what differs, each file whole or not at all, and removes what is no longer generated. A file that does not
  /// differ keeps its owner and time: whoever reads it need not be told.
  func replace(with files: [RenderedFile]) throws {
    let manager = FileManager.default
    for file in files {
      let target = path + "/" + file.path
      let directory = (target as NSString).deletingLastPathComponent
      try manager.createDirectory(
        atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o750])
      if manager.contents(atPath: target) == Data(file.contents.utf8) { continue }
      try write(file, to: target)
    }
    let current = Set(files.map(\.path))
    for found in try manager.subpathsOfDirectory(atPath: path) where !current.contains(found) {
      var isDirectory = ObjCBool(false)
      if manager.fileExists(atPath: path + "/" + found, isDirectory: &isDirectory), !isDirectory.boolValue {
        try manager.removeItem(atPath: path + "/" + found)
      }
    }
  }

  private func write(_ file: RenderedFile, to target: String) throws {
    let manager = FileManager.default
    let fresh = target + ".new"
    try? manager.removeItem(atPath: fresh)
    let mode = file.isSecret ? 0o600 : 0o640
    guard
      manager.createFile(atPath: fresh, contents: Data(file.contents.utf8), attributes: [.posixPermissions: mode])
    else { throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: fresh]) }
    guard rename(fresh, target) == 0 else {
      throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: target])
    }
  }
}
