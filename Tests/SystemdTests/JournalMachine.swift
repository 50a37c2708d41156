import Foundation
import TestSupport

/// A machine's `/run` of its own with a real systemd-journald in it: a mount namespace, since libsystemd and journald
/// know one place each, and the host's journald and other suites have theirs.
final class JournalMachine: Sendable {
  private static let script = """
    set -e
    mount -t tmpfs tmpfs /run
    mkdir -p /run/systemd/journal /run/log/journal
    mount -t tmpfs tmpfs /etc/systemd
    printf '[Journal]\\nStorage=volatile\\nAudit=\\nReadKMsg=no\\nRateLimitBurst=0\\n' >/etc/systemd/journald.conf
    touch "$1"
    exec sleep infinity
    """

  private let directory: TemporaryDirectory
  private let namespace: ServerProcess
  private let isRoot = getuid() == 0

  init() async throws {
    directory = try TemporaryDirectory("journal")
    // Without root the namespace belongs to a user namespace, in which this user is root.
    let user = isRoot ? [] : ["--user", "--map-root-user"]
    let made = directory.file("made")
    namespace = try await ServerProcess(
      "namespace", ["/usr/bin/unshare", "--mount"] + user + ["/bin/sh", "-c", Self.script, "sh", made], in: directory)
    while !FileManager.default.fileExists(atPath: made) {
      guard namespace.isRunning else {
        let log = try String(contentsOfFile: directory.file("namespace.log"), encoding: .utf8)
        throw TestSupportError("cannot make a mount namespace: \(log)")
      }
      try await Task.sleep(for: .milliseconds(2))
    }
  }

  /// A command as one that runs on this machine.
  func inside(_ command: [String]) -> [String] {
    let user = isRoot ? [] : ["--user", "--preserve-credentials"]
    return ["/usr/bin/nsenter", "--target", "\(namespace.pid)", "--mount"] + user + ["--"] + command
  }

  /// Starts journald and waits until it answers.
  func startJournald() async throws -> ServerProcess {
    let journald = try await ServerProcess("journald", inside(["/lib/systemd/systemd-journald"]), in: directory)
    let deadline = ContinuousClock.now + .seconds(10)
    while try await Subprocess.run(inside(["/usr/bin/journalctl", "--sync"])).status != 0 {
      guard journald.isRunning, .now < deadline else { throw TestSupportError("journald does not answer") }
      try await Task.sleep(for: .milliseconds(5))
    }
    return journald
  }

  /// As a machine that has no journald and never had one.
  func removeSocket() async throws {
    try await Subprocess.check(inside(["/bin/rm", "-f", "/run/systemd/journal/socket"]))
  }

  /// What the journal holds of the probe, in order. All that was sent before is in it.
  func entries() async throws -> [JournalEntry] {
    try await Subprocess.check(inside(["/usr/bin/journalctl", "--sync"]))
    let lines = try await Subprocess.check(
      inside([
        "/usr/bin/journalctl", "--directory", "/run/log/journal", "--output", "json", "--all", "--quiet",
        "SYSLOG_IDENTIFIER=systemd-probe",
      ]))
    return try lines.split(separator: "\n").map { try JournalEntry(json: String($0)) }
  }
}

/// An entry as `journalctl -o json` prints it.
struct JournalEntry {
  /// By bytes: Swift's strings are equal where they differ in their normalization.
  let fields: [String: [UInt8]]

  init(json: String) throws {
    fields = try JSONDecoder().decode([String: Value].self, from: Data(json.utf8)).mapValues(\.bytes)
  }

  /// Without what journald adds: its own fields begin with an underscore.
  var own: [String: [UInt8]] { fields.filter { !$0.key.hasPrefix("_") } }

  subscript(_ name: String) -> String? { fields[name].map { String(decoding: $0, as: UTF8.self) } }

  /// journalctl prints what is not printable UTF-8 as an array of numbers.
  private struct Value: Decodable {
    let bytes: [UInt8]

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self) {
        bytes = Array(text.utf8)
      } else {
        bytes = try container.decode([UInt8].self)
      }
    }
  }
}
