import Foundation
import Telemetry
import TestSupport

/// Reads a page with prometheus-client's own parsers, which refuse what they do not understand.
enum PageReader {
  struct ReadFamily: Decodable, Equatable {
    let name: String
    let type: String
    let unit: String
    let help: String
    let samples: [ReadSample]
  }

  struct ReadSample: Decodable, Equatable {
    let name: String
    let labels: [String: String]
    /// As Python prints a float.
    let value: String
  }

  /// `scripts/test.sh` puts a Python with prometheus-client here; `TEST_PYTHON` names another.
  static let python =
    ProcessInfo.processInfo.environment["TEST_PYTHON"]
    ?? FileManager.default.currentDirectoryPath + "/.build-test-tools/python/bin/python"

  private static let program = """
    import json, sys
    from prometheus_client.openmetrics import parser as openmetrics
    from prometheus_client import parser as text
    page = sys.stdin.buffer.read().decode("utf-8")
    read = (openmetrics if sys.argv[1] == "openMetrics" else text).text_string_to_metric_families(page)
    json.dump([{"name": f.name, "type": f.type, "unit": f.unit, "help": f.documentation,
      "samples": [{"name": s.name, "labels": s.labels, "value": repr(float(s.value))} for s in f.samples]}
      for f in read], sys.stdout)
    """

  static func read(_ page: [UInt8], as format: ExpositionFormat) async throws -> [ReadFamily] {
    guard FileManager.default.isExecutableFile(atPath: python) else {
      throw TestSupportError("no Python with prometheus-client at \(python): run scripts/test.sh, or set TEST_PYTHON")
    }
    let answer = try await Subprocess.check(
      [python, "-c", program, "\(format.kind)"], input: String(decoding: page, as: UTF8.self), timeout: .seconds(60))
    return try JSONDecoder().decode([ReadFamily].self, from: Data(answer.utf8))
  }
}
