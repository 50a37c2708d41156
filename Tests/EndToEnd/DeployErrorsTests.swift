import Foundation
import TestSupport
import Testing
import Topology

/// Bad input to `scripts/deploy.sh`: each is one line that says what to do, exit 1 (2 for a wrong command), and nothing
/// half-started.
@Suite struct DeployErrorsTests {
  static let wrongValues: [(variable: String, value: String, line: String)] = [
    ("DEPOSITO_PORT", "ocho mil", "no es un puerto"),
    ("NGINX_HTTP_PORT", "70000", "de 1 a 65535"),
    ("LOG_LEVEL", "verbose", "LOG_LEVEL=verbose no existe: usá trace, debug"),
    ("JWT_SECRET_KEY", "corta-y-secreta", "tiene 15 bytes y hacen falta 32 o más"),
    ("JWT_EXPIRY_HOURS", "0", "un número de horas"),
    ("JWT_EXPIRY_HOURS", "721", "de 1 a 720"),
    ("BIND_ADDRESS", "10.1.2.3", "usá 127.0.0.1 o 0.0.0.0"),
    ("SLACK_WEBHOOK_URL", "hooks.slack.com/secreta", "no es una dirección http:// o https://"),
    ("PUBLIC_URL", "tienda", "no es una dirección http:// o https://"),
    ("LOG_DIRECTORY", "logs", "no es una ruta absoluta"),
    ("CORS_ORIGINS", "https://a.com;https://b.com", "CORS_ORIGINS tiene comillas"),
    ("CORS_ORIGINS", "https://a.com, https://b.com/", "https://b.com/, que no es un origen"),
    ("CORS_ORIGINS", "*", "sin barra final y sin *"),
    ("CORS_ORIGINS", "a.com", "esquema://host[:puerto]"),
    ("JWT_SECRET_KEY_FILE", "/no/existe", "no se puede leer"),
    ("DATABASE_URL", "postgresql://u:secreta@h:5432/base", "MIGRATION_DATABASE_URL no: definila"),
    ("MIGRATION_DATABASE_URL", "postgresql://u:secreta@h:5432/base", "sin DATABASE_URL"),
    ("REDIS_URL", "http://:secreta@h:6379", "no tiene la forma redis://"),
    ("REDIS_URL", "redis://u:muy@secreta@h:6379", "se escriben %40"),
  ]

  /// In a mount namespace of its own, PostgreSQL is not there; then as a user who may neither install nor `sudo`.
  @Test func packageMissingWithoutRoot() async throws {
    let clone = try await CloneUnderTest()
    let hide = #"mount -t tmpfs none /usr/lib/postgresql && exec "$@""#
    let unprivileged = UnprivilegedUser.prefix.isEmpty ? ["/usr/bin/unshare", "-U"] : UnprivilegedUser.prefix
    let flags = UnprivilegedUser.prefix.isEmpty ? "-rm" : "-m"
    let answer = try await clone.deploy(
      ["--up", "--state-dir", clone.state, "--bin-dir", clone.directory.file("bin")],
      through: ["/usr/bin/unshare", flags, "/bin/sh", "-c", hide, "sh"] + unprivileged)
    #expect(answer.status == 1)
    #expect(answer.errors.count == 1, "\(answer.errors)")
    let line = try #require(answer.errors.first)
    #expect(line.contains("install-packages.sh postgresql-15"), "\(line)")
    #expect(line.contains("apt-get install --no-install-recommends postgresql-15"), "\(line)")
    #expect(!FileManager.default.fileExists(atPath: clone.state))
  }

  @Test(arguments: wrongValues)
  func wrongValue(_ wrong: (variable: String, value: String, line: String)) async throws {
    let clone = try await CloneUnderTest()
    let answer = try await clone.up([wrong.variable: wrong.value])
    #expect(answer.status == 1)
    #expect(answer.errors.count == 1, "\(answer.errors)")
    let line = try #require(answer.errors.first)
    #expect(line.hasPrefix("Error: ") && line.contains(wrong.variable) && line.contains(wrong.line), "\(line)")
    #expect(!line.contains("secreta"))
    #expect(!FileManager.default.fileExists(atPath: clone.state))
  }

