import Catalog
import ExporterKit
import Glibc

/// A real server behind a virtual one, as a line of `/proc/net/ip_vs` has it.
struct IpvsBackend {
  let proto: String
  let local: IpvsAddress?
  let mark: String
  let remote: IpvsAddress
  let weight: UInt64
  let active: UInt64
  let inactive: UInt64

  func value(of label: Host.Ipvs.BackendLabel) -> String {
    switch label {
    case .localAddress: local?.address ?? ""
    case .localPort: "\(local?.port ?? 0)"
    case .remoteAddress: remote.address
    case .remotePort: "\(remote.port)"
    case .proto: proto
    case .localMark: mark
    }
  }

  /// A line of a virtual server (`TCP C0A80016:0CEA wlc`, `FWM 10001000 wlc`) is followed by those of its real ones
  /// (`-> C0A85216:0CEA Tunnel 100 248 2`). Lines that look otherwise are left out.
  static func all(in text: Bytes) -> [IpvsBackend] {
    var backends: [IpvsBackend] = []
    var service: (proto: String, local: IpvsAddress?, mark: String)?
    text.forEachLine { line in
      var fields = line.fields
      guard let first = fields.next(), let second = fields.next() else { return }
      if first == "TCP" || first == "UDP" || first == "SCTP" {
        service = IpvsAddress(second).map { (first.string, $0, "") }
      } else if first == "FWM" {
        service = (first.string, nil, second.string)
      } else if first == "->", let service, let remote = IpvsAddress(second) {
        _ = fields.next()
        guard let weight = fields.next()?.unsigned, let active = fields.next()?.unsigned,
          let inactive = fields.next()?.unsigned
        else { return }
        backends.append(
          IpvsBackend(
            proto: service.proto, local: service.local, mark: service.mark, remote: remote, weight: weight,
            active: active, inactive: inactive))
      }
    }
    return backends
  }
}

/// Address and port as IPVS writes them: `C0A80016:0CEA`, or `[2620:0000:…:0001]:0CEA`.
struct IpvsAddress {
  /// As RFC 5952 writes it.
  let address: String
  let port: UInt16

  init?(_ text: Bytes) {
    let separator = text.count - 5
    guard separator > 0, text[separator] == UInt8(ascii: ":"),
      let port = text.part(separator + 1..<text.count).hexadecimal, let port = UInt16(exactly: port)
    else { return nil }
    let host = text.part(0..<separator)
    guard let address = host[0] == UInt8(ascii: "[") ? Self.v6(host) : Self.v4(host) else { return nil }
    self.address = address
    self.port = port
  }

  private static func v4(_ host: Bytes) -> String? {
    guard host.count == 8, let bits = host.hexadecimal else { return nil }
    return "\(bits >> 24 & 255).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)"
  }

  private static func v6(_ host: Bytes) -> String? {
    guard host[host.count - 1] == UInt8(ascii: "]") else { return nil }
    var address = in6_addr()
    guard inet_pton(AF_INET6, host.part(1..<host.count - 1).string, &address) == 1 else { return nil }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { buffer in
      guard let start = buffer.baseAddress,
        inet_ntop(AF_INET6, &address, start, socklen_t(buffer.count)) != nil
      else { return nil }
      return String(cString: start)
    }
  }
}
