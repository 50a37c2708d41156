import MetricModel

/// A choice of label values that the reader of a dashboard makes. It stands in panels alone: a rule has no reader, and
/// `observability lint` refuses it there.
package struct TemplateVariable<V: Label>: Sendable, Hashable {
  package let name: String

  package init(_ name: String) { self.name = name }

  /// As Grafana finds it in an expression.
  package var reference: String { "$\(name)" }
}

extension Node {
  /// What Grafana would have to put in before Prometheus can read it: variables and its own intervals.
  package var templates: Set<String> {
    subtree.reduce(into: []) { found, node in
      switch node {
      case .selector(let selector): found.formUnion(selector.templates)
      case .range(let selector, let window):
        found.formUnion(selector.templates)
        if case .last = window { break }
        found.insert(window.text)
      case .verbatim(let text, _) where text.contains("$"): found.insert(text)
      default: break
      }
    }
  }

  /// Every selector in it, with or without a window.
  package var selectors: [Selector] {
    subtree.compactMap { node in
      switch node {
      case .selector(let selector), .range(let selector, _): selector
      default: nil
      }
    }
  }
}

extension Selector {
  fileprivate var templates: [String] { matchers.filter(\.isTemplate).map(\.value) }
}