  @Test func everyWrongValueAtOnce() async throws {
    let answer = try await CloneUnderTest().up(["LOG_LEVEL": "x", "DEPOSITO_PORT": "x", "DATABASE_URL": "mysql://x"])
    #expect(answer.status == 1)
    // The last one: its migration address is missing as well.
    #expect(answer.errors.count == 4, "\(answer.errors)")
  }

  @Test func goodValuesAreNotRefused() async throws {
    let url = "postgresql://u:secreta@h:5432/base?sslmode=verify-full&sslrootcert=/etc/ca.pem"
    let answer = try await CloneUnderTest().up([
      "DATABASE_URL": url, "MIGRATION_DATABASE_URL": url, "REDIS_URL": "rediss://u:secret%40@h:6380/1",
      "JWT_EXPIRY_HOURS": "720",
      "CORS_ORIGINS": "https://a.com, http://localhost:3000,http://[::1]:80,", "BIND_ADDRESS": "no",
    ])
    #expect(answer.errors.count == 1 && answer.errors[0].contains("BIND_ADDRESS"), "\(answer.errors)")
  }

  /// `df` is a shell function here, which bash takes before what is on PATH.
  @Test(arguments: [
    (499, true, "Quedan 499 MB libres en el disco de"), (3_071, false, "compilar necesita 3072: liberá espacio, o usá"),
  ])
  func fullDisk(_ mebibytes: Int, _ isBuilt: Bool, _ text: String) async throws {
    let clone = try await CloneUnderTest()
    let functions = try clone.directory.write("df() { printf 'Avail\\n%s\\n' \(mebibytes)M; }\n", to: "functions.sh")
    let arguments = ["--up", "--state-dir", clone.state] + (isBuilt ? ["--bin-dir", clone.directory.file("bin")] : [])
    let answer = try await clone.deploy(arguments, ["BASH_ENV": functions])
    #expect(answer.status == 1)
    #expect(answer.errors.count == 1 && answer.errors[0].contains(text), "\(answer.errors)")
    #expect(!FileManager.default.fileExists(atPath: clone.state))
  }

  @Test func onePortTwice() async throws {
    let clone = try await CloneUnderTest()
    let port = try #require(clone.ports["DEPOSITO_PORT"])
    let answer = try await clone.up(["PROMETHEUS_PORT": "\(port)"])
    #expect(answer.status == 1)
    #expect(answer.errors.count == 1 && answer.errors[0].contains("el mismo puerto, \(port)"), "\(answer.errors)")
  }

  @Test(arguments: [
    ["--demo"], ["--scale", "agente-deposito=2"], ["--backup"], ["--up", "--down"], ["--up", "--volumes"],
    ["--state-dir"], ["--up", "--engine", "otro"], [],
  ])
  func wrongCommand(_ arguments: [String]) async throws {
    let answer = try await CloneUnderTest().deploy(arguments)
    #expect(answer.status == 2)
    #expect(answer.errors.count == 1 && answer.errors[0].contains("--help"), "\(answer.errors)")
  }

  @Test func helpListsWhatExists() async throws {
    let answer = try await CloneUnderTest().deploy(["--help"])
    #expect(answer.status == 0 && answer.errors.isEmpty)
    for verb in ["--check", "--build", "--up", "--status", "--logs", "--restart", "--down", "--bin-dir"] {
      #expect(answer.output.contains(verb))
    }
    for verb in ["--demo", "--scale", "--backup", "--restore"] { #expect(!answer.output.contains(verb)) }
  }

  @Test func dockerIsNotThereYet() async throws {
    let answer = try await CloneUnderTest().deploy(["--up", "--engine", "docker"])
    #expect(answer.status == 1)
    #expect(answer.errors.count == 1 && answer.errors[0].contains("--engine local"), "\(answer.errors)")
  }

  @Test func busyPort() async throws {
    let clone = try await CloneUnderTest()
    let (descriptor, port) = try FreePorts.listening()
    defer { close(descriptor) }
    let answer = try await clone.up(["PROMETHEUS_PORT": "\(port)"])
    #expect(answer.status == 1)
    #expect(answer.errors.count == 1, "\(answer.errors)")
    let line = try #require(answer.errors.first)
    #expect(line.contains("\(port) de prometheus está ocupado") && line.contains("PROMETHEUS_PORT"), "\(line)")
    #expect(!FileManager.default.fileExists(atPath: clone.state + "/run/supervisord.pid"))
  }
}
