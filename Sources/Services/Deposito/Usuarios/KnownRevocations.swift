import ServiceKit

/// One thing that ends tokens.
enum Revocation: Sendable, Equatable {
  /// A single token, until it would have expired: seconds of 1970.
  case token(String, until: Int64)
  /// All tokens of a user that were issued before: seconds of 1970.
  case user(String, issuedBefore: Int64)
}

/// A set of what ends tokens, looked up by token. Single tokens are bounded; users are as many as there are.
struct KnownRevocations: Sendable {
  static let maximumTokens = 100_000

  private var tokens: [String: Int64] = [:]
  private var users: [String: Int64] = [:]

  /// Of too many single tokens those stay that came first.
  mutating func add(_ revocation: Revocation) {
    switch revocation {
    case .token(let identifier, let until):
      if tokens.count < Self.maximumTokens || tokens[identifier] != nil { tokens[identifier] = until }
    case .user(let name, let instant):
      users[name] = max(users[name] ?? instant, instant)
    }
  }

  /// Drops tokens that nobody accepts any more.
  /// - Parameter instant: seconds of 1970.
  mutating func forget(expiredBefore instant: Int64) {
    tokens = tokens.filter { $0.value >= instant }
  }

  func contains(_ token: TokenIdentity) -> Bool {
    tokens[token.identifier] != nil || users[token.subject].map { token.issuedAt < $0 } ?? false
  }
}
