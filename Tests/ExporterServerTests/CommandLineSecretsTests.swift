import ExporterKit
import Testing

@testable import ExporterServer

@Suite("Secrets of the command line")
struct CommandLineSecretsTests {
  private static let flags = [
    Flag("password", .value, secret: true, "Secret."), Flag("addr", .value, "Open."), Flag("debug", .toggle, "Open."),
  ]

  private static func masked(_ arguments: [String]) -> [String] {
    var bytes: [UInt8] = arguments.flatMap { Array($0.utf8) + [0] }
    for range in CommandLineSecrets.ranges(in: bytes, flags) {
      for index in range { bytes[index] = UInt8(ascii: "x") }
    }
    return bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast().map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  @Test("values of secret flags and passwords of URLs, in every form, and nothing else")
  func masks() {
    #expect(
      Self.masked(["exe", "--password=abc", "--addr=abc", "--debug"]) == [
        "exe", "--password=xxx", "--addr=abc", "--debug",
      ])
    #expect(Self.masked(["exe", "-password", "--addr", "x"]) == ["exe", "-password", "xxxxxx", "x"])
    #expect(Self.masked(["exe", "--password", "", "--addr", "y"]) == ["exe", "--password", "", "--addr", "y"])
    #expect(
      Self.masked(["exe", "--addr", "redis://:p@ss@h:1", "redis://u:pw@h", "redis://u@h", "http://h:1/a"])
        == ["exe", "--addr", "redis://:xxxx@h:1", "redis://u:xx@h", "redis://u@h", "http://h:1/a"])
    #expect(Self.masked(["--addr=u:pw@h:1", "u:pw@h", "a@b", ":80"]) == ["--addr=u:xx@h:1", "u:xx@h", "a@b", ":80"])
    #expect(Self.masked([]) == [])
  }
}
