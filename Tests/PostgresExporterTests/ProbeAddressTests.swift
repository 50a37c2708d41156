import Testing

@testable import PostgresExporter

@Suite("Addresses of probes")
struct ProbeAddressTests {
  @Test(
    "host, port and database",
    arguments: [
      ("db.example", "db.example:5432/"), ("DB.Example:6000", "db.example:6000/"), ("h:1/app", "h:1/app"),
      ("postgresql://h/app", "h:5432/app"), ("postgres://10.0.0.1:5432", "10.0.0.1:5432/"), ("[::1]:7/x", "::1:7/x"),
      ("h/", "h:5432/"),
    ])
  func accepted(_ text: String, _ expected: String) { #expect(ProbeAddress(text)?.description == expected) }

  @Test(
    "anything else is refused",
    arguments: [
      "", ":5432", "u:p@h", "u@h:5432/d", "h1,h2", "h:0", "h:70000", "h:", "h:1:2", "h/d?sslmode=disable",
      "h/d?hostaddr=10.0.0.1", "host=h port=1", "h/d/e", "/var/run/postgresql", "@abstract", "h%2F", "h d", "h\n",
      "http://h", "*", "h*", "[::1", "[x]:1", "h:+1", "postgresql://postgresql://h", "hö",
    ])
  func refused(_ text: String) { #expect(ProbeAddress(text) == nil) }

  @Test("too long is refused")
  func long() { #expect(ProbeAddress(String(repeating: "a", count: ProbeAddress.maximumBytes + 1)) == nil) }

  @Test(
    "a pattern allows what its parts match",
    arguments: [
      ("db1", "db1", true), ("db1", "DB1:5432/any", true), ("db1", "db1:5433", false), ("db1", "db11", false),
      ("db*.example", "db7.example:5432", true), ("db*.example", "db.evil/x.example", false),
      ("*.example", "a.b.example", true), ("*.example", "example", false), ("*.example", "a.example.evil", false),
      ("h:*", "h:9999", true), ("h:*/app", "h:9999/app", true), ("h/app", "h", false), ("h/app*", "h/app_2", true),
      ("h/app", "h/application", false), ("*a*b*.x", "aab.x", true), ("*a*b*.x", "ba.x", false),
    ])
  func patterns(_ pattern: String, _ address: String, _ isAllowed: Bool) throws {
    let address = ProbeAddress(address)
    #expect((address.flatMap { ProbePattern(pattern)?.allows($0) } ?? false) == isAllowed)
  }

  @Test("a pattern that any host would match is none", arguments: ["*", "**", "*:5432/app", "", "u@*", "*,x"])
  func tooMuch(_ pattern: String) { #expect(ProbePattern(pattern) == nil) }
}
