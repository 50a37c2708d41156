import Logging

extension Redaction {
  /// The metadata without its secrets, for sinks that read fields; the same that its line shows.
  static func cleaned(_ metadata: Logger.Metadata) -> Logger.Metadata {
    Logger.Metadata(
      metadata.map { key, value in
        var name = key
        let traits = name.withUTF8 { KeyTraits(of: $0) }
        return (cleaned(key), cleaned(value, traits))
      }, uniquingKeysWith: { first, _ in first })
  }

  private static func cleaned(_ value: Logger.MetadataValue, _ traits: KeyTraits) -> Logger.MetadataValue {
    if traits.contains(.secret) { return .string(replacement) }
    switch value {
    case .string(let text): return traits.contains(.identifier) ? .string(text) : .string(cleaned(text))
    case .stringConvertible(let convertible):
      let text = convertible.description
      return hasSecret(text) ? .string(cleaned(text)) : value
    case .array(let values): return .array(values.map { cleaned($0, []) })
    case .dictionary(let pairs): return .dictionary(cleaned(pairs))
    }
  }
}
