import ExporterKit
import Glibc
import SystemBus
import Telemetry
import Testing

@testable import NodeExporter

@Suite("Sessions of logind")
struct LogindSessionsTests {
  private struct Source: SessionSource {
    func seats() throws(BusError) -> [String] { ["seat0"] }

    func sessions() throws(BusError) -> [LoginSession] {
      [("seat0", "1"), ("", "2"), ("", "3"), ("", "ended")].map { LoginSession(seat: $0.0, path: $0.1) }
    }

    func bool(_ property: BusProperty) throws(BusError) -> Bool {
      guard property.path != "ended" else { throw BusError(property.name, 0 &- ENOENT) }
      return property.path != "1"
    }

    func string(_ property: BusProperty) throws(BusError) -> String {
      if property.name == "Type" { return property.path == "1" ? "wayland" : "tty" }
      return property.path == "3" ? "manager" : "user"
    }
  }

  @Test("every combination, those of nobody as zero; an unknown class is another")
  func sessions() throws {
    var batch = SampleBatch()
    try LogindSessions.read(Source(), into: &batch)
    let lines = String(decoding: Registry().expose(.text, adding: batch), as: UTF8.self).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }.map(String.init)
    // Two seats (the absent one among them), remote or not, seven types, five classes.
    #expect(lines.count == 2 * 2 * 7 * 5)
    func line(_ seat: String, _ remote: Bool, _ type: String, _ kind: String) -> String {
      "node_logind_sessions{seat=\"\(seat)\",remote=\"\(remote)\",type=\"\(type)\",class=\"\(kind)\"} 1"
    }
    #expect(
      Set(lines.filter { !$0.hasSuffix(" 0") }) == [
        line("seat0", false, "wayland", "user"), line("", true, "tty", "user"), line("", true, "tty", "other"),
      ])
  }
}
