import ExporterKit

/// One mount of NFS in `/proc/self/mountstats`: a line `device …` and indented lines, each with a word and numbers.
struct NfsMount {
  struct Transport {
    let network: String
    /// In the order of a line of TCP; what the network or the kernel does not have is 0.
    let values: [UInt64]
  }

  struct Operation {
    let name: String
    let values: [UInt64]
  }

  private static let transportValues = 13
  private static let operationValues = 8

  let export: String
  /// Among all mounts, of any type.
  let position: Int
  private(set) var ageSeconds: UInt64 = 0
  private(set) var bytes: [UInt64] = []
  private(set) var events: [UInt64] = []
  private(set) var transports: [Transport] = []
  private(set) var operations: [Operation] = []
  private var isInOperations = false

  static func all(in text: Bytes) -> [NfsMount] {
    var (mounts, current, position) = ([NfsMount](), NfsMount?.none, 0)
    text.forEachLine { line in
      if line.hasPrefix("device ") {
        if let current { mounts.append(current) }
        current = NfsMount(head: line, position)
        position += 1
      } else {
        current?.take(line)
      }
    }
    if let current { mounts.append(current) }
    return mounts
  }

  /// `device server:/export mounted on /mnt with fstype nfs4 statvers=1.1`.
  private init?(head line: Bytes, _ position: Int) {
    let fields = Array(line.fields)
    guard fields.count > 8, fields[7] == "nfs" || fields[7] == "nfs4" else { return nil }
    export = fields[1].string
    self.position = position
  }

  private mutating func take(_ line: Bytes) {
    var fields = line.fields
    guard let word = fields.next() else { return }
    func numbers() -> [UInt64] { fields.prefix { $0.unsigned != nil }.compactMap(\.unsigned) }
    if isInOperations {
      let values = numbers()
      guard values.count >= Self.operationValues, word[word.count - 1] == UInt8(ascii: ":") else { return }
      operations.append(Operation(name: word.part(0..<(word.count - 1)).string, values: values))
    } else if word == "age:" {
      ageSeconds = numbers().first ?? 0
    } else if word == "bytes:" {
      bytes = numbers()
    } else if word == "events:" {
      events = numbers()
    } else if word == "per-op" {
      isInOperations = true
    } else if word == "xprt:", let network = fields.next() {
      let values = numbers()
      // UDP has no connections, and counts neither them nor idle time.
      let isUDP = network == "udp"
      let aligned = isUDP ? values.prefix(2) + [0, 0, 0] + values.dropFirst(2) : values[...]
      let padding = repeatElement(UInt64(0), count: max(0, Self.transportValues - aligned.count))
      transports.append(Transport(network: network.string, values: Array(aligned + padding)))
    }
  }

  /// `addr=` of each line of mountinfo; empty where it has none.
  static func serverAddresses(in text: Bytes) -> [String] {
    var addresses: [String] = []
    text.forEachLine { line in
      addresses.append(address(in: line) ?? "")
    }
    return addresses
  }

  private static func address(in line: Bytes) -> String? {
    guard let dash = line.firstIndex(of: " - ") else { return nil }
    let options = Array(line.part((dash + 3)..<line.count).fields).last
    guard let options else { return nil }
    var start = 0
    while start < options.count {
      let end = options.firstIndex(of: UInt8(ascii: ","), from: start) ?? options.count
      let option = options.part(start..<end)
      if option.hasPrefix("addr=") { return option.part(5..<option.count).string }
      start = end + 1
    }
    return nil
  }
}
