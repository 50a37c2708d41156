import Grafana
import PromQL
import Testing

@testable import Preview

/// Numbers in words, and the numbers of an axis.
struct UnitTextTests {
  @Test(
    arguments: [
      (DisplayUnit.percent, 5, "5%"), (.percent, 0.5, "0.5%"), (.percent, 99.95, "100%"), (.ratio, 0.123, "12.3%"),
      (.milliseconds, 300, "300 ms"), (.milliseconds, 1500, "1.5 s"), (.milliseconds, 0.25, "250 µs"),
      (.seconds, 0.0123, "12.3 ms"), (.seconds, 90, "1.5 min"), (.seconds, 7200, "2 h"), (.seconds, 172_800, "2 d"),
      (.bytes, 512, "512 B"), (.bytes, 1536, "1.5 KiB"), (.bytes, 268_435_456, "256 MiB"),
      (.bytesPerSecond, 1024, "1 KiB/s"), (.requestsPerSecond, 1.634, "1.63 req/s"), (.count, 12_345, "12.3 K"),
      (.count, 50, "50"), (.count, 0, "0"), (.count, -0.001, "-0.001"), (.pesos, -1500, "-$1.5 K"),
      (.perHour, 10, "10/h"), (.count, .nan, "NaN"), (.count, .infinity, "∞"), (.count, -.infinity, "-∞"),
    ] as [(DisplayUnit, Double, String)])
  func valuesReadAsInGrafana(_ unit: DisplayUnit, _ value: Double, _ text: String) {
    #expect(UnitText(unit: unit).text(value) == text)
  }

  @Test func digitsAfterThePointCanBeFixed() {
    #expect(UnitText(unit: .count, decimals: 2).text(1) == "1.00")
    #expect(UnitText(unit: .count, decimals: 0).text(-0.2) == "0")
  }

  @Test func ticksAreRoundAndIncludeZero() {
    #expect(ValueScale(showing: [3, 10]).ticks == [0, 5, 10])
    #expect(ValueScale(showing: [0.7]).ticks.map(\.svg) == ["0", "0.2", "0.4", "0.6", "0.8"])
    #expect(ValueScale(showing: [0]).ticks == [0, 0.5, 1])
    #expect(ValueScale(showing: [-4, 4]).ticks == [-4, -2, 0, 2, 4])
    #expect(ValueScale(showing: [.nan, .infinity]).ticks == [0, 0.5, 1])
    #expect(ValueScale(showing: [50], limits: 0...100).ticks == [0, 50, 100])
  }

  @Test func ticksOfBytesAndTimesAreRoundInTheirOwnUnits() {
    let (bytes, seconds) = (UnitText(unit: .bytes), UnitText(unit: .seconds))
    #expect(
      ValueScale(showing: [400 * 1024], base: bytes.base).ticks.map(bytes.text) == [
        "0 B", "100 KiB", "200 KiB", "300 KiB", "400 KiB",
      ])
    #expect(
      ValueScale(showing: [240], base: seconds.base).ticks.map(seconds.text) == [
        "0 s", "1 min", "2 min", "3 min", "4 min",
      ])
  }
}
