import ExporterKit
import Glibc

/// Asks drivers of network interfaces through SIOCETHTOOL, netdevice(7).
struct EthtoolQuery: ~Copyable {
  /// No driver has so many; more is a broken answer.
  private static let maximumStatistics = 32_768
  private static let (siocEthtool, requestBytes) = (UInt(0x8946), 40)
  private static let (getSettings, getDriver, getStrings, getStatistics) = (
    UInt8(0x01), UInt8(0x03), UInt8(0x1b), UInt8(0x1d)
  )
  /// ETH_SS_STATS
  private static let statisticsStrings: UInt8 = 1
  private static let settingsBytes = 44

  private let descriptor: Int32
  private let usage: TargetUsage

  init(_ host: NodeHost) throws(HostError) {
    descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    usage = host.usage
    guard descriptor >= 0 else { throw HostError(path: "socket", code: errno) }
  }

  deinit { close(descriptor) }

  func device(_ name: String) -> EthtoolDevice {
    var device = EthtoolDevice()
    device.settings = ask(name, [Self.getSettings], Self.settingsBytes)?.withUnsafeBytes { EthtoolSettings(Bytes($0)) }
    device.driver = ask(name, [Self.getDriver], EthtoolDriver.bytes)?.withUnsafeBytes { EthtoolDriver(Bytes($0)) }
    guard let count = device.driver?.statisticsCount, (1...Self.maximumStatistics).contains(count) else {
      return device
    }
    let length = (0..<4).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
    let namesHead = [Self.getStrings, 0, 0, 0, Self.statisticsStrings, 0, 0, 0] + length
    let valuesHead = [Self.getStatistics, 0, 0, 0] + length
    guard let names = ask(name, namesHead, namesHead.count + count * EthtoolDriver.stringBytes),
      let values = ask(name, valuesHead, valuesHead.count + count * 8)
    else { return device }
    device.statistics = names.withUnsafeBytes { names in
      values.withUnsafeBytes { EthtoolDevice.statistics(Bytes(names), Bytes($0)) }
    }
    return device
  }

  /// - Returns: nil where the driver does not know the question, or the interface has gone.
  private func ask(_ name: String, _ head: [UInt8], _ bytes: Int) -> [UInt8]? {
    guard name.utf8.count < Int(IF_NAMESIZE) else { return nil }
    usage.addQueries(1)
    var answer = head + [UInt8](repeating: 0, count: max(0, bytes - head.count))
    let result = answer.withUnsafeMutableBytes { answer in
      // `struct ifreq`: the name, then a pointer.
      withUnsafeTemporaryAllocation(byteCount: Self.requestBytes, alignment: 8) { request -> Int32 in
        guard let start = request.baseAddress, let data = answer.baseAddress else { return -1 }
        request.initializeMemory(as: UInt8.self, repeating: 0)
        request.copyBytes(from: name.utf8)
        start.storeBytes(of: data, toByteOffset: Int(IF_NAMESIZE), as: UnsafeMutableRawPointer.self)
        return ioctl(descriptor, Self.siocEthtool, start)
      }
    }
    return result < 0 ? nil : answer
  }
}
