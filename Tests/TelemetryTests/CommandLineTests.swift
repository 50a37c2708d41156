import Testing

@testable import ProcessTelemetry

@Suite("Command line and environment")
struct CommandLineTests {
  @Test("known arguments")
  func known() {
    #expect(CommandLineRequest([]) == .run(verb: nil))
    #expect(CommandLineRequest(["--help"]) == .help)
    #expect(CommandLineRequest(["-h"]) == .help)
    #expect(CommandLineRequest(["--version"]) == .version)
    #expect(CommandLineRequest(["migrate"], verbs: ["serve", "migrate"]) == .run(verb: "migrate"))
    #expect(CommandLineRequest(["migrate", "serve"], verbs: ["serve", "migrate"]) == .mistake("serve"))
  }

  @Test("the first that is not known is the mistake, wherever it stands")
  func unknown() {
    #expect(CommandLineRequest(["--help", "--port=1"]) == .mistake("--port=1"))
    #expect(CommandLineRequest(["x", "y"]) == .mistake("x"))
    #expect(CommandLineRequest([""]) == .mistake(""))
  }

  @Test("/proc/self/environ: values may hold =, be empty, or be missing")
  func environment() {
    let variables = ProcessSurroundings.variables(Array("A=1\0B=x=y\0C=\0D\0".utf8))
    #expect(variables == ["A": "1", "B": "x=y", "C": "", "D": ""])
    #expect(ProcessSurroundings.variables([]) == [:])
    #expect(ProcessSurroundings.environment()["PATH"] != nil)
  }
}
