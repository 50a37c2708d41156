import Grafana
import PromQL
import Testing

@testable import Preview

/// Values over time, checked by where the pixels are.
struct LinePictureTests {
  private func drawn(
    _ series: [QueriedSeries], _ style: Panel.Style = .timeSeries, thresholds: [Threshold] = [],
    scale: ClosedRange<Double>? = nil, look: Query.Look = Query.Look()
  ) throws -> Drawn {
    try Drawn.panel(
      Gallery.panel(1, "t", style, unit: .count, scale: scale, thresholds: thresholds, look: look), series)
  }

  @Test func aLineHasAsManyPointsAsTheData() throws {
    let drawn = try drawn([Gallery.points(["job": "a"], (0...240).map(Double.init))])
    #expect(drawn.elements("polyline").map(\.spots.count) == [241])
  }

  /// From the start of the range to its end, from zero at the bottom to ten, a round number, at the top.
  @Test func theLineStandsWhereItsValuesAre() throws {
    let drawn = try drawn([Gallery.points(["job": "a"], [0] + Array(repeating: 5, count: 239) + [10])])
    let plot = try #require(drawn.elements("rect", class: "plot").first)
    let (left, top) = (plot.number("x"), plot.number("y"))
    let (right, bottom) = (left + plot.number("width"), top + plot.number("height"))
    let spots = try #require(drawn.elements("polyline").first).spots
    #expect(Self.near(spots[0], [left, bottom]))
    #expect(Self.near(spots[240], [right, top]))
    // The 121st of 241 points is half an hour later.
    #expect(Self.near(spots[120], [(left + right) / 2, (top + bottom) / 2]))
    for word in ["0", "5", "10", "11:20", "11:40"] { #expect(drawn.words.contains(word), "\(word)") }
  }

  @Test func aThresholdStandsAtItsHeight() throws {
    let drawn = try drawn(
      [Gallery.points(["job": "a"], [0, 8, 20])], thresholds: [Threshold(from: 5, .yellow), Threshold(from: 15, .red)])
    let plot = try #require(drawn.elements("rect", class: "plot").first)
    let lines = drawn.elements("line", class: "threshold")
    // Of an axis up to 20: a quarter and three quarters from the bottom.
    for (line, share) in zip(lines, [0.25, 0.75]) {
      #expect(Self.near([line.number("y1")], [plot.number("y") + (1 - share) * plot.number("height")]))
      #expect(line.attributes["y1"] == line.attributes["y2"] && line.attributes["stroke-dasharray"] != nil)
    }
    #expect(lines.map { $0.attributes["stroke"] } == [Theme.color(.yellow), Theme.color(.red)])
    #expect(drawn.words.contains("umbral 15"))
  }

  @Test func aThresholdFarAboveIsWrittenAndPressesNothingFlat() throws {
    let drawn = try drawn([Gallery.points(["job": "a"], [1, 2])], thresholds: [Threshold(from: 300, .red)])
    #expect(drawn.elements("line", class: "threshold") == [])
    #expect(drawn.words.contains("umbral 300") && drawn.words.contains("2") && !drawn.words.contains("100"))
  }

  @Test func noNumberNoEndAndAMissingStepBreakTheLine() throws {
    var points = Gallery.points(["job": "a"], [1, 2, 3, .nan, 4, .infinity, 5, 6, 7, 8]).points
    points.remove(at: 7)
    let drawn = try drawn([QueriedSeries(labels: ["job": "a"], points: points)])
    // 1 2 3 | 4 | 5 | 7 8
    #expect(drawn.elements("polyline").map(\.spots.count) == [3, 2])
    #expect(drawn.elements("circle").count == 2)
  }

  @Test func stackedAreasStandOnOneAnother() throws {
    let drawn = try drawn(
      [Gallery.points(["job": "a"], [4, 4]), Gallery.points(["job": "b"], [6, 6])], .stackedAreas)
    let plot = try #require(drawn.elements("rect", class: "plot").first)
    let heights = drawn.elements("polyline").map { $0.spots[0][1] }
    #expect(Self.near(heights, [plot.number("y") + 0.6 * plot.number("height"), plot.number("y")]))
  }

  @Test func barsStandOnTheAxis() throws {
    let drawn = try drawn([Gallery.points(["job": "a"], [5, 10])], .bars)
    let plot = try #require(drawn.elements("rect", class: "plot").first)
    let bars = try #require(drawn.elements("g", class: "series").first).elements("rect")
    #expect(Self.near(bars.map { $0.number("height") }, [plot.number("height") / 2, plot.number("height")]))
    #expect(Self.near(bars.map { $0.number("y") + $0.number("height") }, [plot.number("y") + plot.number("height")]))
  }

  @Test func mirroredSeriesGoDownAndReadAsTheyAre() throws {
    let drawn = try drawn([Gallery.points(["job": "a"], [4, 4])], look: Query.Look(isMirrored: true))
    let plot = try #require(drawn.elements("rect", class: "plot").first)
    #expect(Self.near([drawn.elements("polyline")[0].spots[0][1]], [plot.number("y") + plot.number("height")]))
    #expect(drawn.words.contains("4") && !drawn.words.contains("-4"))
  }

  @Test func theScaleIsWhatThePanelWantsAtLeast() throws {
    let drawn = try drawn([Gallery.points(["job": "a"], [50, 50])], scale: 0...100)
    let plot = try #require(drawn.elements("rect", class: "plot").first)
    #expect(
      Self.near([drawn.elements("polyline")[0].spots[0][1]], [plot.number("y") + plot.number("height") / 2]))
  }

  @Test func aLegendThatHasNoRoomCountsTheRest() throws {
    let series = (100..<160).map { Gallery.points(["job": "un_nombre_bastante_largo_\($0)"], [1, 2]) }
    let drawn = try drawn(series)
    let named = drawn.words.filter { $0.hasPrefix("un_nombre") }.count
    #expect(named > 2 && drawn.words.contains("y \(60 - named) más"))
    #expect(drawn.elements("polyline").count == 60)
  }

  private static func near(_ a: [Double], _ b: [Double]) -> Bool {
    zip(a, b).allSatisfy { abs($0 - $1) <= 0.11 }
  }
}
