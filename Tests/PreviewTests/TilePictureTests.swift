import Grafana
import PromQL
import Testing

@testable import Preview

/// The newest values: tiles, dials, bars, slices, tables and lanes.
struct TilePictureTests {
  private static let health = [ValueMapping(0, as: "DOWN", .red), ValueMapping(1, as: "UP", .green)]

  @Test func wordsStandOnTheirColour() throws {
    let panel = Gallery.panel(1, "t", .stat, unit: .none, mappings: Self.health)
    let drawn = try Drawn.panel(panel, [Gallery.now(["job": "a"], 1), Gallery.now(["job": "b"], 0)])
    let tiles = drawn.elements("g", class: "stat")
    #expect(
      tiles.map { $0.elements("rect")[0].attributes["fill"] } == [Theme.background(.green), Theme.background(.red)])
    #expect(tiles.map(\.words) == [["UP", "a"], ["DOWN", "b"]])
    let (first, second) = (tiles[0].elements("rect")[0], tiles[1].elements("rect")[0])
    #expect(first.number("x") + first.number("width") < second.number("x"))
  }

  @Test func numbersTakeTheColourOfTheLastThresholdThatTheyReach() throws {
    let thresholds = [Threshold(from: 50, .yellow), Threshold(from: 80, .red)]
    let panel = Gallery.panel(1, "t", .stat, unit: .percent, thresholds: thresholds)
    for (value, text, color) in [(49.9, "49.9%", Color.green), (50, "50%", .yellow), (80, "80%", .red)] {
      let number = try Drawn.panel(panel, [Gallery.now([:], value)]).elements("text")[1]
      #expect(number.text == text && number.attributes["fill"] == Theme.color(color))
    }
  }

  @Test func barsAreAsLongAsTheirShareAndTheGreatestComesFirst() throws {
    let panel = Gallery.panel(1, "t", .barGauge, unit: .count)
    let drawn = try Drawn.panel(panel, [Gallery.now(["job": "a"], 10), Gallery.now(["job": "b"], 40)])
    let bars = drawn.elements("g", class: "bar")
    #expect(bars.map { $0.words[0] } == ["b", "a"])
    let shares = bars.map { $0.elements("rect")[1].number("width") / $0.elements("rect")[0].number("width") }
    #expect(shares[0] == 1 && abs(shares[1] - 0.25) < 0.01)
  }

  @Test func slicesAreSharesOfTheWhole() throws {
    let panel = Gallery.panel(1, "t", .pieChart, unit: .count)
    let series = [("a", 25.0), ("b", 75), ("c", 0), ("d", .nan)].map { Gallery.now(["job": $0.0], $0.1) }
    let drawn = try Drawn.panel(panel, series)
    #expect(drawn.elements("path", class: "slice").count == 2)
    #expect(drawn.words == ["t", "b", "75", "75%", "a", "25", "25%"])
    #expect(try Drawn.panel(panel, [Gallery.now(["job": "a"], 0)]).words == ["t", "todo en cero"])
  }

  @Test func aDialIsFilledToItsValue() throws {
    let panel = Gallery.panel(1, "t", .gauge, unit: .percent, scale: 0...100)
    let arcs = try Drawn.panel(panel, [Gallery.now([:], 50)]).elements("path").map { $0.attributes["d"] ?? "" }
    // Half of three quarters of a circle that opens downwards ends at twelve o'clock: above its beginning.
    let ends = try arcs.map { arc in try #require(arc.wholeMatch(of: /M (\S+) (\S+) A .* (\S+) (\S+)/)) }
    #expect(ends[0].1 == ends[1].1 && ends[0].2 == ends[1].2)
    let (x, y) = (try #require(Double(ends[1].3)), try #require(Double(ends[1].4)))
    let (from, to) = (try #require(Double(ends[0].1)), try #require(Double(ends[0].3)))
    #expect(abs(x - (from + to) / 2) < 0.2)
    #expect(try #require(Double(ends[1].2)) > y)
  }

  @Test func aTableHasALineASeries() throws {
    let columns: [Panel.Column] = [
      .label(.job, title: "Servicio"), .label(.instance, title: "Réplica"), .value(title: "Valor"),
    ]
    let panel = Gallery.panel(1, "t", .table(columns), unit: .seconds)
    let drawn = try Drawn.panel(
      panel, [Gallery.now(["job": "a", "instance": "x:1"], 90), Gallery.now(["job": "b"], 2)])
    #expect(drawn.words == ["t", "Servicio", "Réplica", "Valor", "a", "x:1", "1.5 min", "b", "–", "2 s"])
  }

  @Test func aTableThatHasNoRoomCountsTheRest() throws {
    let panel = Gallery.panel(1, "t", .table([.label(.job, title: "S")]), height: 4, unit: .count)
    let words = try Drawn.panel(panel, (10..<40).map { Gallery.now(["job": "\($0)"], 1) }).words
    #expect(words.last == "y \(30 - (words.count - 3)) más")
  }

  @Test func aLaneChangesItsColourWithItsState() throws {
    let panel = Gallery.panel(1, "t", .stateTimeline, unit: .none, mappings: Self.health)
    let values = Array(repeating: 1.0, count: 60) + Array(repeating: 0, count: 60) + [.nan, .nan, .nan] + [1.0]
    let lanes = try Drawn.panel(panel, [Gallery.points(["job": "a"], values)]).elements("g", class: "lane")
    let blocks = try #require(lanes.first).elements("rect")
    #expect(blocks.map { $0.attributes["fill"] } == [.green, .red, .green].map(Theme.background))
    #expect(abs(blocks[0].number("width") - blocks[1].number("width")) < 0.2)
    #expect(abs(blocks[0].number("x") + blocks[0].number("width") - blocks[1].number("x")) < 0.2)
  }
}
