import CoreMetrics
import SwiftMetricsBackend
import Synchronization
import Telemetry

/// A registry behind a factory, and the problems that it reported first.
final class Recorded: Sendable {
  let registry = Registry()
  let factory: RegistryMetricsFactory
  private let heard = Mutex<(first: [Registry.Problem], later: Int)>(([], 0))

  init(_ change: (inout RegistryMetricsOptions) -> Void = { _ in }) {
    var options = RegistryMetricsOptions()
    change(&options)
    factory = RegistryMetricsFactory(registry, options)
    registry.setProblemHandler { [weak self] problem, isFirst in
      self?.heard.withLock { heard in
        if isFirst { heard.first.append(problem) } else { heard.later += 1 }
      }
    }
  }

  var problems: [Registry.Problem] { heard.withLock { $0.first } }
  var laterProblemCount: Int { heard.withLock { $0.later } }

  /// The samples alone, in the page's order.
  var samples: [String] {
    page.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
  }

  var page: String { page(.text) }
  func page(_ format: ExpositionFormat) -> String { String(decoding: registry.expose(format), as: UTF8.self) }

  func counter(_ label: String, _ dimensions: [(String, String)] = []) -> Counter {
    Counter(label: label, dimensions: dimensions, factory: factory)
  }
}
