/// A flag of the standard exporter that this one does not have. As long as it asks for nothing it is accepted, so that an
/// operator's command line need not change; where it asks for something it is refused with the reason, rather than passed
/// over in silence.
package struct AbsentFlag: Sendable {
  package let flag: Flag
  /// nil where nothing that it can say changes what an operator sees.
  let reason: String?

  /// - Parameters:
  ///   - defaultValue: what may be said, because it asks for nothing.
  ///   - reason: for the operator, in Spanish: why, and what to use instead; nil where any value is accepted.
  package init(
    _ name: String, _ form: Flag.Form = .value, default defaultValue: String = "", environment: [String] = [],
    because reason: String?
  ) {
    let help = reason.map { "No está: \($0)." } ?? "Se acepta y no cambia nada."
    flag = Flag(name, form, default: defaultValue, environment: environment, help)
    self.reason = reason
  }

  /// - Throws: for the first one that asks for something.
  package static func refuse(_ absent: [AbsentFlag], _ values: FlagValues) throws(FlagMistake) {
    for absent in absent {
      let flag = absent.flag
      let asks =
        flag.form == .toggle ? values.isOn(flag) : (values.text(flag) ?? "") != flag.defaultValue
      if asks, let reason = absent.reason { throw FlagMistake("--\(flag.name) no está: \(reason)") }
    }
  }
}
