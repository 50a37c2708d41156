import Foundation
import TestSupport
import Testing
import Topology

/// What `scripts/deploy.sh` says of a state directory or a `.env.production` that it cannot use.
@Suite struct DeployStateTests {
  @Test(arguments: ["--up", "--status", "--down", "--restart", "--logs", "--build"])
  func otherVersion(_ verb: String) async throws {
    let clone = try await CloneUnderTest()
    try clone.directory.makeDirectory("state")
    _ = try clone.directory.write("999\n", to: "state/VERSION")
    let answer = try await clone.deploy([verb, "--state-dir", clone.state])
    #expect(answer.status == 1)
    let line = try #require(answer.errors.first)
    #expect(
      answer.errors.count == 1 && line.contains("es de la versión 999 y este clon usa la \(Platform.stateVersion)"),
      "\(answer.errors)")
  }

  @Test func somebodyElsesDirectory() async throws {
    let clone = try await CloneUnderTest()
    try clone.directory.makeDirectory("state")
    _ = try clone.directory.write("", to: "state/recetas.txt")
    let answer = try await clone.up()
    #expect(answer.status == 1)
    #expect(answer.errors.count == 1 && answer.errors[0].contains("no es un estado de MiniMarket"), "\(answer.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: clone.state) == ["recetas.txt"])
  }

  @Test func noDirectoryAtAll() async throws {
    let clone = try await CloneUnderTest()
    _ = try clone.directory.write("", to: "archivo")
    for (state, text) in [("archivo", "no es un directorio"), ("archivo/x", "No se puede crear"), ("a b", "espacios")] {
      let answer = try await clone.up(state: clone.directory.file(state))
      #expect(answer.status == 1)
      #expect(answer.errors.count == 1 && answer.errors[0].contains(text), "\(answer.errors)")
    }
  }

  @Test func anotherDeployment() async throws {
    let clone = try await CloneUnderTest()
    try clone.directory.makeDirectory("state/run")
    _ = try clone.directory.write("\(Platform.stateVersion)\n", to: "state/VERSION")
    let lock = open(try clone.directory.write("", to: "state/run/lock"), O_RDWR | O_CLOEXEC)
    defer { close(lock) }
    try #require(flock(lock, LOCK_EX) == 0)
    let answer = try await clone.up()
    #expect(answer.status == 1)
    #expect(answer.errors.count == 1 && answer.errors[0].contains("Otro deploy.sh"), "\(answer.errors)")
  }

  @Test func nothingDeployed() async throws {
    let clone = try await CloneUnderTest()
    for verb in ["--status", "--logs", "--restart"] {
      let answer = try await clone.deploy([verb, "--state-dir", clone.state])
      #expect(answer.status == 1)
      #expect(answer.errors.count == 1 && answer.errors[0].contains("--up"), "\(answer.errors)")
    }
    // It is not running: what was asked for is true.
    #expect(try await clone.deploy(["--down", "--state-dir", clone.state]).status == 0)
    #expect(!FileManager.default.fileExists(atPath: clone.state))
  }

  @Test func deletionWantsAnAnswer() async throws {
    let clone = try await CloneUnderTest()
    try clone.directory.makeDirectory("state/data")
    _ = try clone.directory.write("\(Platform.stateVersion)\n", to: "state/VERSION")
    let asked = try await clone.deploy(["--down", "--volumes", "--state-dir", clone.state])
    #expect(asked.status == 1)
    #expect(asked.errors.count == 1 && asked.errors[0].contains("--yes"), "\(asked.errors)")
    #expect(FileManager.default.fileExists(atPath: clone.state + "/data"))
    #expect(try await clone.deploy(["--down", "--volumes", "--yes", "--state-dir", clone.state]).status == 0)
    #expect(!FileManager.default.fileExists(atPath: clone.state))
  }

  @Test(arguments: [
    ("LOG_LEVEL=info\nJWT_SECRET_KEY secreta\n", "línea 2: no tiene la forma NOMBRE=valor"),
    ("JWT_SECRET_KEY=\"secreta\n", "línea 1: las comillas de JWT_SECRET_KEY no cierran"),
    ("LOG_LEVEL='info' debug\n", "línea 1: las comillas de LOG_LEVEL no cierran"),
  ])
  func malformedEnvironment(_ text: String, _ expected: String) async throws {
    let clone = try await CloneUnderTest()
    try clone.writeEnvironment(text)
    let answer = try await clone.up()
    #expect(answer.status == 1)
    #expect(answer.errors.count == 1 && answer.errors[0].contains(expected), "\(answer.errors)")
    #expect(!answer.errors[0].contains("secreta"))
  }

  @Test func environmentIsData() async throws {
    let clone = try await CloneUnderTest()
    let trap = clone.directory.file("executed")
    try clone.writeEnvironment("LOG_LEVEL=$(touch \(trap))\n")
    let answer = try await clone.up()
    #expect(answer.status == 1 && answer.errors.count == 1, "\(answer.errors)")
    #expect(!FileManager.default.fileExists(atPath: trap))
  }

  @Test func processEnvironmentWins() async throws {
    let clone = try await CloneUnderTest()
    try clone.writeEnvironment(
      "# comentario\r\n\r\nexport LOG_LEVEL=verbose # mal\r\nFOO=1\nJWT_EXPIRY_HOURS='8' # bien\n")
    let wrong = try await clone.up()
    #expect(wrong.errors.last?.contains("LOG_LEVEL=verbose") == true, "\(wrong.errors)")
    // It gets further, to the next mistake; the unknown name is said, not refused.
    let right = try await clone.up(["LOG_LEVEL": "DEBUG", "BIND_ADDRESS": "no"])
    #expect(right.errors.count == 2, "\(right.errors)")
    #expect(right.errors.first?.contains("línea 4: FOO no es una variable") == true)
    #expect(right.errors.last?.contains("BIND_ADDRESS") == true)
  }
}
