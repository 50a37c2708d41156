import TestSupport
import Testing

@testable import TelemetryLoki

/// Decisions without a network.
@Suite("Decisions of the Loki client")
struct ArithmeticTests {
  @Test("waits double up to the maximum, and are a random part of it")
  func backoff() {
    var backoff = Backoff(LokiLimits())
    let bounds = (0..<9).map { _ in backoff.failed(retryAfterSeconds: nil, part: 1) }
    #expect(bounds == [0.5, 1, 2, 4, 8, 16, 32, 60, 60])
    for _ in 0..<100 { _ = backoff.failed(retryAfterSeconds: nil) }
    let waits = (0..<2_000).map { _ in backoff.failed(retryAfterSeconds: nil) }
    #expect(waits.allSatisfy { (0...60).contains($0) })
    #expect((27...33).contains(waits.reduce(0, +) / 2_000))
    backoff.succeeded()
    #expect(backoff.failed(retryAfterSeconds: nil, part: 0.5) == 0.25)
    #expect(backoff.failed(retryAfterSeconds: 7, part: 1) == 7)
    #expect(backoff.failed(retryAfterSeconds: 10_000, part: 0) == 300)
  }

  @Test(
    "Retry-After",
    arguments: [
      ("0", 0.0), ("120", 120), (" 7", 7), ("Sun, 06 Nov 1994 08:49:37 GMT", 10), ("Sun, 06 Nov 1994 08:49:00 GMT", 0),
      ("Thu, 29 Feb 1996 00:00:00 GMT", 41_440_233), ("-1", nil), ("1.5", nil), ("soon", nil), ("", nil),
      ("Sun, 06 Nov 1994 08:49:37 CET", nil), ("Sun, 06 Foo 1994 08:49:37 GMT", nil),
      ("Sun, 32 Nov 1994 08:49:37 GMT", nil),
      ("Sun, 06 Nov 1994 24:49:37 GMT", nil), ("99999999999", nil),
    ] as [(String, Double?)])
  func retryAfter(_ field: String, _ seconds: Double?) {
    // RFC 9110 §5.6.7's own example is 784111777 seconds after the epoch.
    #expect(RetryAfter.seconds(field, now: 784_111_767) == seconds)
  }

  /// Of the bytes 0, 1, 2, …: by the xxhash package of PyPI.
  @Test(
    "XXH64",
    arguments: [
      (0, 0xEF46_DB37_51D8_E999), (1, 0xE934_A84A_DB05_2768), (3, 0xE5C7_BB45_33BC_65DD), (4, 0xFFCE_D860_4453_CC1E),
      (7, 0x14CC_643F_630C_72D2), (8, 0x884A_1736_14B8_1B8D), (31, 0xC346_D2B5_9B4D_8EE1), (32, 0xCBF5_9C51_16FF_32B4),
      (33, 0x0C53_5D1A_CAFB_8EAD), (63, 0xE26A_A9E2_A95F_8E4F), (100, 0x6AC1_E580_3216_6597),
    ] as [(UInt8, UInt64)])
  func hash(_ count: UInt8, _ hash: UInt64) {
    #expect(Array(0..<count).withUnsafeBytes { XXHash64.hash($0) } == hash)
  }

  @Test("a refused batch is halved until the record is found, and each record is settled once, in order")
  func halving() {
    var generator = SeededGenerator(for: "halving")
    for _ in 0..<200 {
      let count = Int.random(in: 1...200, using: &generator)
      let bad = Set(
        (0..<Int.random(in: 0...3, using: &generator)).map { _ in Int.random(in: 0..<count, using: &generator) })
      var progress = BatchProgress(count: count, maximumRequests: 256)
      var (settled, sent, dropped) = (0, Set<Int>(), Set<Int>())
      while let part = progress.current {
        let isRefused = part.contains { bad.contains($0) }
        switch isRefused ? progress.refused(.refused) : progress.accepted() {
        case .settled(let last, let count):
          #expect(part.lowerBound == settled && last == part.upperBound - 1 && count == part.count)
          (settled, sent) = (last + 1, sent.union(part))
        case .dropped(let last, .refused, 1):
          #expect(part.lowerBound == settled && last == settled)
          (settled, dropped) = (last + 1, dropped.union(part))
        case .split: #expect(part.count > 1)
        default: Issue.record("seed \(generator.seed)")
        }
      }
      #expect(settled == count && dropped == bad && sent.count == count - bad.count, "seed \(generator.seed)")
    }
  }

  @Test(
    "what an answer means",
    arguments: [
      (200, .accepted), (204, .accepted), (400, .refused(.refused)), (413, .refused(.refused)),
      (401, .retry(.unauthorized)),
      (403, .retry(.unauthorized)), (404, .hopeless), (408, .retry(.failed)), (429, .retry(.throttled)),
      (500, .retry(.failed)), (503, .retry(.failed)), (302, .retry(.failed)),
    ] as [(Int, PushAnswer.Verdict)])
  func verdict(_ status: Int, _ verdict: PushAnswer.Verdict) {
    #expect(PushAnswer(status: status).verdict == verdict)
  }
}
