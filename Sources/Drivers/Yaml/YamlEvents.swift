import CLibyaml

/// The events of one document through libyaml's pull parser (https://pyyaml.org/wiki/LibYAML), as Swift values. It
/// allocates the parser itself, whose address libyaml keeps.
struct YamlEvents: ~Copyable {
  struct Event {
    enum Kind: Equatable {
      case scalar(String, isPlain: Bool)
      case alias(String)
      case sequenceStart
      case sequenceEnd
      case mappingStart
      case mappingEnd
      case documentStart
      case streamEnd
      case other
    }

    let kind: Kind
    let anchor: String?
    /// From 1.
    let line: Int
    /// From 1.
    let column: Int
  }

  private let parser: UnsafeMutablePointer<yaml_parser_t>

  /// - Parameter bytes: must live as long as this does.
  init(_ bytes: UnsafeBufferPointer<UInt8>) throws(YamlError) {
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    guard yaml_parser_initialize(parser) == 1 else { throw YamlError("no hay memoria para leerlo", line: 1) }
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    // Otherwise libyaml guesses UTF-16 from the first bytes.
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  mutating func next() throws(YamlError) -> Event {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
    defer { yaml_event_delete(&event) }
    let (kind, anchor) = Self.kind(event)
    return Event(
      kind: kind, anchor: anchor.map { String(cString: $0) }, line: Int(clamping: event.start_mark.line) + 1,
      column: Int(clamping: event.start_mark.column) + 1)
  }

  private static func kind(_ event: yaml_event_t) -> (Event.Kind, anchor: UnsafePointer<UInt8>?) {
    switch event.type {
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
      return (.scalar(text, isPlain: isPlain), scalar.anchor.map { UnsafePointer($0) })
    case YAML_ALIAS_EVENT:
      return (.alias(event.data.alias.anchor.map { String(cString: $0) } ?? ""), nil)
    case YAML_SEQUENCE_START_EVENT:
      return (.sequenceStart, event.data.sequence_start.anchor.map { UnsafePointer($0) })
    case YAML_MAPPING_START_EVENT:
      return (.mappingStart, event.data.mapping_start.anchor.map { UnsafePointer($0) })
    case YAML_SEQUENCE_END_EVENT: return (.sequenceEnd, nil)
    case YAML_MAPPING_END_EVENT: return (.mappingEnd, nil)
    case YAML_DOCUMENT_START_EVENT: return (.documentStart, nil)
    case YAML_STREAM_END_EVENT: return (.streamEnd, nil)
    default: return (.other, nil)
    }
  }

  /// libyaml's own words, which name no value.
  private func failure() -> YamlError {
    let state = parser.pointee
    let problem = state.problem.map { String(cString: $0) } ?? "not understood"
    let context = state.context.map { " (\(String(cString: $0)))" } ?? ""
    guard state.error != YAML_READER_ERROR else {
      return YamlError("no es texto UTF-8: \(problem)", line: Int(clamping: state.mark.line) + 1)
    }
    return YamlError(
      "no es YAML: \(problem)\(context)", line: Int(clamping: state.problem_mark.line) + 1,
      column: Int(clamping: state.problem_mark.column) + 1)
  }
}
