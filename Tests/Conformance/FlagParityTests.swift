import TestSupport
import Testing

@Suite("Every exporter: flags of the standard one", .timeLimit(.minutes(1)))
struct FlagParityTests {
  /// kingpin's own, of no use to a unit file.
  private static let ofHelp: Set<String> = ["h", "help", "help-long", "help-man", "version"]

  private static func flags(_ help: String) -> Set<String> {
    Set(help.matches(of: /(?m)^ +(?:-h, )?--?(?:\[no-\])?([A-Za-z][A-Za-z0-9_.-]*)/).map { String($0.1) })
  }

  @Test("all that Debian's exporter lists are listed here", arguments: ExporterUnderTest.all)
  func all(_ subject: ExporterUnderTest) async throws {
    let theirs = try await Subprocess.run(["/usr/bin/prometheus-\(subject.name)", "--help"])
    let names = Self.flags(theirs.standardOutput + theirs.standardError)
    #expect(names.count > 12)
    let ours = try await Subprocess.run([try Binaries.path(of: subject.name), "--help"])
    #expect(ours.status == 0)
    #expect(names.subtracting(Self.flags(ours.standardOutput)).subtracting(Self.ofHelp) == [])
  }

  @Test("what one cannot do is refused with the reason and exit code 2")
  func refused() async throws {
    for (name, argument) in [
      ("node-exporter", "--collector.perf"), ("postgres-exporter", "--metric-prefix=x"),
      ("redis-exporter", "--basic-auth-password=hunter2"),
    ] {
      let output = try await Subprocess.run([try Binaries.path(of: name), argument])
      #expect(output.status == 2)
      #expect(output.standardError.contains(" no está: "))
      #expect(!output.standardError.contains("hunter2"))
    }
  }
}
