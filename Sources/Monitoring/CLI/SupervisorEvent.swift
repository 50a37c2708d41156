/// What supervisord tells an event listener: a line of `key:value` tokens, and as many bytes of payload as its `len`
/// says, which are such tokens too (http://supervisord.org/events.html#event-listener-notification-protocol).
struct SupervisorEvent {
  let name: String
  let payload: [String: String]

  static let maximumHeaderBytes = 1_024
  static let maximumPayloadBytes = 65_536

  init(name: String, payload: String) {
    self.name = name
    self.payload = Self.tokens(payload)
  }

  /// The event's name and the length of its payload.
  /// - Throws: where it has none: what follows cannot be read then, since nobody knows where the next header starts.
  static func header(_ line: String) throws(SupervisorProtocolError) -> (name: String, payloadBytes: Int) {
    let tokens = tokens(line)
    guard let name = tokens["eventname"], let length = tokens["len"].flatMap({ Int($0) }),
      (0...maximumPayloadBytes).contains(length)
    else {
      throw SupervisorProtocolError(
        description: "no header of an event: “\(line.prefix(200))”; supervisord starts this again")
    }
    return (name, length)
  }

  private static func tokens(_ text: String) -> [String: String] {
    let pairs = text.split(whereSeparator: \.isWhitespace).map { token in
      let parts = token.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      return (String(parts[0]), parts.count == 2 ? String(parts[1]) : "")
    }
    return Dictionary(pairs) { $1 }
  }
}

/// What makes a listener give up.
struct SupervisorProtocolError: Error, CustomStringConvertible {
  let description: String
}
