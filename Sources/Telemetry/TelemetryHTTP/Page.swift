import Compression
import Telemetry

/// An exact path and what answers there. A page cannot fail: what went wrong is what it says.
public struct Page: Sendable {
  /// With its slash in front and without a query; of two pages with one path the first answers.
  public let path: String
  /// What the landing page calls it; nil where it is not listed.
  public let title: String?
  let answer: @Sendable (PageRequest) async -> PageResponse

  /// The answer is made anew for each request, on the server's event loop, several at a time: it must not block there.
  public init(_ path: String, title: String? = nil, answer: @escaping @Sendable (PageRequest) async -> PageResponse) {
    self.path = path
    self.title = title
    self.answer = answer
  }

  /// The answer as this client gets it: in a coding that it takes, and with its length where it is known.
  /// - Throws: `CompressionError` where there is no memory to code it.
  public func respond(to request: PageRequest) async throws(CompressionError) -> PageResponse {
    try await answer(request).prepared(for: request)
  }

  /// Metrics in the format that the request's Accept header prefers.
  /// `render` gives the page's bytes in that format.
  public static func metrics(
    _ path: String = "/metrics",
    render: @escaping @Sendable (PageRequest, ExpositionFormat) async -> [UInt8]
  ) -> Page {
    Page(path, title: "Metrics") { request in
      let format = ExpositionFormat.negotiate(accept: request.header("Accept"))
      return PageResponse(
        contentType: format.contentType, body: await render(request, format), varies: "Accept")
    }
  }

  /// The same for a page that may be long: it is sent as it is made.
  /// `chunks` gives the page in that format; it is not asked for HEAD.
  public static func metrics(
    _ path: String = "/metrics",
    chunks: @escaping @Sendable (PageRequest, ExpositionFormat) async -> PageChunks
  ) -> Page {
    Page(path, title: "Metrics") { request in
      let format = ExpositionFormat.negotiate(accept: request.header("Accept"))
      let body = request.isHead ? PageChunks { nil } : await chunks(request, format)
      return PageResponse(contentType: format.contentType, body: .chunks(body), varies: "Accept")
    }
  }

  /// The process runs.
  public static let healthy = Page("/-/healthy", title: "Health") { _ in .text(200, "Healthy.") }

  /// The process answers scrapes. What it watches may well be down: saying so is its work.
  public static let ready = Page("/-/ready", title: "Readiness") { _ in .text(200, "Ready.") }

  /// What a person sees who opens the address in a browser.
  /// - Parameters:
  ///   - description: one line; empty for none.
  ///   - probe: the path of a page that takes `?target=`, which gets a form.
  public static func landing(
    name: String, version: String, description: String = "", linking pages: [Page], probe: String? = nil
  ) -> Page {
    let links = pages.compactMap { page in
      page.title.map { "<li><a href=\"\(escaped(page.path))\">\(escaped($0))</a></li>" }
    }
    let form = probe.map { path in
      """
      <form action="\(escaped(path))"><label>target:&nbsp;<input type="text" name="target" placeholder="host:port">\
      </label> <input type="submit" value="Probe"></form>

      """
    }
    let html = """
      <!DOCTYPE html>
      <html lang="en">
      <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">\
      <title>\(escaped(name))</title></head>
      <body><h1>\(escaped(name))</h1>
      \(description.isEmpty ? "" : "<p>\(escaped(description))</p>\n")<p>Version: \(escaped(version))</p>
      <ul>\(links.joined())</ul>
      \(form ?? "")</body>
      </html>

      """
    return Page("/") { _ in .html(html) }
  }

  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
  }
}
