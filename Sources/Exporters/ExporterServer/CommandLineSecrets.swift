import ExporterKit
import Glibc
import Settings

/// Takes passwords out of what `ps` shows of the process, as soon as they were read. A variable or a file is better: the
/// command line is seen by everybody until then.
enum CommandLineSecrets {
  private static let mask = UInt8(ascii: "x")

  /// Overwrites them where the kernel reads `/proc/PID/cmdline`. Nothing happens where it does not say where that is.
  /// - Parameter flags: all that are known.
  static func hide(_ flags: [Flag]) {
    guard let memory = arguments() else { return }
    for range in ranges(in: Array(memory), flags) { memory[range].update(repeating: mask) }
  }

  /// What is to be overwritten: the values of flags that are secret, and passwords of URLs.
  /// - Parameter arguments: each ended by a zero byte, the executable's name first.
  static func ranges(in arguments: [UInt8], _ flags: [Flag]) -> [Range<Int>] {
    let secrets = Set(flags.filter(\.isSecret).map(\.name))
    var ranges: [Range<Int>] = []
    var isValue = false
    for argument in arguments.split(separator: 0, omittingEmptySubsequences: false) {
      let text = String(decoding: argument, as: UTF8.self)
      let name = text.drop { $0 == "-" }.prefix { $0 != "=" }
      let isFlag = text.hasPrefix("-") && secrets.contains(String(name))
      if isValue {
        ranges.append(argument.startIndex..<argument.endIndex)
      } else if isFlag, let equals = argument.firstIndex(of: UInt8(ascii: "=")) {
        ranges.append(equals + 1..<argument.endIndex)
      } else if let password = password(argument) {
        ranges.append(password)
      }
      isValue = isFlag && !isValue && !text.contains("=")
    }
    return ranges.filter { !$0.isEmpty }
  }

  /// Of `scheme://user:password@host`, or of `user:password@host` as a flag's value or alone. What holds an unescaped
  /// `@` or `/` ends at the last `@`.
  private static func password(_ argument: ArraySlice<UInt8>) -> Range<Int>? {
    var rest = argument
    if let scheme = rest.firstRange(of: Array("://".utf8)) {
      rest = rest[scheme.upperBound...]
    } else if rest.first == UInt8(ascii: "-"), let equals = rest.firstIndex(of: UInt8(ascii: "=")) {
      rest = rest[(equals + 1)...]
    }
    guard let at = rest.lastIndex(of: UInt8(ascii: "@")),
      let colon = rest[..<at].firstIndex(of: UInt8(ascii: ":"))
    else { return nil }
    return colon + 1..<at
  }

  /// Fields 48 and 49 of `/proc/self/stat` (proc(5)): `arg_start` and `arg_end`.
  private static func arguments() -> UnsafeMutableBufferPointer<UInt8>? {
    guard let stat = try? FileReader.contents(of: "/proc/self/stat"), let close = stat.lastIndex(of: ")") else {
      return nil
    }
    // The name in parentheses may hold spaces; what follows is field 3 and up.
    let fields = stat[stat.index(after: close)...].split(separator: " ")
    guard fields.count > 46, let start = UInt(fields[45]), let end = UInt(fields[46]), start < end,
      let base = UnsafeMutablePointer<UInt8>(bitPattern: start)
    else { return nil }
    return UnsafeMutableBufferPointer(start: base, count: Int(end - start))
  }
}
