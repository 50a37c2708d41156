import Glibc

/// A type's object identifier in `pg_type`, stable across servers. Source: PostgreSQL `pg_type.dat`.
package struct PostgresType: Sendable, Hashable {
  package let oid: UInt32

  package init(oid: UInt32) { self.oid = oid }

  /// The server takes the type from the place where the parameter stands.
  package static let inferred = PostgresType(oid: 0)
  package static let bool = PostgresType(oid: 16)
  package static let bytea = PostgresType(oid: 17)
  package static let int8 = PostgresType(oid: 20)
  package static let int2 = PostgresType(oid: 21)
  package static let int4 = PostgresType(oid: 23)
  package static let float8 = PostgresType(oid: 701)
  package static let int4Array = PostgresType(oid: 1007)
  package static let int8Array = PostgresType(oid: 1016)
  package static let float8Array = PostgresType(oid: 1022)
  package static let boolArray = PostgresType(oid: 1000)
}

/// A value that can be a parameter, in PostgreSQL's text format.
///
/// Text is sent without a type, so that it fits a `uuid`, `numeric`, `timestamptz` or enum column without a cast;
/// where nothing says the type (`unnest($1)`), the SQL needs a cast: `$1::text[]`.
package protocol PostgresEncodable: Sendable {
  static var postgresType: PostgresType { get }
  /// Nil is NULL.
  var postgresText: String? { get }
}

extension PostgresEncodable {
  package static var postgresType: PostgresType { .inferred }
}

extension String: PostgresEncodable {
  package var postgresText: String? { self }
}

extension Int: PostgresEncodable {
  package static var postgresType: PostgresType { .int8 }
  package var postgresText: String? { description }
}

extension Int64: PostgresEncodable {
  package static var postgresType: PostgresType { .int8 }
  package var postgresText: String? { description }
}

extension Int32: PostgresEncodable {
  package static var postgresType: PostgresType { .int4 }
  package var postgresText: String? { description }
}

extension Int16: PostgresEncodable {
  package static var postgresType: PostgresType { .int2 }
  package var postgresText: String? { description }
}

extension Bool: PostgresEncodable {
  package static var postgresType: PostgresType { .bool }
  package var postgresText: String? { self ? "t" : "f" }
}

extension Double: PostgresEncodable {
  package static var postgresType: PostgresType { .float8 }
  package var postgresText: String? { description }
}

extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
  package static var postgresType: PostgresType { Wrapped.postgresType }
  /// A closure, since in generic code a key path is made anew at each use: a tenth of what many movements cost us.
  package var postgresText: String? { flatMap { $0.postgresText } }
}

/// Parameters laid out as libpq wants them: zero-terminated texts, types and pointers.
struct EncodedParameters {
  let types: [PostgresType]
  private var texts: [CChar] = []
  /// Where each text starts; nil is NULL.
  private var offsets: [Int?] = []

  init(_ parameters: [any PostgresEncodable], statement: String) throws(PostgresError) {
    types = parameters.map { type(of: $0).postgresType }
    for (index, parameter) in parameters.enumerated() {
      guard var text = parameter.postgresText else {
        offsets.append(nil)
        continue
      }
      offsets.append(texts.count)
      let isWhole = text.withUTF8 { bytes in
        texts.append(contentsOf: UnsafeRawBufferPointer(bytes).bindMemory(to: CChar.self))
        return bytes.baseAddress.flatMap { memchr($0, 0, bytes.count) } == nil
      }
      texts.append(0)
      // libpq would silently cut the text there.
      guard isWhole else {
        throw PostgresError(
          .encoding, "parameter $\(index + 1) contains a zero byte, which PostgreSQL's text cannot hold",
          statement: statement)
      }
    }
  }

  var count: Int32 { Int32(types.count) }
  var oids: [UInt32] { types.map(\.oid) }

  func withPointers<R>(_ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> R) -> R {
    texts.withUnsafeBufferPointer { buffer in
      let pointers = offsets.map { offset in offset.flatMap { offset in buffer.baseAddress.map { $0 + offset } } }
      return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
    }
  }
}
