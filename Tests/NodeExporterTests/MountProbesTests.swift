import ExporterKit
import Foundation
import Glibc
import Synchronization
import Telemetry
import TestSupport
import Testing

@testable import NodeExporter

/// Mounts whose statfs a test lets hang and lets go.
private final class Servers: Sendable {
  private let state = Mutex((hanging: Set<String>(), asked: [String: Int]()))

  func hang(_ paths: String...) { state.withLock { $0.hanging.formUnion(paths) } }
  func recover(_ path: String) { state.withLock { _ = $0.hanging.remove(path) } }
  func asked(_ path: String) -> Int { state.withLock { $0.asked[path] ?? 0 } }

  var ask: MountProbes.Ask {
    { [self] path in
      state.withLock { $0.asked[path, default: 0] += 1 }
      while state.withLock({ $0.hanging.contains(path) }) { poll(nil, 0, 2) }
      return .success(MountSpace())
    }
  }
}

@Suite struct MountProbesTests {
  private let servers = Servers()

  private func key(_ path: String, id: Int = 1) -> MountProbes.Key { MountProbes.Key(id: id, path: path) }

  private func outcome(_ answer: MountProbes.Answer?) -> String {
    switch answer {
    case .success: "ok"
    case .failure(let failure): failure.reason
    case nil: "none"
    }
  }

