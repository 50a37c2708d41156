/// Makes a tree of a file with one document. Aliases (`*name`) are followed, merge keys (`<<`) are a key like any
/// other, and tags mean nothing.
package enum YamlDocument {
  /// - Returns: a null scalar for a file without content.
  package static func parse(_ text: String, limits: YamlLimits = YamlLimits()) throws(YamlError) -> YamlNode {
    try parse(bytes: Array(text.utf8), limits: limits)
  }

  /// - Parameter bytes: UTF-8.
  package static func parse(bytes: [UInt8], limits: YamlLimits = YamlLimits()) throws(YamlError) -> YamlNode {
    guard bytes.count <= limits.maximumBytes else {
      throw YamlError("es más largo que \(limits.maximumBytes) bytes", line: 1)
    }
    let result = bytes.withUnsafeBufferPointer { buffer -> Result<YamlNode, YamlError> in
      Result { () throws(YamlError) in
        var builder = YamlTreeBuilder(try YamlEvents(buffer), limits)
        return try builder.document()
      }
    }
    return try result.get()
  }
}

/// Builds the tree from events; recursion is as deep as the limit.
private struct YamlTreeBuilder: ~Copyable {
  typealias Event = YamlEvents.Event

  private var events: YamlEvents
  private let limits: YamlLimits
  private var anchors: [String: (node: YamlNode, size: Int)] = [:]
  private var nodes = 0

  init(_ events: consuming YamlEvents, _ limits: YamlLimits) {
    self.events = events
    self.limits = limits
  }

  mutating func document() throws(YamlError) -> YamlNode {
    var event = try events.next()
    while event.kind == .other { event = try events.next() }
    guard event.kind != .streamEnd else { return YamlNode(.scalar("", isPlain: true), line: 1, column: 1) }
    let root = try node(try events.next(), depth: 0)
    event = try events.next()
    while event.kind == .other { event = try events.next() }
    guard event.kind == .streamEnd else {
      throw YamlError("hay más de un documento", line: event.line, column: event.column)
    }
    return root
  }

  private mutating func node(_ event: Event, depth: Int) throws(YamlError) -> YamlNode {
    guard depth <= limits.maximumDepthLevels else {
      throw YamlError("hay más de \(limits.maximumDepthLevels) niveles", line: event.line, column: event.column)
    }
    let before = nodes
    try count(1, event)
    let content: YamlNode.Content
    switch event.kind {
    case .scalar(let text, let isPlain): content = .scalar(text, isPlain: isPlain)
    case .alias(let name): return try alias(name, event)
    case .sequenceStart: content = .sequence(try sequence(depth: depth + 1))
    case .mappingStart: content = .mapping(try mapping(depth: depth + 1))
    default: throw YamlError("no es YAML", line: event.line, column: event.column)
    }
    let node = YamlNode(content, line: event.line, column: event.column)
    if let anchor = event.anchor { try remember(node, as: anchor, size: nodes - before, event) }
    return node
  }

  private mutating func sequence(depth: Int) throws(YamlError) -> [YamlNode] {
    var items: [YamlNode] = []
    while true {
      let event = try events.next()
      if event.kind == .sequenceEnd { return items }
      items.append(try node(event, depth: depth))
    }
  }

  private mutating func mapping(depth: Int) throws(YamlError) -> [YamlNode.Entry] {
    var entries: [YamlNode.Entry] = []
    var seen: Set<String> = []
    while true {
      let event = try events.next()
      if event.kind == .mappingEnd { return entries }
      guard case .scalar(let key, _) = try node(event, depth: depth).content else {
        throw YamlError("la clave no es un texto", line: event.line, column: event.column)
      }
      guard seen.insert(key).inserted else {
        let shown = key.prefix(YamlLimits.maximumShownKeyCharacters)
        throw YamlError("\(shown): clave repetida", line: event.line, column: event.column)
      }
      entries.append(YamlNode.Entry(key: key, line: event.line, value: try node(try events.next(), depth: depth)))
    }
  }

  private mutating func remember(
    _ node: YamlNode, as anchor: String, size: Int, _ event: Event
  ) throws(YamlError) {
    anchors[anchor] = (node, size)
    guard anchors.count <= limits.maximumAnchors else {
      throw YamlError("hay más de \(limits.maximumAnchors) anclas (&)", line: event.line, column: event.column)
    }
  }

  /// The tree shares storage with the anchor's; who walks it does not.
  private mutating func alias(_ name: String, _ event: Event) throws(YamlError) -> YamlNode {
    guard let (node, size) = anchors[name] else {
      throw YamlError("el alias * no tiene ancla (&) antes", line: event.line, column: event.column)
    }
    try count(size - 1, event)
    return node
  }

  private mutating func count(_ more: Int, _ event: Event) throws(YamlError) {
    nodes += more
    guard nodes <= limits.maximumNodes else {
      throw YamlError("hay más de \(limits.maximumNodes) valores", line: event.line, column: event.column)
    }
  }
}
