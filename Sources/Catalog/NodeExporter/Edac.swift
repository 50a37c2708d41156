import MetricModel

extension Host {
  /// Errors that memory controllers found.
  package enum Edac {
    package enum ControllerKey: LabelKey { package static let name = "controller" }
    package typealias Controller = OpenValue<ControllerKey>
    package enum RowKey: LabelKey { package static let name = "csrow" }
    package typealias Row = Pair<Controller, OpenValue<RowKey>>

    package static let correctable = Family<Counter, Controller>(
      "node_edac_correctable_errors_total", "Total correctable memory errors.", use: parity)
    package static let uncorrectable = Family<Counter, Controller>(
      "node_edac_uncorrectable_errors_total", "Total uncorrectable memory errors.", use: parity)
    package static let rowCorrectable = Family<Counter, Row>(
      "node_edac_csrow_correctable_errors_total", "Total correctable memory errors for this csrow.", use: parity)
    package static let rowUncorrectable = Family<Counter, Row>(
      "node_edac_csrow_uncorrectable_errors_total", "Total uncorrectable memory errors for this csrow.", use: parity)

    package static let all: [FamilyDescriptor] = [
      correctable.descriptor, uncorrectable.descriptor, rowCorrectable.descriptor, rowUncorrectable.descriptor,
    ]
  }
}
