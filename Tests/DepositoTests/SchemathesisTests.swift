import Foundation
import TestSupport
import Testing

/// The document against the service: schemathesis makes requests of it, good and bad ones, and judges the answers.
@Suite struct SchemathesisTests {
  private static let limit = Duration.seconds(240)
  private static let seed = 20_261_129

  /// `scripts/test.sh` puts it beside its Python; `TEST_PYTHON` names another Python.
  private static var program: String {
    let python =
      ProcessInfo.processInfo.environment["TEST_PYTHON"]
      ?? FileManager.default.currentDirectoryPath + "/.build-test-tools/python/bin/python"
    return (python as NSString).deletingLastPathComponent + "/st"
  }

  /// No failure of ours, and no answer that the document does not have. What it cannot say is not judged: that a product
  /// has to be there, that `null` is as good as nothing.
  private static let checks = [
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "unsupported_method",
  ]

  /// Logging out is left out: it would end the token that all the others are asked with.
  @Test func theDocumentIsTrue() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    _ = try await deposito.product(client, code: "uno", stock: "10")
    guard FileManager.default.isExecutableFile(atPath: Self.program) else {
      throw TestSupportError("no schemathesis at \(Self.program): run scripts/test.sh, or set TEST_PYTHON")
    }
    let output = try await Subprocess.run(
      [
        // It leaves what it found in the working directory.
        "/usr/bin/env", "--chdir=\(deposito.directory.path)", Self.program, "run",
        "\(deposito.client.base)/openapi.json", "--checks",
        Self.checks.joined(separator: ","), "--phases", "examples,coverage,fuzzing", "--max-examples", "20", "--seed",
        "\(Self.seed)", "--workers", "2",
        "--exclude-path", "/api/v1/auth/logout", "--continue-on-failure", "--no-color", "--header",
        "Authorization: \(client.headers["Authorization"] ?? "")",
      ],
      environment: ["PATH": "/usr/bin:/bin", "HOME": deposito.directory.path], timeout: Self.limit)
    #expect(output.status == 0, "\(output.standardOutput.suffix(6_000))")
    let counts = try #require(output.standardOutput.firstMatch(of: /(\d+) generated, (\d+) passed/))
    #expect(counts.1 == counts.2 && (Int(counts.1) ?? 0) > 1_000)
    let failed = try await client.send("GET", "/metrics").text.split(separator: "\n").filter {
      $0.hasPrefix("http_errors_total") && !$0.hasSuffix(" 0")
    }
    #expect(failed.isEmpty, "\(failed)")
  }
}
