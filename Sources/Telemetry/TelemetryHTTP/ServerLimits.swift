/// What a stranger can take from a server of pages. Past a limit the connection is answered and closed, or just closed.
public struct ServerLimits: Sendable {
  /// Past it the connection that waits longest gives way, so that nobody can keep Prometheus out by holding
  /// connections open; while all of them are being answered, new ones are closed.
  public var maximumConnections = 64
  /// One field of a request.
  public var maximumHeaderFieldBytes = 8 << 10
  /// All fields of one request.
  public var maximumHeaderBytes = 16 << 10
  /// How many fields one request has.
  public var maximumHeaderFields = 100
  /// A body has no meaning here; up to this it is read and dropped, past it the answer is 413.
  public var maximumBodyBytes = 64 << 10
  /// From the connection, or from a request's first line, to the request's end.
  public var requestTimeoutSeconds = 10
  /// Between two requests. Longer than any usual scrape interval, so that scrapes share a connection.
  public var idleTimeoutSeconds = 150
  /// For the client to take an answer, or one chunk of it.
  public var sendTimeoutSeconds = 10
  /// For the client to close after the last answer.
  public var lingerTimeoutSeconds = 2
  /// From the beginning of a graceful shutdown until connections that are still answered are closed.
  public var shutdownTimeoutSeconds = 8

  /// With the values that stand here.
  public init() {}
}
