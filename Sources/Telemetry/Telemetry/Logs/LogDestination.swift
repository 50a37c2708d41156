import Logging

/// A sink with the name that it is known under, what it is given, and how much of it may wait.
public struct LogDestination {
  /// How much may wait for a sink that stands still, and how much it is given at once.
  public struct Limits: Sendable {
    /// An estimate of the memory that waiting records hold, what the sink is writing included.
    public var pendingBytes: Int
    /// The records of one `write`.
    public var handOverRecords: Int

    /// Unless told, 4 MiB wait at the most, and 1,024 records are handed over at once.
    public init(pendingBytes: Int = 4 << 20, handOverRecords: Int = 1_024) {
      self.pendingBytes = pendingBytes
      self.handOverRecords = handOverRecords
    }
  }

  /// What the pipeline's events and queue depths call the sink; its metrics have it as a label.
  public let name: String
  /// Used by the thread of its own queue alone, once the pipeline is made.
  public let sink: any LogSink
  /// Records below it are not for this sink.
  public let minimumLevel: Logger.Level
  /// Past them records are dropped and counted, and nobody waits.
  public let limits: Limits

  /// Unless told, the sink gets every level, within the usual bounds.
  public init(_ name: String, _ sink: any LogSink, minimumLevel: Logger.Level = .trace, limits: Limits = Limits()) {
    self.name = name
    self.sink = sink
    self.minimumLevel = minimumLevel
    self.limits = limits
  }
}
