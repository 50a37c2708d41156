/// Who consumes, what, and how much at once.
package struct ConsumerSettings: Sendable {
  package var stream: String
  /// Each group gets every event.
  package var group: String
  /// Of this process, different from every other one's in the group.
  package var consumer: String
  /// Entries in a read.
  package var batch = 64
  /// Events that are handled at once; those of one product, one after the other.
  package var lanes = 8
  /// Read and not handled yet, at most: past it nothing is read.
  package var maximumInFlight = 256
  /// After so many the event is set aside. An attempt that the process did not survive counts.
  package var maximumAttempts = 5
  /// A member that is silent for so long has lost its turn to another one. It must be longer than a pause of the process
  /// that is thought possible: who comes back later handles what another one handles as well.
  package var turn = Duration.seconds(15)

  package init(stream: String = EventStream.deposito, group: String, consumer: String) {
    self.stream = stream
    self.group = group
    self.consumer = consumer
  }

  /// Whose turn it is.
  var turnKey: String { "\(stream):turno:\(group)" }
  /// A sorted set of the identifiers that were handled last.
  var handledKey: String { "\(stream):hechos:\(group)" }
  var setAsideKey: String { EventStream.setAside(of: stream) }
}
