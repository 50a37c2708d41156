import PromQL

/// What a panel asks Prometheus.
package struct Query: Sendable {
  package let expression: InstantVector
  package let legend: Legend
  package let look: Look
  /// Whether Grafana draws the exemplars beside the line, each with a link to the logs of its request.
  package let showsExemplars: Bool
  /// When a sound platform has no such series, in Spanish; nil: never.
  package let absentWhile: String?

  package init(
    _ expression: some Vector, legend: Legend, look: Look = Look(), showsExemplars: Bool = false,
    absentWhile: String? = nil
  ) {
    self.expression = expression.vector
    self.legend = legend
    self.look = look
    self.showsExemplars = showsExemplars
    self.absentWhile = absentWhile
  }

  /// Where its series differ from the rest of the panel.
  package struct Look: Sendable, Hashable {
    package var unit: DisplayUnit?
    package var color: Color?
    /// A scale of its own, on the right.
    package var isOnRight: Bool
    /// A limit and not a measurement.
    package var isDashed: Bool
    /// Drawn below zero: what leaves against what enters.
    package var isMirrored: Bool

    package init(
      unit: DisplayUnit? = nil, color: Color? = nil, isOnRight: Bool = false, isDashed: Bool = false,
      isMirrored: Bool = false
    ) {
      self.unit = unit
      self.color = color
      self.isOnRight = isOnRight
      self.isDashed = isDashed
      self.isMirrored = isMirrored
    }

    package static let limit = Look(color: .red, isDashed: true)
  }
}

/// What a series is called: `"\(.job) P95"`, or `.label(.job)`.
package struct Legend: Sendable, Hashable, ExpressibleByStringInterpolation {
  package enum Piece: Sendable, Hashable {
    case text(String)
    case label(LabelName)
  }

  package let pieces: [Piece]

  package static func label(_ label: LabelName) -> Self { Self(pieces: [.label(label)]) }
  package static func text(_ text: String) -> Self { Self(pieces: [.text(text)]) }

  private init(pieces: [Piece]) { self.pieces = pieces }
  package init(stringLiteral value: String) { self.init(pieces: [.text(value)]) }
  package init(stringInterpolation: StringInterpolation) { self.init(pieces: stringInterpolation.pieces) }

  package struct StringInterpolation: StringInterpolationProtocol {
    var pieces: [Piece] = []
    package init(literalCapacity: Int, interpolationCount: Int) {}
    package mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { pieces.append(.text(literal)) }
    }
    package mutating func appendInterpolation(_ text: String) { appendLiteral(text) }
    package mutating func appendInterpolation(_ label: LabelName) { pieces.append(.label(label)) }
  }

  /// As Grafana's `legendFormat`.
  package var format: String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .label(let label): "{{\(label.text)}}"
      }
    }.joined()
  }

  package var labels: [LabelName] {
    pieces.compactMap { if case .label(let label) = $0 { label } else { nil } }
  }

  /// What a series with these labels is called.
  package func text(for labels: [String: String]) -> String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .label(let label): labels[label.text] ?? ""
      }
    }.joined()
  }
}
