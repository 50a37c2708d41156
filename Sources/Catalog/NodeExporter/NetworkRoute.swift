import MetricModel

extension Host {
  /// The routing tables, rtnetlink(7).
  package enum NetworkRoute {
    package struct Labels: LabelSet {
      package static let labelNames = ["device", "src", "dest", "gw", "priority", "proto", "weight"]
      package let labelValues: [String]
      /// - Parameter values: in the order of the names.
      package init(_ values: [String]) { labelValues = values }
    }

    package static let info = Family<Gauge, Labels>(
      "node_network_route_info", "network routing table information", use: parity)
    package static let routes = Family<Gauge, Device>(
      "node_network_routes", "network routes by interface", use: parity)

    package static let all: [FamilyDescriptor] = [info.descriptor, routes.descriptor]
  }
}
