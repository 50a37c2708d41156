/// A command-line flag as a complete value: how it is spelt, what it means, and where else its value may come from.
/// Names, defaults and environment variables are the standard exporter's where it has the flag.
package struct Flag: Sendable, Hashable {
  package enum Form: Sendable, Hashable {
    /// `--name=VALUE` or `--name VALUE`; the last one counts.
    case value
    /// The same, as often as wanted; each counts.
    case list
    /// `--name` or `--no-name`.
    case toggle
  }

  /// Without dashes.
  package let name: String
  package let form: Form
  /// What stands in `--help` for the value, for example `DIR`.
  package let placeholder: String
  /// Where nothing is said; a toggle's is `true` or `false`. Empty counts as not there.
  package let defaultValue: String
  /// Read where the command line does not say, in this order.
  package let environment: [String]
  /// Not shown by `--help` with its value, and never logged.
  package let isSecret: Bool
  /// For the operator, in Spanish.
  package let help: String

  package init(
    _ name: String, _ form: Form = .value, placeholder: String = "VALOR", default defaultValue: String = "",
    environment: [String] = [], secret: Bool = false, _ help: String
  ) {
    self.name = name
    self.form = form
    self.placeholder = placeholder
    self.defaultValue = form == .toggle && defaultValue.isEmpty ? "false" : defaultValue
    self.environment = environment
    isSecret = secret
    self.help = help
  }

  /// By the name.
  package static func == (a: Self, b: Self) -> Bool { a.name == b.name }
  /// By the name.
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
