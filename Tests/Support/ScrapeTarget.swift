import Foundation

/// A target with pages of the test's own, on a free port of 127.0.0.1: what no exporter would ever say.
package final class ScrapeTarget: Sendable {
  package let port: Int
  private let directory: TemporaryDirectory
  private let process: ServerProcess

  package var target: String { "127.0.0.1:\(port)" }

  /// - Parameter pages: by name; each is answered under `/name`.
  package init(_ pages: [String: String]) async throws {
    let (port, directory) = (try FreePorts.next(), try TemporaryDirectory("pages"))
    for (name, text) in pages { _ = try directory.write(text, to: name) }
    process = try await ServerProcess(
      "pages",
      [
        "/usr/bin/python3", "-m", "http.server", "--bind", "127.0.0.1", "--directory", directory.path, String(port),
      ], in: directory)
    (self.port, self.directory) = (port, directory)
    try await HTTPClient("http://127.0.0.1:\(port)").wait(for: "/")
  }

  /// Replaces a page, whole.
  package func answer(_ text: String, under name: String) throws {
    let fresh = try directory.write(text, to: ".\(name)")
    guard rename(fresh, directory.file(name)) == 0 else { throw TestSupportError("cannot replace the page \(name)") }
  }

  /// So many series of one family.
  package static func page(samples: Int) -> String {
    (0..<samples).map { "test_samples{number=\"\($0)\"} 1\n" }.joined()
  }
}
