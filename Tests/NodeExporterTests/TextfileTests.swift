import ExporterKit
import Foundation
import Logging
import MetricModel
import Settings
import Telemetry
import TestSupport
import Testing

@testable import NodeExporter

@Suite struct TextfileTests {
  private let directory: TemporaryDirectory
  private let host = NodeHost(procfs: "/proc", sysfs: "/sys", rootfs: "/", udevData: "/run/udev/data")

  init() throws { directory = try TemporaryDirectory("textfile") }

  private func page(_ directories: String...) throws -> ReadPage {
    let arguments = directories.map { "--collector.textfile.directory=\($0)" }
    let flags = try FlagValues(arguments, flags: TextfileCollector.flags, environment: [:])
    return try ReadPage(TextfileCollector(flags), host)
  }

  @Test func theSeriesOfAFileAreOnThePageWithItsTime() throws {
    let file = try directory.write(
      """
      # HELP respaldo_bytes Tamaño del último respaldo.\\nEn bytes.
      # TYPE respaldo_bytes gauge
      respaldo_bytes{base="uno",ruta="C:\\\\dir \\"x\\"\\n"} 12
      respaldo_bytes{ruta="/b",base="dos",} -1.5e3
      # un comentario cualquiera
        sueltas_total 7

      """, to: "a.prom")
    _ = try directory.write("no se lee", to: "b.prom.tmp")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_700_000_000.75)], ofItemAtPath: file)
    let page = try page(directory.path)
    #expect(
      page.series == [
        #"respaldo_bytes{base="uno",ruta="C:\\dir \"x\"\n"}"#: 12, #"respaldo_bytes{base="dos",ruta="/b"}"#: -1500,
        "sueltas_total": 7, #"node_textfile_mtime_seconds{file="\#(file)"}"#: 1_700_000_000,
        "node_textfile_scrape_error": 0,
      ])
    #expect(page.text.contains("# HELP respaldo_bytes Tamaño del último respaldo.\\nEn bytes.\n"))
    #expect(page.text.contains("# TYPE respaldo_bytes gauge\n"))
    #expect(page.text.contains("# HELP sueltas_total Metric read from \(file)\n# TYPE sueltas_total untyped\n"))
  }

  @Test func histogramsAndSummariesArePutTogether() throws {
    _ = try directory.write(
      """
      # TYPE espera_seconds histogram
      espera_seconds_bucket{le="0.5",cola="a"} 1
      espera_seconds_bucket{cola="a",le="+Inf"} 4
      espera_seconds_bucket{cola="a",le="1e6"} 3
      espera_seconds_sum{cola="a"} 2.5
      espera_seconds_count{cola="a"} 4
      espera_seconds_bucket{cola="b",le="+Inf"} 9
      # TYPE pausa_seconds summary
      pausa_seconds{quantile="0.5"} 0.25
      pausa_seconds_sum 10
      pausa_seconds_count 20

      """, to: "a.prom")
    let page = try page(directory.path)
    #expect(page[#"espera_seconds_bucket{cola="a",le="0.5"}"#] == 1)
    #expect(page[#"espera_seconds_bucket{cola="a",le="1e+06"}"#] == 3)
    #expect(page[#"espera_seconds_bucket{cola="a",le="+Inf"}"#] == 4)
    #expect(page[#"espera_seconds_sum{cola="a"}"#] == 2.5)
    #expect(page[#"espera_seconds_count{cola="a"}"#] == 4)
    #expect(page[#"espera_seconds_count{cola="b"}"#] == 9)
    #expect(page[#"pausa_seconds{quantile="0.5"}"#] == 0.25)
    #expect(page["pausa_seconds_sum"] == 10)
    #expect(page["pausa_seconds_count"] == 20)
  }

  @Test func seriesThatLackALabelHaveItEmpty() throws {
    _ = try directory.write("m{b=\"1\"} 1\nm 2\n", to: "a.prom")
    _ = try directory.write("m{a=\"3\"} 3\n", to: "b.prom")
    let page = try page(directory.path)
    #expect(page.names("m{") == [#"m{a="",b=""}"#, #"m{a="",b="1"}"#, #"m{a="3",b=""}"#])
    #expect(page["node_textfile_scrape_error"] == 0)
    #expect(page.text.contains("# HELP m Metric read from \(directory.file("a.prom")), \(directory.file("b.prom"))\n"))
  }

  @Test(
    arguments: [
      "m 1", "m 1 1441205977284\n", "m{a=\"1\",a=\"2\"} 1\n", "m{a=\"1\" 1\n", "m{a=\"1} 1\n", "m{a=1} 1\n",
      "m{__a=\"1\"} 1\n", "m{\"a\"} 1\n", "m{a=\"\\x\"} 1\n", "m{a=\"\\\n", "m uno\n", "m 1_000\n", "m 0x1p4\n",
      "m 1e999\n", "m\n", "m 1 x\n", "m 1 2 3\n", "m\t\n", "1m 1\n", "m-n 1\n", "{a=\"1\"} 1\n", "m 1\r\n",
      "# TYPE m cuenta\nm 1\n", "# TYPE m gauge\n# TYPE m gauge\nm 1\n", "m 1\n# TYPE m gauge\n",
      "# HELP m a\n# HELP m b\nm 1\n", "# HELP m \\q\nm 1\n", "# TYPE 1 gauge\n", "# TYPE m gauge \nm 1\n",
      "# TYPE h histogram\nh_bucket{le=\"x\"} 1\n", "m nan(7)\n", "m{a=\"\u{FFFF}",
    ])
  func aBadFileIsRefusedWholeAndHarmsOnlyItself(_ text: String) throws {
    _ = try directory.write("bueno 0\n" + text, to: "a.prom")
    let good = try directory.write("# TYPE otro counter\n\n#\notro{} NaN\n otro{x=\"\"} +Inf\n", to: "b.prom")
    let page = try page(directory.path)
    #expect(page["node_textfile_scrape_error"] == 1)
    #expect(page.names("node_textfile_mtime") == [#"node_textfile_mtime_seconds{file="\#(good)"}"#])
    #expect(page[#"otro{x=""}"#]?.isNaN == true)
    #expect(page.names("bueno").isEmpty && page.names("m").isEmpty && page.names("h").isEmpty)
  }

  @Test func bytesThatAreNoTextAreRefused() throws {
    try Data([0x6D, 0x7B, 0x61, 0x3D, 0x22, 0xC3, 0x28, 0x22, 0x7D, 0x20, 0x31, 0x0A])
      .write(to: URL(fileURLWithPath: directory.file("a.prom")))
    #expect(try page(directory.path).series == ["node_textfile_scrape_error": 1])
  }

  @Test func whatContradictsTheFirstFileIsLeftOut() throws {
    _ = try directory.write("# HELP m uno\n# TYPE m gauge\nm{a=\"1\"} 1\n", to: "a.prom")
    _ = try directory.write("# HELP m dos\n# TYPE m gauge\nm{a=\"2\"} 2\nn 1\n", to: "b.prom")
    _ = try directory.write("# TYPE m counter\nm{a=\"3\"} 3\n", to: "c.prom")
    let page = try page(directory.path)
    #expect(page.names("m{") == [#"m{a="1"}"#])
    #expect(page["n"] == 1)
    #expect(page["node_textfile_scrape_error"] == 1)
    #expect(page.names("node_textfile_mtime").count == 3)
  }

  @Test func directoriesMayBeSeveralAndPatterns() throws {
    for folder in ["uno", "dos", "tres"] { try directory.makeDirectory(folder) }
    for folder in ["uno", "dos", "tres"] { _ = try directory.write("m_\(folder) 1\n", to: "\(folder)/a.prom") }
    #expect(try page(directory.file("[ud]*")).names("m_") == ["m_dos", "m_uno"])
    let two = try page(directory.file("tres/"), directory.path + "//./uno")
    #expect(two.names("m_") == ["m_tres", "m_uno"])
    #expect(
      two.names("node_textfile_mtime")
        == ["tres", "uno"].map {
          #"node_textfile_mtime_seconds{file="\#(directory.file($0))/a.prom"}"#
        })
    #expect(try page(directory.file("falta")).series == ["node_textfile_scrape_error": 1])
    #expect(try page(directory.file("falta*")).series == ["node_textfile_scrape_error": 1])
    let unset = try ReadPage(TextfileCollector(FlagValues.none), host)
    #expect(unset["node_textfile_scrape_error"] == 0)
  }

  @Test func aPipeAndAHugeFileAreNotRead() throws {
    #expect(mkfifo(directory.file("a.prom"), 0o600) == 0)
    let file = open(directory.file("b.prom"), O_CREAT | O_WRONLY, 0o600)
    #expect(ftruncate(file, TextfileCollector.maximumFileBytes + 1) == 0)
    close(file)
    symlink("/nada", directory.file("c.prom"))
    _ = try directory.write("m 1\n", to: "d.prom")
    let page = try page(directory.path)
    #expect(page["m"] == 1)
    #expect(page["node_textfile_scrape_error"] == 1)
    #expect(page.names("node_textfile_mtime").count == 1)
  }

  @Test func samplesAreBoundedForAllFilesTogether() throws {
    let lines = (0..<60_000).map { "m{a=\"\($0)\"} 1\n" }.joined()
    for name in ["a", "b"] { _ = try directory.write(lines, to: "\(name).prom") }
    _ = try directory.write("n 1\n", to: "c.prom")
    let page = try page(directory.path)
    #expect(page.names("m{").count == 60_000)
    #expect(page["n"] == 1)
    #expect(page["node_textfile_scrape_error"] == 1)
  }

  @Test func theExportersOwnFamiliesCannotBeForged() throws {
    _ = try directory.write(
      "node_textfile_scrape_error{a=\"1\"} 0\nnode_scrape_collector_success 1\nm 1\n", to: "a.prom")
    let page = try page(directory.path)
    #expect(
      page.names("node_") == [
        #"node_textfile_mtime_seconds{file="\#(directory.file("a.prom"))"}"#, "node_textfile_scrape_error",
      ])
    #expect(page["node_textfile_scrape_error"] == 1)
    #expect(page["m"] == 1)
  }

  @Test func damagedFilesNeverCrashAndNeverBreakThePage() throws {
    let text = """
      # HELP espera_seconds a\\\\b\\n
      # TYPE espera_seconds histogram
      espera_seconds_bucket{le="0.5",cola="ñ\\"a"} 1
      espera_seconds_sum{cola="a"} 2.5
      # TYPE p summary
      p{quantile="0.5"} 0.25
      p_count 20
      m{a="1",b="2"} +Inf

      """
    for seed in 1...4000 {
      var damage = Damage(seed: UInt64(seed))
      damage.damaged(text).withUnsafeBytes { bytes in
        guard let families = try? ExpositionText.families(in: Bytes(bytes), maximumSamples: 100) else { return }
        var page = TextfilePage(maximumSamples: 100)
        page.append(families, of: "a")
        var batch = SampleBatch()
        page.add(to: &batch)
        #expect(!ReadPage(batch).text.isEmpty, "seed \(seed)")
      }
    }
  }
}

