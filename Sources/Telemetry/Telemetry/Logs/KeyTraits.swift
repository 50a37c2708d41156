/// What is to be done with the metadata of a key.
struct KeyTraits: OptionSet {
  let rawValue: UInt8
  /// Nothing in the key itself has to be escaped or taken out.
  static let plain = KeyTraits(rawValue: 1)
  /// The line has a field of that name.
  static let reserved = KeyTraits(rawValue: 2)
  /// The value is a secret.
  static let secret = KeyTraits(rawValue: 4)
  /// The value is an identifier of a trace, in which digits are no card's.
  static let identifier = KeyTraits(rawValue: 8)

  static let all = KeyTraits(rawValue: 15)

  private static let reservedNames: Set<String> = ["time", "level", "service", "logger", "message", "error"]
  private static let identifierNames: Set<String> = ["trace_id", "span_id"]
  /// In front of a key that has a field's name, or that begins with this.
  static let prefix = "metadata."

  init(rawValue: UInt8) { self.rawValue = rawValue }

  init(of key: UnsafeBufferPointer<UInt8>) {
    self = []
    let text = String(decoding: key, as: UTF8.self)
    let found = ByteClass.of(key)
    if !found.contains(.escaped), Redaction.redacted(key, found) == nil { insert(.plain) }
    if Self.reservedNames.contains(text) || text.hasPrefix(Self.prefix) { insert(.reserved) }
    if SecretNames.isSecret(key) { insert(.secret) }
    if Self.identifierNames.contains(text) { insert(.identifier) }
  }
}

/// The traits of keys that were seen: a process has few, and each is looked at once.
enum KeyTraitsCache {
  private static let cellCount = 1_024
  private static let cells = AtomicTable(count: cellCount)

  /// A cell holds a hash, with the traits in place of its lowest bits. Another key of the same 60 bits would get the
  /// wrong traits: the seed is the process' own, so that nobody can look for one.
  @inline(__always) static func traits(of key: UnsafeBufferPointer<UInt8>) -> KeyTraits {
    let hash = TextHash.of(key)
    let index = Int(truncatingIfNeeded: (hash >> 32) & UInt64(cellCount - 1))
    let cell = cells.load(at: index)
    if cell ^ hash <= UInt64(KeyTraits.all.rawValue), cell != 0 {
      return KeyTraits(rawValue: UInt8(truncatingIfNeeded: cell) & KeyTraits.all.rawValue)
    }
    return learn(key, hash, index)
  }

  @inline(never) private static func learn(_ key: UnsafeBufferPointer<UInt8>, _ hash: UInt64, _ index: Int) -> KeyTraits
  {
    let traits = KeyTraits(of: key)
    cells.store(hash & ~UInt64(KeyTraits.all.rawValue) | UInt64(traits.rawValue), at: index)
    return traits
  }
}

/// A hash of 64 bits for tables of the process' own: eight bytes a step.
enum TextHash {
  private static let seed = UInt64.random(in: 0...UInt64.max)
  private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15
  private static let stepBytes = 8

  @inline(__always) static func of(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    let bytes = UnsafeRawBufferPointer(text)
    var hash = mix(seed, UInt64(truncatingIfNeeded: bytes.count))
    var offset = 0
    while offset + stepBytes <= bytes.count {
      hash = mix(hash, bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset += stepBytes
    }
    // The last bytes, some of them perhaps once more.
    let rest: UInt64 =
      if bytes.count >= stepBytes {
        bytes.loadUnaligned(fromByteOffset: bytes.count &- stepBytes, as: UInt64.self)
      } else if bytes.count >= 4 {
        UInt64(bytes.loadUnaligned(fromByteOffset: 0, as: UInt32.self)) << 32
          | UInt64(bytes.loadUnaligned(fromByteOffset: bytes.count &- 4, as: UInt32.self))
      } else {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
      }
    return mix(hash, rest)
  }

  @inline(__always) static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let product = (hash ^ word).multipliedFullWidth(by: multiplier)
    return product.high ^ product.low
  }
}
