import Foundation
import Synchronization

/// A new directory below the system's temporary one, removed with this object.
package final class TemporaryDirectory: Sendable {
  /// Absolute, without a slash at its end. Short enough for a Unix socket inside it.
  package let path: String
  private let isKept = Mutex(false)

  /// - Parameters:
  ///   - owner: whose it is; nil: ours.
  ///   - mode: its permissions.
  package init(
    _ purpose: String = "test", owner: UnprivilegedUser? = .needed, mode: mode_t = 0o700
  ) throws {
    var template = Array("/tmp/minimarket-\(purpose)-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
    }
    guard let made else { throw HarnessError("cannot make \(purpose) in /tmp: errno \(errno)") }
    path = made
    if let owner { chown(path, owner.uid, owner.gid) }
    chmod(path, mode)
  }

  /// The path of a file inside.
  package func file(_ name: String) -> String { path + "/" + name }

  /// A folder inside, with those above it.
  package func makeDirectory(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: file(name), withIntermediateDirectories: true)
  }

  package func write(_ text: String, to name: String) throws -> String {
    let file = file(name)
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    return file
  }

  /// It stays when this object goes.
  package func keep() { isKept.withLock { $0 = true } }

  deinit { if !isKept.withLock({ $0 }) { try? FileManager.default.removeItem(atPath: path) } }
}

/// Who runs servers when the tests run as root: PostgreSQL refuses to.
package struct UnprivilegedUser: Sendable {
  package let uid: uid_t
  package let gid: gid_t

  /// Nil where the tests themselves are unprivileged.
  package static let needed: UnprivilegedUser? = {
    guard getuid() == 0, let entry = getpwnam("nobody") else { return nil }
    return UnprivilegedUser(uid: entry.pointee.pw_uid, gid: entry.pointee.pw_gid)
  }()

  /// The words to put before a command.
  package static var prefix: [String] {
    guard let needed else { return [] }
    return ["/usr/bin/setpriv", "--reuid=\(needed.uid)", "--regid=\(needed.gid)", "--clear-groups"]
  }
}
