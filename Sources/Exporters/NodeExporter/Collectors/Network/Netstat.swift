import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_netstat_*`: counters of IP, TCP, UDP and ICMP that a flag wants, from three files. Two of them are pairs of
/// lines, names and values; `snmp6` is a line a counter. https://docs.kernel.org/networking/snmp_counter.html
struct NetstatCollector: NodeCollector {
  private static let fields = Flag(
    "collector.netstat.fields", placeholder: "REGEXP",
    default: "^(.*_(InErrors|InErrs)|Ip_Forwarding|Ip(6|Ext)_(InOctets|OutOctets)|Icmp6?_(InMsgs|OutMsgs)|"
      + "TcpExt_(Listen.*|Syncookies.*|TCPSynRetrans|TCPTimeouts|TCPOFOQueue|TCPRcvQDrop)|"
      + "Tcp_(ActiveOpens|InSegs|OutSegs|OutRsts|PassiveOpens|RetransSegs|CurrEstab)|"
      + "Udp6?_(InDatagrams|OutDatagrams|NoPorts|RcvbufErrors|SndbufErrors))$",
    "Qué campos exportar, como Protocolo_Campo.")
  static let flags = [fields]

  let name = "netstat"
  let help = "Contadores de los protocolos de red."
  private let wanted: NamePattern?
  /// By a whole line of names.
  private let headings = NameTable<[FamilyDescriptor?]>()
  /// By the name of a line of `snmp6`.
  private let names = NameTable<FamilyDescriptor?>()

  init(_ flags: FlagValues) throws {
    wanted = try flags.text(Self.fields).map { try NamePattern($0, of: Self.fields) }
  }

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    try headings.read { headings in
      for file in ["net/netstat", "net/snmp"] {
        let path = host.proc(file)
        try host.withKeptBytes(of: path) { try addPairs($0, path, &headings, to: &batch) }
      }
    }
    do {
      try host.withKeptBytes(of: host.proc("net/snmp6")) { addLines($0, to: &batch) }
    } catch let error as HostError where error.isAbsence {
      return  // IPv6 is off.
    }
  }

  private func addPairs(
    _ bytes: Bytes, _ path: String, _ headings: inout NameTable<[FamilyDescriptor?]>.Lookup,
    to batch: inout SampleBatch
  ) throws {
    var heading: Bytes?
    try bytes.forEachLine { line in
      guard let names = heading else {
        heading = line
        return
      }
      heading = nil
      let families = headings.value(of: names, orMake: self.families)
      var values = line.fields
      values.skip(1)
      for family in families {
        guard let value = values.next() else { throw HostFormatError(path, "has fewer values than names") }
        if let family, let value = value.double { batch.add(family, labelValues: [], value) }
      }
      guard values.next() == nil else { throw HostFormatError(path, "has more values than names") }
    }
  }

  private func families(of heading: String) -> [FamilyDescriptor?] {
    let words = heading.split(separator: " ").map(String.init)
    guard let first = words.first, first.hasSuffix(":") else { return [] }
    return words.dropFirst().map { family(String(first.dropLast()), $0) }
  }

  private func addLines(_ bytes: Bytes, to batch: inout SampleBatch) {
    names.read { names in
      bytes.forEachLine { line in
        var fields = line.fields
        guard let name = fields.next() else { return }
        let family = names.value(of: name) { name in
          // Ip6InReceives: the protocol ends with its 6.
          name.firstIndex(of: "6").flatMap { six in
            self.family(String(name[...six]), String(name[name.index(after: six)...]))
          }
        }
        if let family, let value = fields.next()?.double { batch.add(family, labelValues: [], value) }
      }
    }
  }

  private func family(_ protocolName: String, _ field: String) -> FamilyDescriptor? {
    let name = "\(protocolName)_\(field)"
    guard wanted?.matches(name) ?? true, Lint.isMetricName(name) else { return nil }
    return Host.Netstat.family(protocolName, field)
  }
}
