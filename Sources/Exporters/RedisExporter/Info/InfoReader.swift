import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// Reads INFO in one pass: a section's own reader where its lines are more than numbers, and the table of fields for
/// all others. Source of the format: https://redis.io/docs/latest/commands/info/
struct InfoReader {
  private enum Section {
    case server, replication, commands, latencies, errors, keyspace, sentinel, other

    init(_ title: Bytes) {
      self =
        switch title.string.lowercased() {
        case "server": .server
        case "replication": .replication
        case "commandstats": .commands
        case "latencystats": .latencies
        case "errorstats": .errors
        case "keyspace": .keyspace
        case "sentinel": .sentinel
        default: .other
        }
    }
  }

  private let table: InfoTable
  private let databases: Int

  /// - Parameter databases: how many the server has, so that empty ones are counted too.
  init(_ table: InfoTable, databases: Int) {
    self.table = table
    self.databases = databases
  }

  func read(_ text: Bytes, at now: Double, into reading: inout RedisReading) {
    var section = Section.other
    var identity = InstanceIdentity()
    var replication = ReplicationReader()
    var commands = CommandReader()
    var keyspace = KeyspaceReader()
    text.forEachReplyLine { line in
      if line[0] == UInt8(ascii: "#") {
        section = Section(line.from(2))
        return
      }
      guard let (name, value) = line.cut(at: UInt8(ascii: ":")) else { return }
      switch section {
      case .commands: return commands.count(name, value)
      case .latencies: return commands.percentiles(name, value)
      case .errors: return CommandReader.readErrors(name, value, into: &reading.batch)
      case .keyspace: if keyspace.read(name, value) { return }
      case .replication: if replication.read(name, value, into: &reading.batch) { return }
      case .sentinel: return RedisSentinel.readInfo(name, value, into: &reading.batch)
      case .server: InstanceIdentity.readUptime(name, value, at: now, into: &reading.batch)
      case .other: break
      }
      identity.note(name, value)
      reading.note(name, value)
      readField(name, value, into: &reading.batch)
    }
    commands.finish(into: &reading.batch)
    reading.commands = commands
    keyspace.finish(databases: databases, into: &reading.batch)
    identity.finish(replication, into: &reading.batch)
  }

  /// A line that is a number, or a word that stands for one.
  func readField(_ name: Bytes, _ value: Bytes, into batch: inout SampleBatch) {
    guard let field = table[name], let number = Self.number(value) else { return }
    batch.add(field.family, labelValues: [], number / field.divisor)
  }

  static func number(_ value: Bytes) -> Double? {
    if let integer = value.integer { return Double(integer) }
    if value == "ok" || value == "true" { return 1 }
    if value == "err" || value == "fail" || value == "false" { return 0 }
    return value.double
  }
}
