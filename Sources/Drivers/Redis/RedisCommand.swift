import CHiredis

/// A command as hiredis formats it: bytes that can be sent as often as wanted. Printed, it shows its name alone.
package struct RedisCommand: Sendable, CustomStringConvertible {
  /// For errors and metrics; never an argument that may be secret.
  package let name: String
  let encoded: [UInt8]

  package var description: String { name }

  /// - Parameters:
  ///   - words: the command and its arguments; any bytes of UTF-8.
  ///   - name: by default the command's first word.
  package init(_ words: [String], name: String? = nil) {
    self.init(words.map { Array($0.utf8) }, name: name ?? words.first ?? "")
  }

  package init(_ words: String..., name: String? = nil) { self.init(words, name: name) }

  /// - Parameter arguments: the command and its arguments, any bytes.
  package init(_ arguments: [[UInt8]], name: String) {
    self.name = name
    encoded = Self.format(arguments)
  }

  private static func format(_ arguments: [[UInt8]]) -> [UInt8] {
    let lengths = arguments.map(\.count)
    let text = arguments.flatMap { $0 }
    var formatted: UnsafeMutablePointer<CChar>?
    let length = text.withUnsafeBytes { buffer in
      let empty = UnsafePointer<CChar>(bitPattern: 1)
      var position = 0
      var pointers = lengths.map { length in
        defer { position += length }
        return buffer.baseAddress.map { ($0 + position).assumingMemoryBound(to: CChar.self) } ?? empty
      }
      return redisFormatCommandArgv(&formatted, Int32(lengths.count), &pointers, lengths)
    }
    defer { redisFreeCommand(formatted) }
    // Only a lack of memory lets hiredis fail here.
    guard length > 0, let formatted else { return [] }
    return Array(UnsafeRawBufferPointer(start: formatted, count: Int(length)))
  }
}

/// Commands whose replies are wanted together.
package struct CommandGroup: Sendable {
  package let commands: [RedisCommand]
  let limit: Duration?

  /// nil without a command, whose reply would never come.
  /// - Parameter limit: how long the server may take, once it has answered what was sent before.
  package init?(_ commands: [RedisCommand], limit: Duration?) {
    guard !commands.isEmpty else { return nil }
    self.commands = commands
    self.limit = limit
  }
}
