import Testing

@testable import Yaml

@Suite("Strict access to YAML")
struct YamlAccessTests {
  private func value(_ text: String) throws -> YamlNode {
    try YamlDocument.parse("\n\n  k: \(text)\n").mapping(known: ["k"]).required("k")
  }

  @Test("an unknown key is named with its line and the known ones")
  func unknownKeys() throws {
    let root = try YamlDocument.parse("known: 1\n\nfoo: 2\n")
    let error = #expect(throws: YamlError.self) { try root.mapping(known: ["known", "other"]) }
    #expect(error?.description == "foo: clave desconocida; las conocidas son known, other, línea 3")
  }

  @Test("a missing key is named with the mapping's line")
  func missingKeys() throws {
    let root = try YamlDocument.parse("a:\n  b: 1\n").mapping()
    let error = #expect(throws: YamlError.self) { try root.required("a").mapping().required("c") }
    #expect(error?.description == "falta la clave c, línea 2")
  }

  @Test("truth values have YAML 1.1's words, and a quoted one is a text")
  func bools() throws {
    for text in ["true", "True", "yes", "on"] { #expect(try value(text).bool()) }
    for text in ["false", "NO", "off"] { #expect(try !value(text).bool()) }
    for text in ["'true'", "1", "y", "[true]"] { #expect(throws: YamlError.self) { try value(text).bool() } }
  }

  @Test("numbers are in their range and unquoted")
  func numbers() throws {
    #expect(try value("-3").integer(in: -5...5) == -3)
    #expect(try value("1.5").number() == 1.5)
    for text in ["6", "'1'", "1.0", "x", "99999999999999999999"] {
      #expect(throws: YamlError.self) { try value(text).integer(in: -5...5) }
    }
    for text in ["nan", "inf", "1e999", "'1'"] { #expect(throws: YamlError.self) { try value(text).number() } }
  }

  @Test("an error names the place of the value and not the value")
  func places() throws {
    let error = #expect(throws: YamlError.self) { try value("s3cret").integer(in: 0...1) }
    #expect(error?.description == "acá va un número entero de 0 a 1, línea 3, columna 6")
    #expect(throws: YamlError("acá va un texto", line: 3, column: 6)) { try value("[a]").string() }
    #expect(throws: YamlError("acá va una lista (- valor)", line: 3, column: 6)) { try value("a").sequence() }
    #expect(throws: YamlError("acá va un mapa (clave: valor)", line: 3, column: 6)) { try value("a").mapping() }
    #expect(throws: YamlError("acá va un par", line: 3, column: 6)) {
      try value("3").value("un par") { Int($0).flatMap { $0 % 2 == 0 ? $0 : nil } }
    }
  }

  @Test("a plain number or truth value is also a text, and nothing is an empty one")
  func strings() throws {
    #expect(try value("007").string() == "007")
    #expect(try value("'~'").string() == "~")
    #expect(try YamlDocument.parse("~").string() == "")
    #expect(try YamlDocument.parse("k:").mapping()["k"] == nil)
    #expect(try YamlDocument.parse("k: ''").mapping()["k"]?.string() == "")
  }
}
