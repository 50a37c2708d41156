/// What must not be written where, and what is written instead.
struct Ban: Sendable, CustomStringConvertible {
  enum Scope: Sendable {
    /// Swift without comments and strings.
    case code
    /// All of a file.
    case text
  }

  let description: String
  let pattern: String
  let instead: String
  let scope: Scope
  let inside: [String]
  let except: [String]
  /// Must be reported at `canaryPath`, and only there.
  let canary: String
  let canaryPath: String
  /// Looks like it and must not be.
  let innocent: String

  init(
    _ description: String, _ pattern: String, instead: String, scope: Scope = .code, inside: [String],
    except: [String] = [], canary: String, at canaryPath: String, innocent: String
  ) {
    self.description = description
    self.pattern = pattern
    self.instead = instead
    self.scope = scope
    self.inside = inside
    self.except = except
    self.canary = canary
    self.canaryPath = canaryPath
    self.innocent = innocent
  }

  func problems(in file: SourceFile) -> [String] {
    guard file.isInside(inside), !file.isInside(except), scope == .text || file.isSwift else { return [] }
    let text = scope == .code ? file.code : file.text
    return text.matches(pattern).map { match in
      let found = match.groups[0].split(separator: "\n").joined(separator: " ")
      return "\(file.path):\(text.line(at: match.offset)): \(found): instead, \(instead)"
    }
  }
}

extension Ban {
  private static let swift = ["Sources", "Tests", "Benchmarks"]
  private static let light = [
    "Sources/Exporters", "Sources/Drivers", "Sources/Telemetry", "Sources/Model", "Sources/Catalog",
  ]
  private static let everything = [
    "Sources", "Tests", "Benchmarks", "scripts", "deploy", ".ci", "docs", "Package.swift", "README.md",
    "CONTRIBUTING.md", "CHANGELOG.md",
  ]
  /// The rules' own canaries.
  private static let ownCanaries = ["Tests/Tidy"]

  static let all = imports + crashes + habits + words

  private static let imports = [
    Ban(
      "no Foundation where memory counts", #"\bimport\s+(?:(?:struct|class|enum|func)\s+)?Foundation\w*"#,
      instead: "Glibc, Synchronization or a function of ours: Foundation costs an exporter its memory bar",
      inside: light, canary: "internal import FoundationEssentials\n", at: "Sources/Exporters/A/B.swift",
      innocent: "import Glibc\n// import Foundation\n"),
    Ban(
      "no web framework below the services", #"\bimport\s+(?:Hummingbird|AsyncHTTPClient)\w*"#,
      instead: "TelemetryHTTP, or bare SwiftNIO", inside: light, canary: "import HummingbirdCore\n",
      at: "Sources/Exporters/A/B.swift", innocent: "let hummingbird = 1\n"),
    Ban(
      "no NIO in the telemetry core", #"\bimport\s+NIO\w*"#,
      instead: "threads and atomics here; sockets in TelemetryHTTP",
      inside: ["Sources/Telemetry/Telemetry", "Sources/Telemetry/ProcessTelemetry"], canary: "import NIOCore\n",
      at: "Sources/Telemetry/Telemetry/A.swift", innocent: "import Logging\n"),
    Ban(
      "Swift Testing alone", #"\bimport\s+XCTest\b|\bXCT[A-Z]\w+"#, instead: "import Testing, #expect and #require",
      inside: ["Tests"], canary: "import XCTest\n", at: "Tests/A/B.swift", innocent: "import Testing\n"),
  ]

  private static let crashes = [
    Ban(
      "no force unwrap", #"(?<=[\w)\]}"])(?<!\btry)(?<!\bas)!(?![=])"#,
      instead: "guard let, ?? or, in a test, try #require", inside: swift, canary: "let a = b.first!\n",
      at: "Sources/A/B.swift", innocent: "if a != b, !c, d! != e { }\n".replacing("d! != e", with: "\"d!\" != e")),
    Ban(
      "no try!", #"\btry!"#, instead: "try, in a function that throws", inside: swift, canary: "let a = try! b()\n",
      at: "Tests/A/B.swift", innocent: "let a = try? b() // try!\n"),
    Ban(
      "no as!", #"\bas!"#, instead: "as?, and say what is wrong", inside: swift, canary: "let a = b as! C\n",
      at: "Sources/A/B.swift", innocent: "let a = b as? C\n"),
    Ban(
      "no fatalError", #"\b(?:fatalError|assertionFailure)\("#,
      instead: "an error, or a type that cannot hold the wrong value", inside: swift, canary: "fatalError()\n",
      at: "Sources/A/B.swift", innocent: "let fatalErrors = 0\n"),
  ]

  private static let habits = [
    Ban(
      "no print", #"(?<![\w.])(?<!func )(?:print|debugPrint|dump)\("#,
      instead: "the logger; output for people is the CLI's",
      inside: ["Sources"], except: ["Sources/Monitoring/CLI"], canary: "  print(1)\n", at: "Sources/A/B.swift",
      innocent: "printer.print(1)\nsprint(2)\nstatic func print(_ a: Int)\n"),
    Ban(
      "no sleeping thread", #"^(?!.*\bBlockingCall\().*?(?:\bThread\.sleep\b|(?<![\w.])(?:sleep|usleep|nanosleep)\()"#,
      instead: "Task.sleep, waiting for the event itself, or a BlockingCall on a thread of its own", inside: swift,
      canary: "Thread.sleep(forTimeInterval: 1)\n",
      at: "Tests/A/B.swift",
      innocent: "try await Task.sleep(for: .seconds(1))\nBlockingCall(on: threads) { usleep(1) }\n"),
    Ban(
      "every test runs and can fail", #"\.disabled\(|\.enabled\(if|#expect\(true\)|\bXCTSkip\b|\bwithKnownIssue\b"#,
      instead: "a test that runs everywhere, or none", inside: ["Tests"], canary: "@Test(.disabled()) func a() {}\n",
      at: "Tests/A/B.swift", innocent: "@Test(.timeLimit(.minutes(1))) func a() {}\n"),
  ]

  private static let words = [
    Ban(
      "nothing unfinished", #"\b(?:TODO|FIXME|XXX|HACK)\b|\b[Ff]or now\b|\b[Nn]ot (?:yet )?implemented\b"#,
      instead: "finish it, or say it in an issue", scope: .text, inside: everything, except: ownCanaries,
      canary: "// TODO: later\n", at: "Sources/A/B.swift",
      innocent: "// todo el mundo, mkdtemp(\"a-XXXXXX\"), before nowadays\n"),
    Ban(
      "no path of one machine", #"(?<![\w.}])/(?:(?:work|farm|root)/|home/\w|Users/\w|tmp/[a-z]+/)"#,
      instead: "a path relative to the repository, or mktemp", scope: .text, inside: everything, except: ownCanaries,
      canary: "let a = \"/home/ana/minimarket\"\n", at: "Sources/A/B.swift",
      innocent: "https://example.org/work/a ./root/b\n"),
  ]
}
