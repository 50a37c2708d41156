import Foundation
import SystemBus
import Testing

@Suite("System bus", .timeLimit(.minutes(1)))
struct SystemBusTests {
  private static let unit = "/org/freedesktop/systemd1/unit/ssh_2eservice"

  private static let answers = FakeService.Answers(
    lists: [
      "ListUnits": (
        "ssssssouso",
        [
          [
            .text("ssh.service"), .text("OpenBSD Secure Shell server"), .text("loaded"), .text("active"),
            .text("running"), .text(""), .text(unit), .number32(0), .text(""), .text("/"),
          ],
          [
            .text("gone.mount"), .text("Gone"), .text("not-found"), .text("inactive"), .text("dead"), .text(""),
            .text("/org/freedesktop/systemd1/unit/gone_2emount"), .number32(7), .text("start"), .text("/job/7"),
          ],
        ]
      ),
      "ListSeats": ("so", [[.text("seat0"), .text("/org/freedesktop/login1/seat/seat0")]]),
      "ListSessions": (
        "susso",
        [[.text("3"), .number32(1000), .text("ana"), .text("seat0"), .text("/org/freedesktop/login1/session/_33")]]
      ),
    ],
    properties: [
      "/org/freedesktop/systemd1/org.freedesktop.systemd1.Manager/Version": .text("252.39-1~deb12u2"),
      "\(unit)/org.freedesktop.systemd1.Service/NRestarts": .number32(4_294_967_295),
      "\(unit)/org.freedesktop.systemd1.Service/TasksMax": .number64(.max),
      "/org/freedesktop/login1/session/_33/org.freedesktop.login1.Session/Remote": .flag(true),
    ])

  @Test("units, seats, sessions and their properties")
  func answers() throws {
    let service = try FakeService(Self.answers)
    defer { service.stop() }
    let bus = try SystemBus(.service(service.address), limit: .seconds(10))
    let units = try bus.units()
    #expect(
      units == [
        ServiceUnit(name: "ssh.service", loadState: "loaded", activeState: "active", path: Self.unit),
        ServiceUnit(
          name: "gone.mount", loadState: "not-found", activeState: "inactive",
          path: "/org/freedesktop/systemd1/unit/gone_2emount"),
      ])
    let ssh = try #require(units.first)
    #expect(try bus.string(.manager("Version")) == "252.39-1~deb12u2")
    #expect(try bus.unsigned32(ssh.property("Service", "NRestarts")) == 4_294_967_295)
    #expect(try bus.unsigned64(ssh.property("Service", "TasksMax")) == .max)
    #expect(try bus.seats() == ["seat0"])
    let sessions = try bus.sessions()
    #expect(sessions == [LoginSession(seat: "seat0", path: "/org/freedesktop/login1/session/_33")])
    #expect(try sessions.first.map { try bus.bool($0.property("Remote")) } == true)
  }

  @Test("a property that is not there, or of another type, costs itself alone")
  func refusals() throws {
    let service = try FakeService(Self.answers)
    defer { service.stop() }
    let bus = try SystemBus(.service(service.address), limit: .seconds(10))
    #expect(throws: BusError.self) { try bus.string(.manager("Nothing")) }
    #expect(throws: BusError.self) { try bus.unsigned64(.manager("Version")) }
    #expect(try bus.string(.manager("Version")) == "252.39-1~deb12u2")
  }

  @Test("an answer of other structures is an error")
  func foreign() throws {
    var answers = Self.answers
    answers.lists["ListUnits"] = ("ss", [[.text("a"), .text("b")]])
    let service = try FakeService(answers)
    defer { service.stop() }
    let bus = try SystemBus(.service(service.address), limit: .seconds(10))
    #expect(throws: BusError.self) { try bus.units() }
  }

  @Test("a service that takes the connection and says nothing is given up at the limit")
  func silent() throws {
    var answers = Self.answers
    answers.silence = .complete
    let service = try FakeService(answers)
    defer { service.stop() }
    let start = ContinuousClock.now
    #expect(throws: BusError("system bus", 0 &- ETIMEDOUT)) {
      try SystemBus(.service(service.address), limit: .seconds(0.5))
    }
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  @Test("a service that never answers is given up at the limit, and asked no more")
  func deaf() throws {
    var answers = Self.answers
    answers.silence = .toCalls
    let service = try FakeService(answers)
    defer { service.stop() }
    let start = ContinuousClock.now
    let bus = try SystemBus(.service(service.address), limit: .seconds(0.5))
    #expect(throws: BusError("ListUnits", 0 &- ETIMEDOUT)) { try bus.units() }
    #expect(throws: BusError("Version", 0 &- ETIMEDOUT)) { try bus.string(.manager("Version")) }
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  @Test("nobody there")
  func absent() {
    #expect(throws: BusError.self) { try SystemBus(.service("unix:path=/nonexistent/bus"), limit: .seconds(1)) }
  }
}
