// Strict reading of a tree: what has the wrong shape is an error with its place.

extension YamlNode {
  /// The mapping with no keys but these; nothing at all counts as an empty one.
  /// - Parameter known: every key that means something.
  package func mapping(known: [String]) throws(YamlError) -> YamlMapping {
    let mapping = try mapping()
    for entry in mapping.entries where !known.contains(entry.key) {
      let shown = entry.key.prefix(YamlLimits.maximumShownKeyCharacters)
      throw YamlError(
        "\(shown): clave desconocida; las conocidas son \(known.joined(separator: ", "))", line: entry.line)
    }
    return mapping
  }

  /// The mapping with whatever keys: names of users, of queries.
  package func mapping() throws(YamlError) -> YamlMapping {
    if case .mapping(let entries) = content { return YamlMapping(entries: entries, line: line) }
    guard isNull else { throw mistake("acá va un mapa (clave: valor)") }
    return YamlMapping(entries: [], line: line)
  }

  /// Nothing at all counts as an empty one.
  package func sequence() throws(YamlError) -> [YamlNode] {
    if case .sequence(let nodes) = content { return nodes }
    guard isNull else { throw mistake("acá va una lista (- valor)") }
    return []
  }

  /// The text as it is written, with or without quotes; nothing at all is empty.
  package func string() throws(YamlError) -> String {
    guard case .scalar(let text, _) = content else { throw mistake("acá va un texto") }
    return isNull ? "" : text
  }

  /// `true` and `false` in YAML 1.1's spellings (https://yaml.org/type/bool.html), without the one-letter ones.
  package func bool() throws(YamlError) -> Bool {
    guard case .scalar(let text, true) = content else { throw mistake("acá va true o false") }
    switch text.lowercased() {
    case "true", "yes", "on": return true
    case "false", "no", "off": return false
    default: throw mistake("acá va true o false")
    }
  }

  /// A decimal number without a point.
  package func integer(in range: ClosedRange<Int>) throws(YamlError) -> Int {
    guard case .scalar(let text, true) = content, let number = Int(text), range.contains(number) else {
      throw mistake("acá va un número entero de \(range.lowerBound) a \(range.upperBound)")
    }
    return number
  }

  /// A number that is finite.
  package func number() throws(YamlError) -> Double {
    guard case .scalar(let text, true) = content, let number = Double(text), number.isFinite else {
      throw mistake("acá va un número")
    }
    return number
  }

  /// - Parameter parse: nil for what is not accepted.
  /// - Parameter expected: what is, in Spanish: `una duración como 15s`.
  package func value<Value>(_ expected: String, _ parse: (String) -> Value?) throws(YamlError) -> Value {
    guard case .scalar(let text, _) = content, let value = parse(text) else { throw mistake("acá va \(expected)") }
    return value
  }
}

/// A mapping whose keys were looked at. A key with nothing behind it counts as not there.
package struct YamlMapping: Sendable, Equatable {
  package let entries: [YamlNode.Entry]
  /// Where it begins, from 1.
  package let line: Int

  package subscript(_ key: String) -> YamlNode? {
    entries.first { $0.key == key }.flatMap { $0.value.isNull ? nil : $0.value }
  }

  /// - Throws: where the key is not there.
  package func required(_ key: String) throws(YamlError) -> YamlNode {
    guard let node = self[key] else { throw YamlError("falta la clave \(key)", line: line) }
    return node
  }
}