/// What a text file brings gives way to what the exporter itself says.
@Suite struct ForeignSamplesTests {
  private func scrape(_ batches: SampleBatch...) -> ReadPage {
    var page = SampleBatch()
    for batch in batches { page.append(batch) }
    return ReadPage(page)
  }

  private func text(_ text: String) throws -> SampleBatch {
    var page = TextfilePage(maximumSamples: 100)
    try Array(text.utf8).withUnsafeBytes {
      page.append(try ExpositionText.families(in: Bytes($0), maximumSamples: 100), of: "a.prom")
    }
    var batch = SampleBatch()
    page.add(to: &batch)
    batch.isForeign = true
    return batch.filtered { !$0.name.hasPrefix("node_textfile") }
  }

  @Test func aFamilyOfTheSameShapeIsJoinedAndAnotherLeftOut() throws {
    let ours = try text("# TYPE m gauge\nm{a=\"1\"} 1\n")
    let same = try scrape(ours, text("# TYPE m gauge\nm{a=\"2\"} 2\nm{a=\"1\"} 3\n"))
    #expect(same.series == [#"m{a="1"}"#: 1, #"m{a="2"}"#: 2])
    for other in ["# TYPE m gauge\nm{b=\"2\"} 2\n", "# TYPE m counter\nm{a=\"2\"} 2\n", "m{a=\"2\",b=\"3\"} 2\n"] {
      #expect(try scrape(ours, text(other + "n 5\n")).series == [#"m{a="1"}"#: 1, "n": 5])
    }
    let histogram = try text("# TYPE m_count counter\nm_count 1\n# TYPE h gauge\nh 1\n")
    let clash = try scrape(histogram, text("# TYPE m histogram\nm_bucket{le=\"+Inf\"} 1\nm_sum 1\nm_count 1\n"))
    #expect(clash.series == ["m_count": 1, "h": 1])
  }
  /// Through the whole exporter, where the order in which collectors end is nobody's.
  @Test func anotherCollectorsFamilyWinsWheneverItEnds() async throws {
    let directory = try TemporaryDirectory("foreign")
    _ = try directory.write(
      "# TYPE node_load1 gauge\nnode_load1{a=\"1\"} -7\nnode_load5 -7\nnode_filesystem_files{x=\"1\"} -7\nlibre 1\n",
      to: "a.prom")
    let application = NodeExporterApplication()
    let collectors = CollectorFlags(application.collectors)
    let flags = try FlagValues(
      [
        "--collector.disable-defaults", "--collector.loadavg", "--collector.textfile",
        "--collector.textfile.directory=\(directory.path)",
      ], flags: application.flags + collectors.all, environment: [:])
    let options = ExporterOptions(
      flags: flags, settings: Settings(environment: [:]), enabledCollectors: collectors.enabled(flags))
    let source = try #require(application.makeSources(options, logger: Logger(label: "test")).main)
    for _ in 0..<50 {
      let page = ReadPage(try await source.scrape(ScrapeRequest(ScrapeBudget(header: nil))))
      #expect(try #require(page["node_load1"]) >= 0)
      #expect(try #require(page["node_load5"]) >= 0)
      #expect(page.names("node_load1{").isEmpty)
      // Nobody else says it: its collector is off.
      #expect(page[#"node_filesystem_files{x="1"}"#] == -7)
      #expect(page["libre"] == 1)
    }
  }
}
