import NIOHTTP1

/// Decides what answers a request. It does no IO.
struct Router: Sendable {
  enum Decision {
    case page(Page, PageRequest)
    case response(PageResponse, allow: String? = nil)
  }

  private let pages: [String: Page]

  init(_ pages: [Page]) { self.pages = Dictionary(pages.map { ($0.path, $0) }) { first, _ in first } }

  func decide(_ head: HTTPRequestHead) -> Decision {
    // RFC 9112 §3.2: one Host, and HTTP/1.1 must have it.
    let hosts = head.headers["Host"].count
    guard hosts == 1 || (hosts == 0 && head.version == .http1_0) else {
      return .response(.text(400, "Bad Request: a request has one Host."))
    }
    guard let target = RequestTarget(head.uri) else {
      return .response(.text(400, "Bad Request: the target is no path."))
    }
    guard let page = pages[target.path] else {
      return .response(.text(404, "Not Found: there is no page at this path; / lists those that are."))
    }
    guard head.method == .GET || head.method == .HEAD else {
      return .response(.text(405, "Method Not Allowed: use GET or HEAD."), allow: "GET, HEAD")
    }
    let fields = head.headers.map { (name: $0.name, value: $0.value) }
    let isHead = head.method == .HEAD
    return .page(page, PageRequest(path: target.path, query: target.query, fields: fields, isHead: isHead))
  }
}
