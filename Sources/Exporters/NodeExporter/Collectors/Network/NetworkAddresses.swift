import Catalog
import Glibc
import MetricModel
import Telemetry

/// `node_network_address_info`: the addresses of the devices, getifaddrs(3).
enum NetworkAddresses {
  static func add(_ filter: NameFilter, to batch: inout SampleBatch) {
    var list: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&list) == 0 else { return }
    defer { freeifaddrs(list) }
    var next = list
    while let entry = next {
      next = entry.pointee.ifa_next
      let device = String(cString: entry.pointee.ifa_name)
      guard let address = bytes(of: entry.pointee.ifa_addr), filter.allows(device) else { continue }
      let mask = bytes(of: entry.pointee.ifa_netmask) ?? []
      batch.add(
        Host.Netdev.addressInfo,
        .init(
          device: device, address: IPAddress.text(address),
          netmask: String(mask.reduce(0) { $0 + $1.nonzeroBitCount }), scope: IPAddress.scope(address)), 1)
    }
  }

  /// 4 or 16 of them; nil for an address of another kind.
  private static func bytes(of address: UnsafeMutablePointer<sockaddr>?) -> [UInt8]? {
    guard let address else { return nil }
    let raw = UnsafeRawPointer(address)
    switch Int32(address.pointee.sa_family) {
    case AF_INET: return withUnsafeBytes(of: raw.loadUnaligned(as: sockaddr_in.self).sin_addr) { Array($0) }
    case AF_INET6: return withUnsafeBytes(of: raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr) { Array($0) }
    default: return nil
    }
  }
}

/// IPv4 and IPv6 addresses, as 4 or 16 bytes.
enum IPAddress {
  /// RFC 5952 for IPv6; empty for another number of bytes.
  static func text(_ address: [UInt8]) -> String {
    guard address.count == 4 || address.count == 16 else { return "" }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { buffer in
      let family = address.count == 4 ? AF_INET : AF_INET6
      guard let start = buffer.baseAddress, inet_ntop(family, address, start, socklen_t(buffer.count)) != nil else {
        return ""
      }
      return String(cString: start)
    }
  }

  /// How far it is good: `link-local` also for the host itself. RFC 4291 §2.5, RFC 3927, RFC 5771.
  static func scope(_ address: [UInt8]) -> String {
    if address.count == 4 { return scope4(address) }
    guard address.count == 16 else { return "" }
    let rest = address.dropLast()
    let isZeroToTheLast = rest.allSatisfy { $0 == 0 }
    if isZeroToTheLast { return address[15] == 1 ? "link-local" : address[15] == 0 ? "" : "global" }
    if address[0] == 0xFE, address[1] & 0xC0 == 0x80 { return "link-local" }
    guard address[0] == 0xFF else { return "global" }
    switch address[1] & 0x0F {
    case 1: return "interface-local"
    case 2: return "link-local"
    default: return ""
    }
  }

  private static func scope4(_ address: [UInt8]) -> String {
    switch (address[0], address[1], address[2]) {
    case (127, _, _), (169, 254, _), (224, 0, 0): "link-local"
    case (224...239, _, _): ""
    default: address == [0, 0, 0, 0] || address == [255, 255, 255, 255] ? "" : "global"
    }
  }
}