  @Test func aMountThatHangsCostsOneWaitAndTheOthersNothing() {
    servers.hang("/b")
    let probes = MountProbes(wait: .milliseconds(200), ask: servers.ask)
    let keys = [key("/a"), key("/b"), key("/c"), key("/d")]
    let clock = ContinuousClock()
    let first = clock.measure {
      #expect(probes.answers(keys).map(outcome) == ["ok", "mountpoint timeout", "ok", "ok"])
    }
    #expect(first >= .milliseconds(200) && first < .milliseconds(1500))
    let later = clock.measure {
      for _ in 0..<20 { #expect(probes.answers(keys).map(outcome) == ["ok", "mountpoint timeout", "ok", "ok"]) }
    }
    #expect(later < .seconds(2))
    #expect(servers.asked("/b") == 1)
    // Those that have answered end behind their last answer.
    let deadline = clock.now + .seconds(10)
    while probes.threads > 1, clock.now < deadline { poll(nil, 0, 2) }
    #expect(probes.threads == 1)
    servers.recover("/b")
  }

  @Test func aMountThatAnswersAgainIsAskedAgain() async throws {
    servers.hang("/b")
    let probes = MountProbes(wait: .milliseconds(50), ask: servers.ask)
    #expect(probes.answers([key("/b")]).map(outcome) == ["mountpoint timeout"])
    try await Task.sleep(for: .milliseconds(60))
    servers.recover("/b")
    let deadline = ContinuousClock.now + .seconds(20)
    while outcome(probes.answers([key("/b")]).first) != "ok", .now < deadline {
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(probes.answers([key("/b")]).map(outcome) == ["ok"])
    // Once, in the background after its retry, and then in every scrape.
    #expect(servers.asked("/b") >= 3 && servers.asked("/b") <= 5)
  }

  @Test func aNewMountInThePlaceOfAHungOneIsAskedAtOnce() {
    servers.hang("/b")
    let probes = MountProbes(wait: .milliseconds(100), ask: servers.ask)
    #expect(probes.answers([key("/b", id: 7)]).map(outcome) == ["mountpoint timeout"])
    #expect(probes.answers([]).isEmpty)
    servers.recover("/b")
    #expect(probes.answers([key("/b", id: 8)]).map(outcome) == ["ok"])
  }

  @Test func threadsAreBoundedHoweverManyMountsHang() {
    let paths = (0..<60).map { "/m\($0)" }
    for path in paths { servers.hang(path) }
    let probes = MountProbes(wait: .milliseconds(1500), ask: servers.ask)
    let keys = paths.map { key($0) }
    let answers = probes.answers(keys)
    #expect(answers.count == 60)
    #expect(answers.allSatisfy { outcome($0) == "mountpoint timeout" })
    #expect(probes.threads == MountProbes.maximumThreads)
    // Without a thread nobody is waited for.
    let full = ContinuousClock().measure {
      #expect(probes.answers(keys + [key("/sano")]).map(outcome).allSatisfy { $0 == "mountpoint timeout" })
    }
    #expect(full < .milliseconds(1000))
    for path in paths { servers.recover(path) }
  }

  @Test func theIntervalsBetweenQuestionsGrowToALimit() {
    var state = MountProbeState()
    let key = key("/b")
    var now = ContinuousClock.now
    let survey = state.begin([key], at: now)
    let taken = state.take(of: survey.number, at: now)
    #expect(taken == key)
    let answers = state.end(survey, [key], at: now + .milliseconds(500))
    #expect(answers.map(outcome) == ["mountpoint timeout"])
    var intervals: [Int] = []
    for _ in 0..<9 {
      now += .seconds(25)
      state.receive(.success(MountSpace()), of: key, at: now, wait: .milliseconds(500))
      var seconds = 0
      while state.begin([key], at: now + .seconds(seconds)).background.isEmpty { seconds += 1 }
      intervals.append(seconds)
      now += .seconds(seconds)
      let isTaken = state.take(key, at: now)
      #expect(isTaken)
    }
    #expect(intervals == [2, 4, 8, 16, 32, 60, 60, 60, 60])
  }
}

/// A FUSE file system whose process never answers; where mounting is not permitted, statfs stands in for it.
private final class DeadMount: Sendable {
  let isReal: Bool
  private let point: String
  private let device: Int32
  private let isDead = Atomic(true)

  init(at point: String) {
    self.point = point
    device = open("/dev/fuse", O_RDWR | O_CLOEXEC)
    let options = "fd=\(device),rootmode=40000,user_id=0,group_id=0"
    isReal = device >= 0 && mount("muerto", point, "fuse.muerto", 0, options) == 0
  }

  var ask: MountProbes.Ask {
    { [self] path in
      if isReal || path != point { return MountProbes.askKernel(path) }
      while isDead.load(ordering: .relaxed) { poll(nil, 0, 2) }
      return .failure(MountFailure(code: ENOTCONN))
    }
  }

  /// The process ends: whoever waits gets an error.
  func abort() {
    isDead.store(false, ordering: .relaxed)
    close(device)
  }

  func unmount() { if isReal { umount2(point, Int32(MNT_DETACH)) } }
}

@Suite struct DeadMountTests {
  @Test func aDeadFUSEMountHoldsUpNoScrape() async throws {
    let directory = try TemporaryDirectory("fuse")
    for folder in ["muerto", "proc/1"] { try directory.makeDirectory(folder) }
    let point = directory.file("muerto")
    let dead = DeadMount(at: point)
    defer { dead.unmount() }
    let line = "77 1 0:99 / \(point) rw,relatime - fuse.muerto muerto rw,user_id=0\n"
    _ = try directory.write(line + "78 1 0:98 / /dev/shm rw - ext4 /dev/vivo rw\n", to: "proc/1/mountinfo")
    let host = NodeHost(
      procfs: dead.isReal ? "/proc" : directory.file("proc"), sysfs: "/sys", rootfs: "/", udevData: "/run/udev/data")
    let flags = try FlagValues.given(
      "--collector.filesystem.mount-points-exclude=^/(proc|sys)", of: FilesystemCollector.self)
    let collector = try FilesystemCollector(flags, probes: MountProbes(ask: dead.ask))

    let clock = ContinuousClock()
    for limit in [Duration.milliseconds(1500), .milliseconds(400), .milliseconds(400)] {
      var page: ReadPage?
      let elapsed = try clock.measure { page = try ReadPage(collector, host) }
      #expect(elapsed < limit)
      let errors = try #require(page).names("node_filesystem_device_error").filter { $0.contains(point) }
      #expect(errors.count == 1 && errors.allSatisfy { $0.contains("mountpoint timeout") })
      #expect(try #require(page).names("node_filesystem_size_bytes").allSatisfy { !$0.contains(point) })
      #expect(try #require(page).names("node_filesystem_size_bytes").isEmpty == false)
    }

    dead.abort()
    let deadline = clock.now + .seconds(20)
    var errors: [String] = []
    while clock.now < deadline, !errors.contains(where: { $0.contains("not connected") }) {
      errors = try ReadPage(collector, host).names("node_filesystem_device_error").filter { $0.contains(point) }
      try await Task.sleep(for: .milliseconds(50))
    }
    #expect(errors.count == 1 && errors.allSatisfy { $0.contains("transport endpoint is not connected") })
  }
}
