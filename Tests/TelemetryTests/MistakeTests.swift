import Dispatch
import Foundation
import MetricModel
import Synchronization
import Telemetry
import Testing

/// What a program can get wrong costs its own metric, and neither the process nor the page.
@Suite("Mistakes")
struct MistakeTests {
  enum Forgotten: ClosedLabel {
    case a, b, c, d, e, f, g, h, i
    static let labelName = "letter"
    /// A case was added, and this was not.
    static var count: Int { 8 }
  }

  /// More cases than a byte counts.
  enum Many: ClosedLabel {
    case c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20, c21, c22, c23
    case c24, c25, c26, c27, c28, c29, c30, c31, c32, c33, c34, c35, c36, c37, c38, c39, c40, c41, c42, c43, c44, c45
    case c46, c47, c48, c49, c50, c51, c52, c53, c54, c55, c56, c57, c58, c59, c60, c61, c62, c63, c64, c65, c66, c67
    case c68, c69, c70, c71, c72, c73, c74, c75, c76, c77, c78, c79, c80, c81, c82, c83, c84, c85, c86, c87, c88, c89
    case c90, c91, c92, c93, c94, c95, c96, c97, c98, c99, c100, c101, c102, c103, c104, c105, c106, c107, c108, c109
    case c110, c111, c112, c113, c114, c115, c116, c117, c118, c119, c120, c121, c122, c123, c124, c125, c126, c127
    case c128, c129, c130, c131, c132, c133, c134, c135, c136, c137, c138, c139, c140, c141, c142, c143, c144, c145
    case c146, c147, c148, c149, c150, c151, c152, c153, c154, c155, c156, c157, c158, c159, c160, c161, c162, c163
    case c164, c165, c166, c167, c168, c169, c170, c171, c172, c173, c174, c175, c176, c177, c178, c179, c180, c181
    case c182, c183, c184, c185, c186, c187, c188, c189, c190, c191, c192, c193, c194, c195, c196, c197, c198, c199
    case c200, c201, c202, c203, c204, c205, c206, c207, c208, c209, c210, c211, c212, c213, c214, c215, c216, c217
    case c218, c219, c220, c221, c222, c223, c224, c225, c226, c227, c228, c229, c230, c231, c232, c233, c234, c235
    case c236, c237, c238, c239, c240, c241, c242, c243, c244, c245, c246, c247, c248, c249, c250, c251, c252, c253
    case c254, c255, c256, c257, c258, c259, c260, c261, c262, c263, c264, c265, c266, c267, c268, c269, c270, c271
    case c272, c273, c274, c275, c276, c277, c278, c279, c280, c281, c282, c283, c284, c285, c286, c287, c288, c289
    case c290, c291, c292, c293, c294, c295, c296, c297, c298, c299
    static let labelName = "number"
    static var count: Int { 300 }
  }

  private static func problems(of registry: Registry) -> () -> [Registry.Problem] {
    final class Heard: Sendable { let all = Mutex<[Registry.Problem]>([]) }
    let heard = Heard()
    registry.setProblemHandler { problem, isFirst in if isFirst { heard.all.withLock { $0.append(problem) } } }
    return { heard.all.withLock { $0 } }
  }

