import Foundation
import FoundationNetworking
import PromQL

/// Asks a Prometheus over HTTP, one question at a time.
package struct PrometheusClient: Sendable {
  /// After which a server counts as unanswering.
  package static let answerTimeoutSeconds = 10.0

  /// It does not answer, or not as Prometheus does.
  package struct Unreachable: Error, CustomStringConvertible {
    let url: String
    let cause: String
    package var description: String {
      "Prometheus at \(url) does not answer (\(cause)). Pass --prometheus URL of one that runs."
    }
  }

  let url: String
  private let session: URLSession
  private let answerTimeoutSeconds: Double

  /// - Parameter url: `http://127.0.0.1:9090`.
  package init(url: String, answerTimeoutSeconds: Double = Self.answerTimeoutSeconds) {
    self.answerTimeoutSeconds = answerTimeoutSeconds
    self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
    let configuration = URLSessionConfiguration.ephemeral
    configuration.timeoutIntervalForRequest = answerTimeoutSeconds
    configuration.timeoutIntervalForResource = answerTimeoutSeconds
    session = URLSession(configuration: configuration)
  }

  package func newest(_ expression: String, at seconds: Int) async throws -> PrometheusAnswer {
    try await ask("query", [("query", expression), ("time", "\(seconds)")])
  }

  package func values(_ expression: String, over range: ShownRange) async throws -> PrometheusAnswer {
    try await ask(
      "query_range",
      [
        ("query", expression), ("start", "\(range.start)"), ("end", "\(range.end)"),
        ("step", "\(range.step.seconds)"),
      ])
  }

  private func ask(_ endpoint: String, _ parameters: [(name: String, value: String)]) async throws -> PrometheusAnswer {
    let unreserved = CharacterSet(charactersIn: "-._~").union(.alphanumerics)
    let form = parameters.map { parameter in
      "\(parameter.name)=\(parameter.value.addingPercentEncoding(withAllowedCharacters: unreserved) ?? "")"
    }
    guard let address = URL(string: "\(url)/api/v1/\(endpoint)"), address.scheme?.hasPrefix("http") == true else {
      throw Unreachable(url: url, cause: "that is no http URL")
    }
    var request = URLRequest(url: address, timeoutInterval: answerTimeoutSeconds)
    request.httpMethod = "POST"
    request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
    request.httpBody = Data(form.joined(separator: "&").utf8)
    let body: Data
    let response: URLResponse
    do {
      (body, response) = try await session.data(for: request)
    } catch {
      throw Unreachable(url: url, cause: (error as NSError).localizedDescription)
    }
    do {
      return try PrometheusAnswer(json: body)
    } catch {
      let status = (response as? HTTPURLResponse)?.statusCode ?? 0
      throw Unreachable(url: url, cause: "it answered \(status) with something that is no answer of Prometheus")
    }
  }
}
