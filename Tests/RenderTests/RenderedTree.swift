import Render
import TestSupport

/// Rendered files on disk, for the checkers of Prometheus and Alertmanager.
struct RenderedTree {
  let directory: TemporaryDirectory

  init(_ files: [RenderedFile], changing change: (String) -> String = { $0 }) throws {
    directory = try TemporaryDirectory("rendered")
    for file in files {
      try directory.makeDirectory(file.path.split(separator: "/").dropLast().joined(separator: "/"))
      _ = try directory.write(change(file.contents), to: file.path)
    }
  }

  func checkPrometheus(_ path: String) async throws -> Subprocess.Output {
    try await Subprocess.run(["/usr/bin/promtool", "check", "config", directory.file(path)])
  }

  func checkAlertmanager(_ path: String) async throws -> Subprocess.Output {
    try await Subprocess.run(["/usr/bin/amtool", "check-config", directory.file(path)])
  }
}
