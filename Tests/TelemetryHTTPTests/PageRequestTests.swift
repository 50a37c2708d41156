import TelemetryHTTP
import Testing

/// https://url.spec.whatwg.org/#urlencoded-parsing
@Suite("PageRequest")
struct PageRequestTests {
  private func items(_ query: String) -> [String] {
    PageRequest(path: "/", query: query).queryItems.map { "\($0.name)→\($0.value)" }
  }

  @Test(
    "a query's items in their order",
    arguments: [
      ("", []), ("a=1", ["a→1"]), ("a=1&b=2&a=3", ["a→1", "b→2", "a→3"]), ("a", ["a→"]), ("a=", ["a→"]), ("=1", ["→1"]),
      ("&&a=1&", ["a→1"]), ("a=b=c", ["a→b=c"]), ("collect[]=cpu&collect%5B%5D=x", ["collect[]→cpu", "collect[]→x"]),
      ("target=redis%3A%2F%2Fh%3A6379", ["target→redis://h:6379"]), ("a=b+c%20d", ["a→b c d"]), ("a=%C3%B1", ["a→ñ"]),
    ])
  func decoding(_ query: String, _ expected: [String]) { #expect(items(query) == expected) }

  @Test(
    "what is no escape stands for itself, and bytes that are no UTF-8 are replaced",
    arguments: [
      ("a=%", ["a→%"]), ("a=%4", ["a→%4"]), ("a=%zz", ["a→%zz"]), ("a=%FF", ["a→\u{FFFD}"]), ("a=%00", ["a→\0"]),
    ])
  func malformed(_ query: String, _ expected: [String]) { #expect(items(query) == expected) }

  @Test("header fields in any case, several joined")
  func headers() {
    let request = PageRequest(path: "/", fields: [(name: "Accept", value: "a"), (name: "ACCEPT", value: "b")])
    #expect(request.header("accept") == "a, b")
    #expect(request.header("Host") == nil)
  }
}
