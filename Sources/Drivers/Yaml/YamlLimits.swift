/// What a configuration file can take from the process that reads it.
package struct YamlLimits: Sendable {
  static let maximumShownKeyCharacters = 64

  package var maximumBytes = 1 << 20
  /// Mappings and sequences inside each other.
  package var maximumDepthLevels = 32
  /// All values and keys; one behind an alias counts each time, so that few bytes cannot become a large tree.
  package var maximumNodes = 20_000
  package var maximumAnchors = 256

  package init() {}
}
