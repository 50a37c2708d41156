import Alerts
import Topology

/// Something that is broken on a private stack, and mended again.
protocol Fault: Sendable {
  /// Labels of the alert's series that it causes: other series of the same alert are not its own.
  var series: [String: String] { get }
  /// Until the alert is pending: in what an exporter says, and then in averages over minutes that are not compressed.
  var showTimeout: Duration { get }
  /// Until averages have forgotten it.
  var forgetTimeout: Duration { get }
  func begin() async throws
  /// Mends it; what is whole stays so.
  func undo() async throws
  /// Whether it is whole again, by whomever.
  func isMended() async throws -> Bool
  /// Once it is mended, by whomever: what has to go on until averages have forgotten it.
  func afterwards() async throws
  /// Ends what goes on beside it, such as the traffic in which it is seen.
  func finish() async throws
}

extension Fault {
  var series: [String: String] { [:] }
  var showTimeout: Duration { .seconds(90) }
  var forgetTimeout: Duration { .seconds(180) }
  func afterwards() async throws {}
  func finish() async throws {}
}

extension Drill {
  /// - Throws: where this machine cannot do it: a drill that cannot be performed has not passed.
  func fault(on stack: PrivateStack) throws -> any Fault {
    switch self {
    case .stop(let process): ProcessStop(process, stack)
    case .interrupt(let process, let times): ProcessInterruption(process, times: times, stack)
    case .crash(let process, let times): ProcessCrash(process, times: times, stack)
    case .revokeDatabaseRights: RightsRevocation(stack)
    case .lockTable(let milliseconds): TableLock(milliseconds: milliseconds, stack)
    case .fillFileSystem(let percent): FullFileSystem(percent: percent, stack)
    case .eatMemory(let percent): try HungryGroup(.memory(percent: percent), stack)
    case .burnProcessor: try HungryGroup(.processor, stack)
    case .missCache: CacheMisses(stack)
    case .stormLog(let process): LogStorm(process, stack)
    case .byHand: throw DrillError("somebody has to do it by hand")
    case .planned(let service, _): throw DrillError("\(service.name) does not exist yet")
    }
  }
}
