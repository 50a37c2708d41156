import Catalog
import MetricModel
import Telemetry

/// Which statistics are exported, and of which columns of the source each is the sum.
struct NetdevTable: Sendable {
  struct Statistic {
    let name: String
    let columns: [Int]

    init(_ name: String, _ columns: Int...) {
      self.name = name
      self.columns = columns
    }
  }

  private let statistics: [(family: FamilyDescriptor, columns: [Int])]

  init(_ statistics: [Statistic], hasAlias: Bool) {
    self.statistics = statistics.map { (Host.Netdev.family($0.name, hasAlias: hasAlias), $0.columns) }
  }

  func add(_ devices: [NetdevCollector.Device], to batch: inout SampleBatch) {
    for (family, columns) in statistics {
      for device in devices {
        // Kernels before 4.6 have fewer columns.
        guard columns.allSatisfy(device.columns.indices.contains) else { continue }
        let sum = columns.reduce(UInt64(0)) { $0 &+ device.columns[$1] }
        batch.add(family, labelValues: device.labels, Double(sum))
      }
    }
  }

  /// Of `/proc/net/dev`.
  static let fileColumns = 16

  /// struct rtnl_link_stats64, linux/if_link.h, added up as the kernel does for `/proc/net/dev` (net/core/net-procfs.c).
  static let link = [
    Statistic("receive_packets", 0), Statistic("transmit_packets", 1), Statistic("receive_bytes", 2),
    Statistic("transmit_bytes", 3), Statistic("receive_errs", 4), Statistic("transmit_errs", 5),
    Statistic("receive_drop", 6, 15), Statistic("transmit_drop", 7), Statistic("receive_multicast", 8),
    Statistic("transmit_colls", 9), Statistic("receive_frame", 10, 11, 12, 13), Statistic("receive_fifo", 14),
    Statistic("transmit_carrier", 16, 17, 19, 20), Statistic("transmit_fifo", 18),
    Statistic("receive_compressed", 21), Statistic("transmit_compressed", 22), Statistic("receive_nohandler", 23),
  ]

  /// The same structure, column by column.
  static let detailedLink = [
    Statistic("receive_packets", 0), Statistic("transmit_packets", 1), Statistic("receive_bytes", 2),
    Statistic("transmit_bytes", 3), Statistic("receive_errors", 4), Statistic("transmit_errors", 5),
    Statistic("receive_dropped", 6), Statistic("transmit_dropped", 7), Statistic("multicast", 8),
    Statistic("collisions", 9), Statistic("receive_length_errors", 10), Statistic("receive_over_errors", 11),
    Statistic("receive_crc_errors", 12), Statistic("receive_frame_errors", 13), Statistic("receive_fifo_errors", 14),
    Statistic("receive_missed_errors", 15), Statistic("transmit_aborted_errors", 16),
    Statistic("transmit_carrier_errors", 17), Statistic("transmit_fifo_errors", 18),
    Statistic("transmit_heartbeat_errors", 19), Statistic("transmit_window_errors", 20),
    Statistic("receive_compressed", 21), Statistic("transmit_compressed", 22), Statistic("receive_nohandler", 23),
  ]

  static let file = [
    Statistic("receive_bytes", 0), Statistic("receive_packets", 1), Statistic("receive_errs", 2),
    Statistic("receive_drop", 3), Statistic("receive_fifo", 4), Statistic("receive_frame", 5),
    Statistic("receive_compressed", 6), Statistic("receive_multicast", 7), Statistic("transmit_bytes", 8),
    Statistic("transmit_packets", 9), Statistic("transmit_errs", 10), Statistic("transmit_drop", 11),
    Statistic("transmit_fifo", 12), Statistic("transmit_colls", 13), Statistic("transmit_carrier", 14),
    Statistic("transmit_compressed", 15),
  ]

  /// The file knows no more; errors and drops have other names.
  static let detailedFile = file.map { statistic in
    let name = statistic.name.replacing("_errs", with: "_errors").replacing("_drop", with: "_dropped")
    return Statistic(name, statistic.columns[0])
  }
}
