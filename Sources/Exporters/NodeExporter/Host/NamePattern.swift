import ExporterKit
import Synchronization

/// A regular expression that a flag gives, as Go's RE2 reads it (https://github.com/google/re2/wiki/Syntax): not
/// anchored, `$` only at the very end, `\d`, `\s` and `\w` in ASCII. Each name is matched once and remembered, so that a
/// scrape after the first costs a look into a dictionary (some 30 ns).
package final class NamePattern: Sendable {
  /// Names that come and go (of containers' devices) must not grow the memory: past this it starts again.
  private static let maximumNames = 4096

  private struct State {
    let regex: Regex<AnyRegexOutput>
    var known: [String: Bool] = [:]
  }

  private let state: Mutex<State>

  /// - Throws: what is wrong, naming the flag.
  package init(_ text: String, of flag: Flag) throws(FlagMistake) {
    state = Mutex(State(regex: try Self.compile(text, flag)))
  }

  private static func compile(_ text: String, _ flag: Flag) throws(FlagMistake) -> Regex<AnyRegexOutput> {
    do {
      return try Regex(text).matchingSemantics(.unicodeScalar).asciiOnlyCharacterClasses()
    } catch {
      throw FlagMistake("--\(flag.name) no es una expresión regular válida: \(text)")
    }
  }

  /// Whether it is found anywhere in the name.
  package func matches(_ name: String) -> Bool {
    state.withLock { state in
      if let known = state.known[name] { return known }
      // A line end at the end of the name would satisfy Swift's `$` and not RE2's; no name of the kernel's has one.
      let isFound = (try? state.regex.firstMatch(in: name)) != nil
      if state.known.count >= Self.maximumNames { state.known.removeAll(keepingCapacity: true) }
      state.known[name] = isFound
      return isFound
    }
  }
}

/// What a pair of flags lets pass: everything that the one pattern includes and the other does not exclude. Without
/// patterns everything.
package struct NameFilter: Sendable {
  private let include: NamePattern?
  private let exclude: NamePattern?

  /// Each flag may be empty.
  /// - Throws: what is wrong with either pattern.
  package init(_ flags: FlagValues, include: Flag?, exclude: Flag?) throws(FlagMistake) {
    self.include = try Self.pattern(flags, include)
    self.exclude = try Self.pattern(flags, exclude)
  }

  /// For flags that the standard exporter refuses to be given together.
  package init(_ flags: FlagValues, eitherInclude include: Flag, orExclude exclude: Flag) throws(FlagMistake) {
    guard flags.text(include) == nil || flags.text(exclude) == nil else {
      throw FlagMistake("--\(include.name) y --\(exclude.name) se excluyen: use una de las dos")
    }
    try self.init(flags, include: include, exclude: exclude)
  }

  private static func pattern(_ flags: FlagValues, _ flag: Flag?) throws(FlagMistake) -> NamePattern? {
    guard let flag, let text = flags.text(flag) else { return nil }
    return try NamePattern(text, of: flag)
  }

  package func allows(_ name: String) -> Bool {
    if let exclude, exclude.matches(name) { return false }
    return include?.matches(name) ?? true
  }
}
