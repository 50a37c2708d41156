import Runbooks
import Topology

/// The two books, as the files of the repository and as nginx' pages; each names the other.
struct RunbookLibrary {
  let stack: Stack

  struct Book {
    let title: String
    /// Below `observability/runbooks/`.
    let file: String
    /// Below `/runbooks/`.
    let page: String
    let source: String
    let document: Document
  }

  private func books() throws -> [Book] {
    let alerts = try RespondingToAlerts.document(for: stack)
    let dashboards = try DashboardTroubleshooting.document(for: stack)
    return [
      Book(
        title: alerts.title, file: "RESPONDING_TO_ALERTS.md", page: "index.html",
        source: "Sources/Monitoring/Alerts, en la sección runbook de cada alerta", document: alerts),
      Book(
        title: dashboards.title, file: "DASHBOARD_TROUBLESHOOTING.md", page: "tableros.html",
        source: "Sources/Monitoring/Runbooks/Troubles", document: dashboards),
    ]
  }

  /// Relative to `observability/`.
  func markdown() throws -> [RenderedFile] {
    let books = try books()
    return books.map { book in
      RenderedFile(
        path: "runbooks/\(book.file)",
        contents: MarkdownDocument(document: book.document, others: books.filter { $0.file != book.file }).text(
          header: Generated.header(from: book.source)))
    }
  }

  func pages() throws -> [RenderedFile] {
    let books = try books()
    return books.map { book in
      RenderedFile(
        path: "www/runbooks/\(book.page)",
        contents: HTMLDocument(document: book.document, others: books.filter { $0.page != book.page }).text())
    }
  }
}
