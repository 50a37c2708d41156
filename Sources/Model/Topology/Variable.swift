/// A setting of the platform, as operators write it in `.env.production` or the environment (12-factor).
package struct Variable: Sendable, Hashable {
  package let name: String
  /// What holds when it is not set; nil where there is no such value.
  package let defaultValue: String?
  /// A secret never reaches a log, an error or a command line, and can come from the file that `NAME_FILE` names.
  package let isSecret: Bool
  /// For the operator, in Spanish.
  package let help: String
  /// Written into the template commented out: unset means something of its own.
  package let isOptional: Bool

  package init(
    _ name: String, default defaultValue: String? = nil, secret: Bool = false, optional: Bool = false, _ help: String
  ) {
    self.name = name
    self.defaultValue = defaultValue
    self.isSecret = secret
    self.isOptional = optional
    self.help = help
  }

  /// The variable that names a file with the value.
  package var fileVariableName: String { name + "_FILE" }
}
