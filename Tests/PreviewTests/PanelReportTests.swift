import Grafana
import PromQL
import Testing
import Topology

@testable import Preview

/// What `observability query` finds and prints.
struct PanelReportTests {
  @Test func aPanelIsFoundByItsAddressAndByItsTitle() throws {
    #expect(try PanelSearch.panel("galeria/6", in: [Gallery.dashboard]).panel.title == "Latencia P95")
    #expect(try PanelSearch.panel("latencia p95", in: [Gallery.dashboard]).address == "galeria/6")
  }

  @Test func candidatesAreListedWhereTheNameSaysTooLittle() throws {
    let twin = Dashboard(
      uid: "otra", title: "t", description: "d",
      rows: [Row(id: 100, "r", [Gallery.panel(1, "Latencia P95", .stat, unit: .count)])])
    let both = [Gallery.dashboard, twin]
    func failure(_ name: String) -> String {
      do { return "found \(try PanelSearch.panel(name, in: both).address)" } catch { return error.description }
    }
    #expect(
      failure("Latencia P95") == """
        “Latencia P95” is the title of 2 panels; say one of these:
          galeria/6  Latencia P95
          otra/1  Latencia P95
        """)
    #expect(
      failure("stock") == "there is no panel “stock”; say one of these:\n  galeria/2  Stock crítico")
    #expect(failure("nada").split(separator: "\n").count == 1 + Gallery.dashboard.panels.count + 1)
    #expect(try PanelSearch.panel("otra/1", in: both).dashboard.uid == "otra")
  }

  @Test func columnsAreAlignedAndObeyNoTerminal() throws {
    let panel = Gallery.panel(1, "Panel", .stat, unit: .percent)
    let series = [Gallery.now(["job": "largo\u{1B}[2J"], 5), Gallery.now(["job": "b"], 12.5)]
    let data = PanelData([.init(query: panel.queries[0], expression: "up", series: series)])
    #expect(
      PanelReport(panel, in: Gallery.dashboard, data: data).text == """
        Panel (galeria/1)

        up
          SERIES     SHOWN AS  VALUE  LABELS
          b             12.5%   12.5  {job="b"}
          largo\u{FFFD}[2J        5%    5.0  {job="largo\u{FFFD}[2J"}

        """)
  }

  @Test func noDataAndRefusalsAreSaid() throws {
    let panel = Gallery.panel(1, "Panel", .stat, unit: .percent, waitsFor: .negocio)
    func text(_ refusal: String?) -> String {
      let answer = PanelData.Answer(query: panel.queries[0], expression: "up", series: [], refusal: refusal)
      return PanelReport(panel, in: Gallery.dashboard, data: PanelData([answer])).text
    }
    #expect(text(nil).hasSuffix("\nup\n  no data: agente-negocio does not exist yet\n"))
    #expect(text("parse error").hasSuffix("\nup\n  refused: parse error\n"))
  }
}
