import ExporterKit
import Telemetry

/// A collector of the host's: it reads files and asks the kernel, on a thread of its own, and may block there.
package protocol NodeCollector: ExporterCollector {
  /// Its own flags (`--collector.NAME.…`), beside the one that turns it on.
  static var flags: [Flag] { get }
  /// As the flags say; without flags it does nothing.
  init(_ flags: FlagValues) throws

  /// Called by one thread at a time, but not always by the same; what is in the batch counts only if nothing is thrown.
  /// - Throws: `NothingToRead` where the host has nothing of the kind; anything else is a failure.
  func read(_ host: NodeHost, into batch: inout SampleBatch) throws
}

extension NodeCollector {
  package static var flags: [Flag] { [] }
}