  @Test("a label whose count is not that of its cases is reported, and what it records harms nobody")
  func wrongCount() {
    let registry = Registry()
    let problems = Self.problems(of: registry)
    let counter = registry.counter(Family<Counter, Pair<Colour, Forgotten>>("letters_total", "Letters."))
    let gauge = registry.gauge(Family<Gauge, Forgotten>("letter_level", "Letters."))
    let histogram = registry.histogram(Family<Histogram, Forgotten>("letter_size", "Letters.", bounds: [1]))
    for letter in Forgotten.allCases {
      for colour in Colour.allCases { counter.add(1, Pair(colour, letter)) }
      gauge.set(1, letter)
      histogram.observe(1, letter)
    }
    #expect(registry.expose(.text) == [])
    #expect(
      problems() == [.labelCount("letters_total"), .labelCount("letter_level"), .labelCount("letter_size")])
  }

  @Test("a label may have more than 256 cases")
  func many() {
    let registry = Registry()
    let counter = registry.counter(Family<Counter, Many>("numbers_total", "Numbers."))
    for (index, number) in Many.allCases.enumerated() { counter.add(index + 1, number) }
    #expect(counter.value(.c0) == 1)
    #expect(counter.value(.c299) == 300)
    #expect(registry.samples()["numbers_total{number=\"c256\"}"] == "257")
  }

  @Test("two families that write one name in some format: the second is left out, and reported")
  func names() {
    let registry = Registry()
    let problems = Self.problems(of: registry)
    _ = registry.counter(Family<Counter, NoLabels>("jobs_total", "Jobs."))
    _ = registry.gauge(Family<Gauge, NoLabels>("jobs", "Jobs."))
    _ = registry.histogram(Family<Histogram, NoLabels>("wait", "Waits.", bounds: [1]))
    _ = registry.gauge(Family<Gauge, NoLabels>("wait_count", "Waits."))
    _ = registry.gauge(Family<Gauge, NoLabels>("http_requests", "Requests."))
    _ = registry.gauge(
      named: FamilyDescriptor(name: "http.requests", help: "Requests.", kind: .gauge), maximumSeries: 1)
    registry.register(Reading { $0.add(Family<Gauge, NoLabels>("wait_sum", "Read."), 1) })
    let samples = registry.samples()
    #expect(
      samples.keys.sorted().filter { !$0.contains("bucket") } == [
        "http_requests", "jobs_total", "wait_count", "wait_sum",
      ])
    #expect(samples["wait_sum"] == "0")
    #expect(
      problems() == ["jobs", "wait_count", "http.requests", "wait_sum"].map(Registry.Problem.nameConflict))
  }

  @Test("two labels that an escaped page could not tell apart are a conflict")
  func labels() {
    let registry = Registry()
    let problems = Self.problems(of: registry)
    let family = FamilyDescriptor(name: "calls", help: "Calls.", kind: .gauge, labelNames: ["a.b", "a_b"])
    #expect(registry.gauge(named: family, maximumSeries: 1) == nil)
    #expect(problems() == [.nameConflict("calls")])
  }

  @Test("bounds are put in order, each once, and without infinity")
  func bounds() {
    let registry = Registry()
    let family = Family<Histogram, NoLabels>("wait", "Waits.", bounds: [5, 1, .infinity, 5, .nan])
    registry.histogram(family).observe(3)
    let page = String(decoding: registry.expose(.text), as: UTF8.self).split(separator: "\n")
    #expect(
      page.filter { $0.contains("bucket") } == [
        "wait_bucket{le=\"1\"} 0", "wait_bucket{le=\"5\"} 1", "wait_bucket{le=\"+Inf\"} 1",
      ])
  }

  @Test("a family has one function; a second is reported")
  func functions() {
    let registry = Registry()
    let problems = Self.problems(of: registry)
    registry.function(Families.temperature) { 1 }
    registry.function(Families.temperature) { 2 }
    #expect(registry.samples()["temperature"] == "1")
    #expect(problems() == [.nameConflict("temperature")])
  }

  @Test("a page may outlive its registry")
  func page() {
    func make() -> ExpositionPage {
      let registry = Registry()
      let counter = registry.counter(Family<Counter, Named>("calls_total", "Calls."), maximumSeries: 2_000)
      for index in 0..<2_000 { counter.add(index, Named("a name that is long enough to be on the heap \(index)")) }
      registry.histogram(Families.waits).observe(1)
      return registry.page(.text)
    }
    let page = make()
    // Whatever was freed is written over.
    let others = (0..<2_000).map { "another text that is long enough to be on the heap \($0)" }
    var bytes: [UInt8] = []
    while let chunk = page.next() { bytes += chunk }
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("on the heap 1999\"} 1999\n"))
    #expect(text.contains("wait_seconds_count 1\n"))
    #expect(others.count == 2_000)
  }

  @Test("a 0 has no sign in any format")
  func zero() throws {
    let registry = Registry()
    let gauge = registry.gauge(Families.temperature)
    gauge.set(0)
    let open = registry.gauge(Family<Gauge, Named>("level", "Level."), maximumSeries: 1)
    open.set(0, Named("x"))
    registry.register(Reading { $0.add(Families.settings, Named("zero"), -0.0) })
    #expect(gauge.value(NoLabels()).sign == .plus)
    let families = try ProtobufMessage.delimited(registry.expose(.protobuf))
    #expect(families.count == 3)
    for family in families {
      let metric = try #require(try family.message(4))
      let value = try #require(try (metric.message(2) ?? metric.message(5))?.double(1))
      #expect(value == 0 && value.sign == .plus, "\(family.text(1) ?? "")")
    }
  }

  @Test("what goes up and comes down on other threads is never seen below 0")
  func upDown() {
    let registry = Registry()
    let inFlight = registry.upDown(Family<UpDown, NoLabels>("jobs_in_flight", "Jobs."))
    let (up, down) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 1))
    let isOver = Atomic(false)
    let group = DispatchGroup()
    DispatchQueue.global().async(group: group) {
      for _ in 0..<100_000 {
        down.wait()
        inFlight.add(1)
        up.signal()
      }
    }
    DispatchQueue.global().async(group: group) {
      for _ in 0..<100_000 {
        up.wait()
        inFlight.add(-1)
        down.signal()
      }
      isOver.store(true, ordering: .releasing)
    }
    while !isOver.load(ordering: .acquiring) {
      let value = inFlight.value(NoLabels())
      #expect(value >= 0)
      if value < 0 { break }
    }
    group.wait()
    #expect(inFlight.value(NoLabels()) == 0)
  }

  @Test("an open histogram's series began when it came, not when its neighbours did")
  func created() throws {
    let registry = Registry()
    let histogram = registry.histogram(Family<Histogram, Named>("wait", "Waits.", bounds: [1]), maximumSeries: 5)
    histogram.observe(1, Named("first"))
    let between = Date().timeIntervalSince1970
    histogram.observe(1, Named("second"))
    let metrics = try #require(try ProtobufMessage.delimited(registry.expose(.protobuf)).first).messages(4)
    let times = try metrics.map { metric -> Double in
      let time = try #require(try metric.message(7)?.message(15))
      return Double(time.unsigned(1) ?? 0) + Double(time.unsigned(2) ?? 0) / 1e9
    }
    #expect(times[0] <= between && between <= times[1], "\(times), \(between)")
  }
}
