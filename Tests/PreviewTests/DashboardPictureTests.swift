import Catalog
import Grafana
import PromQL
import Testing
import Topology

@testable import Preview

/// A dashboard as one picture.
struct DashboardPictureTests {
  private let picture = DashboardPicture(Gallery.dashboard, data: Gallery.data, range: Gallery.range)

  @Test func everyPanelIsThereUnderItsTitle() throws {
    let drawn = try Drawn.document(picture.svg())
    for panel in Gallery.dashboard.panels {
      #expect(try drawn.panel(panel.id).elements("text", class: "title").map(\.text) == [panel.title])
    }
    #expect(drawn.elements("text", class: "row").map(\.text) == ["▾ Valores", "▾ En el tiempo", "▾ Palabras"])
    #expect(drawn.words.contains("MiniMarket / Galería"))
  }

  /// Twelve columns of a picture of 1200 pixels with margins of 16 and gaps of 8: (1200 - 32 + 8) / 2 - 8 = 580.
  @Test func panelsStandInTheirPlaceOnTheGrid() throws {
    let drawn = try Drawn.document(picture.svg())
    let (left, right) = (try drawn.panel(6).elements("rect")[0], try drawn.panel(7).elements("rect")[0])
    #expect((left.number("x"), left.number("width"), left.number("height")) == (16, 580, 8 * 38 - 8))
    #expect((right.number("x"), right.number("width")) == (16 + 588, 580))
    #expect(left.number("y") == right.number("y"))
  }

  @Test func sameDataInAnotherOrderAreTheSameBytes() {
    var turned: [Int: PanelData] = [:]
    for (id, data) in Gallery.data {
      turned[id] = PanelData(
        data.answers.map { .init(query: $0.query, expression: $0.expression, series: $0.series.reversed()) })
    }
    #expect(DashboardPicture(Gallery.dashboard, data: turned, range: Gallery.range).svg() == picture.svg())
  }

  @Test func needsNothingFromElsewhereAndRunsNothing() {
    let svg = picture.svg().replacing("xmlns=\"http://www.w3.org/2000/svg\"", with: "")
    for forbidden in ["href", "url(", "<script", "<image", "<style", "@import", "http", "<foreignObject", "onload"] {
      #expect(!svg.contains(forbidden), "\(forbidden)")
    }
  }

  @Test func everyCoordinateIsANumberWithOneDigitAfterThePoint() throws {
    let names: Set = ["x", "y", "x1", "x2", "y1", "y2", "width", "height", "cx", "cy", "r", "font-size"]
    for element in try Drawn.document(picture.svg()).all {
      for (name, value) in element.attributes where names.contains(name) {
        #expect(value.wholeMatch(of: /-?\d+(\.\d)?/) != nil, "\(name)=\(value)")
      }
    }
  }

  @Test func hostileLabelsAreWords() throws {
    let hostile = "<script>alert(1)</script>&\"'\u{1}]]>"
    let panels: [Panel.Style] = [
      .stat, .gauge, .barGauge, .pieChart, .table([.label(.job, title: "<b>")]), .timeSeries, .stackedAreas, .bars,
      .stateTimeline,
    ]
    for style in panels {
      let panel = Gallery.panel(1, "<i>&", style, width: 24, unit: .count)
      let drawn = try Drawn.panel(panel, [Gallery.points(["job": hostile], [1, 2, 3]), Gallery.now(["job": "b"], 1)])
      #expect(drawn.elements("script") == [] && drawn.elements("i") == [] && drawn.elements("b") == [])
      #expect(drawn.words.contains("<i>&"))
      #expect(drawn.words.contains("<script>alert(1)</script>&\"'\u{FFFD}]]>"), "\(style)")
    }
  }

  @Test func aPanelWithoutDataSaysSo() throws {
    #expect(try Drawn.panel(Gallery.panel(1, "t", .timeSeries, unit: .count), []).words == ["t", "sin datos"])
    let waiting = Gallery.panel(1, "t", .stat, unit: .count, waitsFor: .ml)
    #expect(try Drawn.panel(waiting, []).words.last == "espera a ml-service, que todavía no existe")
  }

  @Test func whatCannotBeDrawnSaysSo() throws {
    let logs = Gallery.panel(1, "t", .logs, unit: .none, logs: LogQuery(of: .is(Job.deposito)))
    let words = try Drawn.panel(logs, []).words
    #expect(words == ["t", "este panel se ve en Grafana: acá no se dibuja", "{job=\"agente_deposito\"}"])
    let refused = try Drawn.panel(Gallery.panel(1, "t", .stat, unit: .count), [], refusal: "parse error").words
    #expect(refused == ["t", "Prometheus rechazó la consulta", "parse error"])
  }

  /// Each of ours, with no data at all and with values that no axis can show.
  @Test(arguments: Dashboards.all.map(\.uid))
  func ourDashboardsCanBeDrawn(_ uid: String) throws {
    let dashboard = try #require(Dashboards.all.first { $0.uid == uid })
    for value in [Double.nan, .infinity, -.infinity, .greatestFiniteMagnitude, 0, -5, 1e-300] {
      var data: [Int: PanelData] = [:]
      for panel in dashboard.panels {
        data[panel.id] = PanelData(
          panel.queries.map {
            .init(query: $0, expression: "", series: [Gallery.points(["job": "a"], [value, 1, value, value])])
          })
      }
      for data in [data, [:]] {
        let svg = DashboardPicture(dashboard, data: data, range: Gallery.range).svg()
        #expect(try Drawn.document(svg).elements("text", class: "title").count == dashboard.panels.count)
      }
    }
  }
}

extension Drawn: Equatable {
  static func == (a: Drawn, b: Drawn) -> Bool { a === b }
}
