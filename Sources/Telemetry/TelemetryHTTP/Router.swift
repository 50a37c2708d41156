import NIOHTTP1

/// Decides what answers a request. It does no IO.
struct Router: Sendable {
  enum Decision {
    case page(Page, PageRequest)
    case response(PageResponse)
  }

  private let pages: [String: Page]
  private let security: (any PageSecurity)?

  init(_ pages: [Page], security: (any PageSecurity)? = nil) {
    self.pages = Dictionary(pages.map { ($0.path, $0) }) { first, _ in first }
    self.security = security
  }

  func decide(_ head: HTTPRequestHead) -> Decision {
    // RFC 9112 §3.2: one Host, and HTTP/1.1 must have it.
    let hosts = head.headers["Host"].count
    guard hosts == 1 || (hosts == 0 && head.version == .http1_0) else {
      return .response(.text(400, "Bad Request: a request has one Host."))
    }
    guard let target = RequestTarget(head.uri) else {
      return .response(.text(400, "Bad Request: the target is no path."))
    }
    let isHead = head.method == .HEAD
    let fields = head.headers.map { (name: $0.name, value: $0.value) }
    let request = PageRequest(path: target.path, query: target.query, fields: fields, isHead: isHead)
    let found = find(target.path, head.method)
    guard let security else { return found.decision(for: request) }
    // Also what there is not: a stranger learns no paths.
    return .page(found.page(at: target.path).behind(security), request)
  }

  private enum Found {
    case page(Page)
    case nothing(PageResponse)

    func decision(for request: PageRequest) -> Decision {
      switch self {
      case .page(let page): .page(page, request)
      case .nothing(let response): .response(response)
      }
    }

    func page(at path: String) -> Page {
      switch self {
      case .page(let page): page
      case .nothing(let response): Page(path) { _ in response }
      }
    }
  }

  private func find(_ path: String, _ method: HTTPMethod) -> Found {
    guard let page = pages[path] else {
      return .nothing(.text(404, "Not Found: there is no page at this path; / lists those that are."))
    }
    guard method == .GET || method == .HEAD else {
      return .nothing(.text(405, "Method Not Allowed: use GET or HEAD.", fields: ["Allow": "GET, HEAD"]))
    }
    return .page(page)
  }
}
