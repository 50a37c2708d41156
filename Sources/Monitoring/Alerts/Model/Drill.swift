import Topology

/// How to make an alert fire on a stack of one's own: a fault as a value. `Drills` performs it, the runbook tells it.
package enum Drill: Sendable {
  case stop(PlatformProcess)
  /// Stopped, so many times, for half as long as it takes ServiceDown to fire.
  case interrupt(PlatformProcess, times: Int)
  /// SIGKILL, so many times, each as soon as the supervisor has started it again.
  case crash(PlatformProcess, times: Int)
  /// The application's role may no longer use its schema: every request ends in a 500 while the database lives.
  case revokeDatabaseRights
  /// A transaction takes the table that every request reads, so long at a time, again and again.
  case lockTable(milliseconds: Int)
  /// A small file system of its own, filled to this percentage.
  case fillFileSystem(percent: Int)
  /// A process in a control group of its own takes this percentage of its limit of memory.
  case eatMemory(percent: Int)
  /// A process in a control group of its own takes all of its quota of processor.
  case burnProcessor
  /// Questions for keys that are not there.
  case missCache
  /// Requests that each write lines into the log, many times as many as usual.
  case stormLog(PlatformProcess)
  /// Somebody does it, on a stack of their own: what, precisely, in Spanish.
  case byHand(String)
  /// Declared, not performed: the service that exports what the alert asks for does not exist yet.
  case planned(PlannedService, String)

  /// What runbooks call what a drill made: a control group, and the file that fills a file system, which looks like a
  /// log of the platform that has been moved aside.
  package static let controlGroup = "minimarket-simulacro"
  package static let filler = "minimarket-simulacro.log.1"
}
