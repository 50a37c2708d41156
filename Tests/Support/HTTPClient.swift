import Foundation
import FoundationNetworking

/// Speaks HTTP to a server under test.
package struct HTTPClient: Sendable {
  package struct Answer: Sendable {
    package let status: Int
    package let headers: [String: String]
    package let body: Data

    package var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as a JSON object; empty where it is none.
    package var json: [String: JSONScalar] {
      guard let object = try? JSONDecoder().decode([String: JSONScalar].self, from: body) else { return [:] }
      return object
    }
  }

  package let base: String
  package var headers: [String: String] = [:]
  private let session: URLSession

  /// - Parameter base: `http://127.0.0.1:8001`.
  package init(_ base: String) {
    self.base = base
    let configuration = URLSessionConfiguration.ephemeral
    configuration.httpMaximumConnectionsPerHost = 64
    configuration.timeoutIntervalForRequest = 30
    session = URLSession(configuration: configuration)
  }

  package func authorized(by token: String) -> HTTPClient {
    var client = self
    client.headers["Authorization"] = "Bearer \(token)"
    return client
  }

  /// - Parameter json: sent as `application/json`, as it stands.
  package func send(
    _ method: String, _ path: String, json: String? = nil, headers: [String: String] = [:]
  ) async throws -> Answer {
    guard let url = URL(string: base + path) else { throw TestSupportError("\(base + path) is no URL") }
    var request = URLRequest(url: url)
    request.httpMethod = method
    request.httpBody = json.map { Data($0.utf8) }
    if json != nil { request.setValue("application/json", forHTTPHeaderField: "Content-Type") }
    for (name, value) in self.headers.merging(headers, uniquingKeysWith: { $1 }) {
      request.setValue(value, forHTTPHeaderField: name)
    }
    let (body, response) = try await session.data(for: request)
    guard let response = response as? HTTPURLResponse else { throw TestSupportError("no HTTP answer from \(url)") }
    let fields = response.allHeaderFields.map { ("\($0.key)".lowercased(), "\($0.value)") }
    return Answer(status: response.statusCode, headers: Dictionary(fields) { $1 }, body: body)
  }

  /// Polls until the path answers with the status.
  package func wait(for path: String, status: Int = 200, within timeout: Duration = .seconds(20)) async throws {
    let end = ContinuousClock.now + timeout
    var last = "nothing"
    while .now < end {
      do {
        let answer = try await send("GET", path)
        if answer.status == status { return }
        last = "\(answer.status) \(answer.text)"
      } catch {
        last = "\(error)"
      }
      try await Task.sleep(for: .milliseconds(50))
    }
    throw TestSupportError("\(base)\(path) did not answer \(status) within \(timeout): \(last)")
  }
}
