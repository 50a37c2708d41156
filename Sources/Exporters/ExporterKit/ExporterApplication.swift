import Logging
import Settings
import Topology

/// An exporter as ExporterServer runs it: everything that differs from exporter to exporter.
package protocol ExporterApplication: Sendable {
  var process: PlatformProcess { get }
  /// For `--help`, in Spanish: what it watches.
  var summary: String { get }
  /// Its own flags; those of the web server, the log and the collectors come with ExporterServer.
  var flags: [Flag] { get }
  /// Those of the standard exporter that it does not have.
  var absentFlags: [AbsentFlag] { get }
  /// Variables that it reads beside those of the process: those of the standard exporter.
  var variables: [Variable] { get }
  /// All of them, in the order in which they run.
  var collectors: [any ExporterCollector] { get }
  /// The variables that the standard exporter reads for flags of the web server, by the flag's name.
  var webEnvironment: [String: [String]] { get }
  /// Flags of the standard exporter that ours spell otherwise, as arguments of ours; what is given itself counts more.
  func translated(_ flags: FlagValues) -> [String]
  /// Where probes are answered, the usual path first.
  var probePaths: [String] { get }

  /// Must not wait for the target, which may start later.
  /// - Throws: what is wrong with the configuration, in words for the operator that name no secret.
  func makeSources(_ options: ExporterOptions, logger: Logger) throws -> ExporterSources
}

extension ExporterApplication {
  package var webEnvironment: [String: [String]] { [:] }
  package func translated(_ flags: FlagValues) -> [String] { [] }
  package var probePaths: [String] { ["/probe"] }
  package var variables: [Variable] { [] }
  package var absentFlags: [AbsentFlag] { [] }
}

/// What the command line and the environment say.
package struct ExporterOptions: Sendable {
  package let flags: FlagValues
  package let settings: Settings
  /// Names of the collectors that run.
  package let enabledCollectors: Set<String>
  /// Where scrapes run, which must not block there; nil for the concurrency runtime's own threads.
  package let executor: (any TaskExecutor)?

  package init(
    flags: FlagValues, settings: Settings, enabledCollectors: Set<String>, executor: (any TaskExecutor)? = nil
  ) {
    self.flags = flags
    self.settings = settings
    self.enabledCollectors = enabledCollectors
    self.executor = executor
  }
}

/// What an exporter's pages are made from.
package struct ExporterSources: Sendable {
  /// Of the metrics page; nil where only probes are answered.
  package let main: (any ScrapeSource)?
  /// Of `/probe`; nil where there is no such page.
  package let probe: (any ProbeSource)?

  package init(main: (any ScrapeSource)?, probe: (any ProbeSource)? = nil) {
    self.main = main
    self.probe = probe
  }
}

/// Targets that a request names (`/probe?target=`), among those that the configuration allows.
package protocol ProbeSource: Sendable {
  /// - Parameter items: of the query, `target` among them.
  func source(for items: [(name: String, value: String)]) async throws(ProbeRefusal) -> any ScrapeSource
  /// The last thing that is asked of it.
  func close() async
}

/// A probe that is not carried out. A password is never sent to an address that a stranger chose.
package struct ProbeRefusal: Error, Equatable {
  /// 400 for a request that says no target, 403 for one that the configuration does not allow.
  package let status: Int
  /// One line; it does not repeat what a configuration says.
  package let reason: String

  package init(status: Int, _ reason: String) {
    self.status = status
    self.reason = reason
  }
}
