import MetricModel

/// What agente-negocio will say of the invoices that it reads.
package enum OCR {
  package static let duration = Family<Histogram, NoLabels>(
    "ocr_processing_duration_seconds", "Time to read an invoice, from its bytes to its fields.", unit: .seconds,
    bounds: [0.1, 0.25, 0.5, 1, 2, 4, 6, 8, 12, 20, 30, 60], use: .notYetExported)
  package static let timeouts = Family<Counter, NoLabels>(
    "ocr_timeout_events_total", "Invoices given up because they took longer than their limit.", use: .notYetExported)
  package static let errors = Family<Counter, OCRErrorReason>(
    "ocr_errors_total", "Invoices that could not be read, by reason.", use: .notYetExported)

  package static let all = [duration.descriptor, timeouts.descriptor, errors.descriptor]
}

package enum OCRErrorReason: ClosedLabel {
  /// Not a document of a format that is read.
  case format
  /// Larger than its limit, or more pages.
  case size
  /// A worker that ended without an answer.
  case crash
  /// No text where an invoice has some.
  case unreadable
  package static let labelName = "reason"
  @inlinable package static var count: Int { 4 }
}
