import Glibc

/// A process with its children: a server that forks, as PostgreSQL, is measured whole.
struct ProcessTree {
  private let root: Int

  init(_ root: Int) { self.root = root }

  /// Processor time so far, of the children that have ended too. The kernel keeps it finer than its ticks.
  var microseconds: Int {
    let ticksPerSecond = sysconf(Int32(_SC_CLK_TCK))
    return all.reduce(0) { $0 + Self.ticks(of: $1) } * 1_000_000 / ticksPerSecond
  }

  var residentKibibytes: Int {
    let line = Self.text("/proc/\(root)/status").split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
    return line.flatMap { Int($0.split(whereSeparator: \.isWhitespace)[1]) } ?? 0
  }

  var openDescriptors: Int { Self.entries("/proc/\(root)/fd").count }

  private var all: [Int] {
    let parents = Self.entries("/proc").compactMap(Int.init).map { ($0, Self.fields(of: $0)) }
    var found = [root]
    var index = 0
    while index < found.count {
      found += parents.filter { $0.1.count > 1 && Int($0.1[1]) == found[index] }.map(\.0)
      index += 1
    }
    return found
  }

  /// proc(5): utime, stime, cutime, cstime.
  private static func ticks(of process: Int) -> Int {
    let fields = fields(of: process)
    guard fields.count > 14 else { return 0 }
    return fields[11...14].compactMap { Int($0) }.reduce(0, +)
  }

  /// Of `/proc/PID/stat`, from the state on: what stands before may hold spaces.
  private static func fields(of process: Int) -> [Substring] {
    let text = text("/proc/\(process)/stat")
    guard let end = text.lastIndex(of: ")") else { return [] }
    return text[text.index(after: end)...].split(separator: " ")
  }

  private static func text(_ path: String) -> String {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 8192)
    let count = read(descriptor, &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }

  private static func entries(_ path: String) -> [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names.filter { $0 != "." && $0 != ".." }
  }
}
