import PromQL

/// Spanish text with typed holes, which Prometheus fills when the alert fires and the rule tests fill beforehand:
/// `"\(.job) no responde"`.
package struct AlertText: Sendable, ExpressibleByStringInterpolation {
  enum Piece: Sendable {
    case literal(String)
    case label(LabelName)
    case external(ExternalLabel)
    case choice(LabelName, [(is: String, then: String)])
    indirect case presence(LabelName, then: AlertText, otherwise: AlertText)
    case value(ValueFormat)
  }

  var pieces: [Piece]

  package struct StringInterpolation: StringInterpolationProtocol {
    var pieces: [Piece] = []
    package init(literalCapacity: Int, interpolationCount: Int) {}
    package mutating func appendLiteral(_ literal: String) { pieces.append(.literal(literal)) }
    package mutating func appendInterpolation(_ literal: String) { pieces.append(.literal(literal)) }
    package mutating func appendInterpolation(_ text: AlertText) { pieces += text.pieces }
    package mutating func appendInterpolation(_ label: LabelName) { pieces.append(.label(label)) }
    package mutating func appendInterpolation(_ label: ExternalLabel) { pieces.append(.external(label)) }
    /// The alert's value: `\(value: .percentage)`.
    package mutating func appendInterpolation(value format: ValueFormat) { pieces.append(.value(format)) }
    /// One text where the series has the label, another where it has not.
    package mutating func appendInterpolation(
      having label: LabelName, _ then: AlertText, otherwise: AlertText
    ) { pieces.append(.presence(label, then: then, otherwise: otherwise)) }
    /// Another text for each value of a label; one text where all are the same.
    package mutating func appendInterpolation(
      choosingBy label: LabelName, _ choices: [(is: String, then: String)]
    ) {
      let texts = Set(choices.map(\.then))
      pieces.append(texts.count == 1 ? .literal(choices[0].then) : .choice(label, choices))
    }
  }

  package init(stringLiteral value: String) { pieces = [.literal(value)] }
  package init(stringInterpolation: StringInterpolation) { pieces = stringInterpolation.pieces }

  /// As a template of Prometheus.
  package var template: String {
    pieces.map { piece in
      switch piece {
      case .literal(let text): text
      case .label(let label): "{{ $labels.\(label.text) }}"
      case .external(let label): "{{ $externalLabels.\(label.rawValue) }}"
      case .choice(let label, let choices):
        choices.enumerated().map { index, choice in
          "{{ \(index == 0 ? "if" : "else if") eq $labels.\(label.text) \"\(choice.is)\" }}\(choice.then)"
        }.joined() + "{{ end }}"
      case .presence(let label, let then, let otherwise):
        "{{ if $labels.\(label.text) }}\(then.template){{ else }}\(otherwise.template){{ end }}"
      case .value(let format): format.template
      }
    }.joined()
  }

  /// Whether it shows the alert's value.
  package var showsValue: Bool {
    pieces.contains { piece in
      switch piece {
      case .value: true
      case .presence(_, let then, let otherwise): then.showsValue || otherwise.showsValue
      case .literal, .label, .external, .choice: false
      }
    }
  }

  /// What the template becomes for these labels; a label that is not there becomes nothing, as in Prometheus.
  package func expanded(
    labels: [String: String], external: [String: String], value: Double? = nil
  ) -> String {
    pieces.map { piece in
      switch piece {
      case .literal(let text): text
      case .label(let label): labels[label.text] ?? ""
      case .external(let label): external[label.rawValue] ?? ""
      case .choice(let label, let choices): choices.first { $0.is == labels[label.text] }?.then ?? ""
      case .presence(let label, let then, let otherwise):
        (labels[label.text] ?? "" == "" ? otherwise : then)
          .expanded(labels: labels, external: external, value: value)
      case .value(let format): value.map(format.text) ?? ""
      }
    }.joined()
  }
}

/// A label that a stack's Prometheus puts on everything that leaves it: how one rule file serves every stack.
package enum ExternalLabel: String, Sendable, CaseIterable {
  case monitor
  case publicURL = "public_url"
  case grafanaURL = "grafana_url"
}

/// What reaches the person who is called.
package struct AlertTexts: Sendable {
  /// One line: what is wrong, and with what.
  package let summary: AlertText
  /// What holds since when, and what it may mean.
  package let description: AlertText
  /// What was measured, in words.
  package let value: AlertText

  package init(summary: AlertText, description: AlertText, value: AlertText) {
    self.summary = summary
    self.description = description
    self.value = value
  }
}
