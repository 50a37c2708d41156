import Catalog
import MetricModel
import Testing

@testable import PostgresExporter

/// The numbers are those of postgres_exporter 0.11.1; `ParityTests` compares all settings of a real server.
@Suite("Settings")
struct SettingsTests {
  private func sample(_ value: String, _ unit: String?, name: String = "x", isBoolean: Bool = false) -> (
    FamilyDescriptor, Double
  )? {
    Setting(name: name, value: value, unit: unit, description: "What it does.", isBoolean: isBoolean).sample
  }

  @Test(
    "units become seconds and bytes",
    arguments: [
      ("10", "ms", "pg_settings_x_seconds", 0.01), ("200", "ms", "pg_settings_x_seconds", 0.2),
      ("60", "s", "pg_settings_x_seconds", 60), ("2", "min", "pg_settings_x_seconds", 120),
      ("1", "h", "pg_settings_x_seconds", 3600), ("1", "d", "pg_settings_x_seconds", 86_400),
      ("3", "B", "pg_settings_x_bytes", 3), ("4", "kB", "pg_settings_x_bytes", 4096),
      ("1", "MB", "pg_settings_x_bytes", 1_048_576), ("16384", "8kB", "pg_settings_x_bytes", 134_217_728),
      ("2", "16MB", "pg_settings_x_bytes", 33_554_432), ("1", "TB", "pg_settings_x_bytes", 1_099_511_627_776),
    ])
  func units(_ value: String, _ unit: String, _ family: String, _ expected: Double) {
    let found = sample(value, unit)
    #expect(found?.0.name == family)
    #expect(found?.1 == expected)
    #expect(found?.0.help.hasSuffix("[Units converted to \(family.hasSuffix("bytes") ? "bytes" : "seconds").]") == true)
  }

  @Test("-1 stays -1, and its name still has the unit")
  func minusOne() {
    let found = sample("-1", "kB")
    #expect(found?.0.name == "pg_settings_x_bytes")
    #expect(found?.1 == -1)
  }

  @Test("booleans and plain numbers")
  func plain() {
    #expect(sample("on", nil, isBoolean: true)?.1 == 1)
    #expect(sample("off", nil, isBoolean: true)?.1 == 0)
    #expect(sample("0.0025", nil)?.1 == 0.0025)
    #expect(sample("0.0025", nil)?.0.name == "pg_settings_x")
    #expect(sample("abc", nil) == nil)
  }

  @Test("an unknown unit leaves the number and the name alone", arguments: ["fortnight", "kb", "8", "", "-1kB"])
  func unknownUnit(_ unit: String) {
    #expect(sample("7", unit)?.0.name == "pg_settings_x")
    #expect(sample("7", unit)?.1 == 7)
  }

  @Test("an extension's setting has a legal name")
  func extensionName() {
    let family = sample("1", nil, name: "my-ext.größe")?.0
    #expect(family?.name == "pg_settings_my_ext_gr__e")
    #expect(family.map { Lint.problems(in: $0) } == [])
  }
}
