import Foundation
import TestSupport

/// `observability drill` as a process, and what it leaves behind.
final class DrillRun: Sendable {
  static let repository: String = {
    // Tests/DrillsTests/DrillRun.swift
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
  }()
  static let timeDivisor = 60

  let directory: TemporaryDirectory
  private let process: SpawnedProcess

  init(_ alerts: [String]) throws {
    directory = try TemporaryDirectory("drillrun")
    let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
    let output = Subprocess.create(directory.file("output"))
    defer { for descriptor in [nothing, output] { close(descriptor) } }
    process = try SpawnedProcess(
      [
        try Binaries.path(of: "observability"), "drill", "--root", Self.repository, "--time-divisor",
        "\(Self.timeDivisor)", "--report", directory.file("report.md"),
      ] + alerts, input: nothing, output: output, error: output)
  }

  var output: String { (try? String(contentsOfFile: directory.file("output"), encoding: .utf8)) ?? "" }
  var report: String { (try? String(contentsOfFile: directory.file("report.md"), encoding: .utf8)) ?? "" }

  func status(within timeout: Duration) async throws -> Int32 {
    guard let status = try await process.status(within: timeout) else {
      process.signal(SIGINT)
      _ = try await process.status(within: .seconds(120))
      throw TestSupportError("the drill did not end within \(timeout): \(output)")
    }
    return status
  }

  func interrupt() { process.signal(SIGINT) }

  func wait(for text: String, within timeout: Duration) async throws {
    let end = ContinuousClock.now + timeout
    while !output.contains(text) {
      guard .now < end else { throw TestSupportError("“\(text)” did not come within \(timeout): \(output)") }
      try await Task.sleep(for: .milliseconds(100))
    }
  }

  /// Directories, processes and mounts of its platforms that are still there.
  func remains() throws -> [String] {
    let states = output.matches(of: /bringing a platform up in (\S+)\/state/).map { String($0.1) }
    let manager = FileManager.default
    let processes = try manager.contentsOfDirectory(atPath: "/proc").filter { Int($0) != nil }
    return try states.flatMap { state in
      let mounts = try String(contentsOfFile: "/proc/self/mounts", encoding: .utf8)
      let living = processes.filter { pid in
        let line = (try? String(contentsOfFile: "/proc/\(pid)/cmdline", encoding: .utf8)) ?? ""
        return line.contains(state)
      }
      return (manager.fileExists(atPath: state) ? [state] : []) + living.map { "process \($0) of \(state)" }
        + (mounts.contains(state) ? ["mount below \(state)"] : [])
    }
  }
}
