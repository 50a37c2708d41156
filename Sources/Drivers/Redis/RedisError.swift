/// What went wrong between us and Redis. It carries neither passwords nor what was sent.
package struct RedisError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Kind: String, Sendable, CaseIterable {
    /// No connection could be made, or it was lost before the reply.
    case unavailable
    /// The deadline passed before the reply. The connection is closed: what was sent may still take effect.
    case timedOut
    /// The task was cancelled; as with `timedOut`.
    case cancelled
    /// The server replied with an error: `code` says which.
    case server
    /// The peer does not speak RESP2, or a reply is larger than the limits allow.
    case protocolViolation = "protocol"
    /// A reply is not of the form that the command has.
    case decoding
    /// The address or the certificates cannot be used.
    case configuration
  }

  package let kind: Kind
  /// The first word of the server's error where it is in capitals, for example `NOPERM`, `LOADING`, `MOVED`.
  package let code: String?
  package let message: String

  package init(_ kind: Kind, _ message: String, code: String? = nil) {
    self.kind = kind
    self.code = code
    self.message = message
  }

  /// An error reply, without its `-`. What servers quote of the arguments is left out.
  init(reply text: String) {
    let end = text.firstRange(of: Self.quotedArguments)?.lowerBound ?? text.endIndex
    let word = text.prefix { $0 != " " }
    let isCode = !word.isEmpty && word.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    self.init(.server, String(text[..<end].prefix(Self.maximumMessageCharacters)), code: isCode ? String(word) : nil)
  }

  /// Source: redis 7.0 `src/server.c`, `rejectCommandFormat` of an unknown command.
  private static let quotedArguments = ", with args beginning with"
  private static let maximumMessageCharacters = 256

  package var description: String {
    let remedy = remedy.map { ". \($0)" } ?? ""
    return "Redis: \(message)\(remedy)"
  }

  /// What the operator can do about it.
  package var remedy: String? {
    switch (kind, code) {
    case (.unavailable, _): "Check that Redis runs and can be reached; it is tried again"
    case (_, "UNKILLABLE"?): "Wait for the script's end; SHUTDOWN NOSAVE loses what was not saved"
    case (_, "NOPERM"?): "Allow the command to this user with ACL SETUSER"
    case (.timedOut, _): "Check that the server can be reached, look for slow commands in SLOWLOG"
    case (_, "NOAUTH"?), (_, "WRONGPASS"?): "Check user and password"
    case (_, "LOADING"?): "The server is reading its data; it is tried again"
    case (_, "BUSY"?): "A script keeps the server busy: SCRIPT KILL ends it"
    default: nil
    }
  }
}
