import Catalog
import SystemBus
import Telemetry

/// What is asked of logind. The bus itself; in tests, whoever knows the answers.
protocol SessionSource {
  func seats() throws(BusError) -> [String]
  func sessions() throws(BusError) -> [LoginSession]
  func string(_ property: BusProperty) throws(BusError) -> String
  func bool(_ property: BusProperty) throws(BusError) -> Bool
}

extension SystemBus: SessionSource {}

/// Every combination of seat, remoteness, type and class, so that the first session of a kind is not lost.
enum LogindSessions {
  private static let types = ["other", "unspecified", "tty", "x11", "wayland", "mir", "web"]
  private static let classes = ["other", "user", "greeter", "lock-screen", "background"]

  static func read(_ source: some SessionSource, into batch: inout SampleBatch) throws {
    // Sessions over the network have no seat.
    let seats = try source.seats() + [""]
    var counts: [[String]: Int] = [:]
    for session in try source.sessions() {
      // A session may have ended.
      guard let isRemote = try? source.bool(session.property("Remote")),
        let type = try? source.string(session.property("Type")),
        let kind = try? source.string(session.property("Class"))
      else { continue }
      let key = [session.seat, "\(isRemote)", known(type, types), known(kind, classes)]
      counts[key, default: 0] += 1
    }
    for remote in ["true", "false"] {
      for type in types {
        for kind in classes {
          for seat in seats {
            let labels = Host.Logind.Session(seat: seat, remote: remote, type: type, kind: kind)
            batch.add(Host.Logind.sessions, labels, Double(counts[labels.labelValues] ?? 0))
          }
        }
      }
    }
  }

  private static func known(_ value: String, _ values: [String]) -> String { values.contains(value) ? value : "other" }
}
