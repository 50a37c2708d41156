import Grafana

/// Links into Grafana's Explore, which takes its panes as JSON in the address
/// (grafana/grafana `public/app/features/explore/hooks/useStateSync/migrators/v1.ts`).
enum ExploreLink {
  /// From a series to the logs of its process, at the same time.
  static let logsOfSeries: JSON = [
    "title": "Logs de ${__field.labels.job}", "targetBlank": true,
    "url": .text(address(of: #"{job="${__field.labels.job}"}"#, from: "${__from}", to: "${__to}")),
  ]

  /// - Parameter query: LogQL; what stands in `${…}` is left for Grafana to put in.
  static func address(of query: String, from: String, to: String) -> String {
    let panes: JSON = [
      "logs": [
        "datasource": .text(Dashboard.lokiUID),
        "queries": [["refId": "A", "datasource": PanelJSON.loki, "expr": .text(query), "queryType": "range"]],
        "range": ["from": .text(from), "to": .text(to)],
      ]
    ]
    return "/explore?schemaVersion=1&orgId=1&panes=\(percentEncoded(panes.compact))"
  }

  /// RFC 3986, but for what stands in `${…}`.
  private static func percentEncoded(_ text: String) -> String {
    var encoded = ""
    var rest = text[...]
    while let first = rest.first {
      if rest.hasPrefix("${"), let end = rest.firstIndex(of: "}") {
        encoded += rest[...end]
        rest = rest[rest.index(after: end)...]
        continue
      }
      encoded += first.utf8.map { isUnreserved($0) ? String(UnicodeScalar($0)) : hexadecimal($0) }.joined()
      rest = rest.dropFirst()
    }
    return encoded
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: "-._~".utf8.contains(byte)
    }
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
  }
}
