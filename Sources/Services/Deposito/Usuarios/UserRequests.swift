import Argon2
import ServiceKit

/// What a password has to be. Length is what makes it hard to guess; anything else makes it hard to remember.
enum PasswordRule {
  static let bytes = 12...PasswordHasher.maximumPasswordBytes
}

/// What a client sends to create a user.
struct UserDraft: Sendable {
  let name: String
  let password: String
  let role: Role

  init(reading fields: inout FieldReader) throws(Problem) {
    name = fields.text("usuario", length: 1...64)
    password = fields.secret("clave", bytes: PasswordRule.bytes)
    let role = fields.choice("rol", of: Role.self)
    if !name.isEmpty, !name.utf8.allSatisfy(Self.isAllowed) {
      fields.reject("usuario", "admite letras sin acento, dígitos y . _ @ -")
    }
    try fields.finish()
    guard let role else { throw .internalError }
    self.role = role
  }

  /// What stands in a path, in a log and in `usuario:NAME` as it is.
  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "@"),
      UInt8(ascii: "-"):
      true
    default: false
    }
  }

  static let schema = Schema.body(
    [
      "usuario": .text(1...64), "clave": .text(PasswordRule.bytes), "rol": .oneOf(Role.allCases.map(\.rawValue)),
    ], required: ["usuario", "clave", "rol"])
}

/// What a client sends to change one: what is not there stays.
struct UserChange: Sendable {
  let role: Role?
  let isActive: Bool?
  let password: String?

  init(role: Role? = nil, isActive: Bool? = nil, password: String? = nil) {
    self.role = role
    self.isActive = isActive
    self.password = password
  }

  init(reading fields: inout FieldReader) throws(Problem) {
    role = fields.optionalChoice("rol", of: Role.self)
    isActive = fields.optionalBoolean("activo")
    password = fields.optionalSecret("clave", bytes: PasswordRule.bytes)
    try fields.finish()
  }

  static let schema = Schema.body(
    [
      "rol": Schema.oneOf(Role.allCases.map(\.rawValue)), "activo": "boolean", "clave": .text(PasswordRule.bytes),
    ], required: [])
}
