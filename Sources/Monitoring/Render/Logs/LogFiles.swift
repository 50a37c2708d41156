import Topology

/// The files of what collects and keeps logs, relative to `observability/`.
struct LogFiles {
  let stack: Stack

  func files() throws -> [RenderedFile] {
    let folder = "Sources/Monitoring/Render/Logs"
    return [
      RenderedFile(
        path: "loki/loki-config.yml",
        contents: try LokiConfiguration(stack: stack).yaml().rendered(
          header: Generated.header(from: "\(folder)/LokiConfiguration.swift"))),
      RenderedFile(
        path: "promtail/promtail-config.yml",
        contents: try PromtailConfiguration(stack: stack).yaml().rendered(
          header: Generated.header(from: "\(folder)/LogCollection.swift"))),
      RenderedFile(
        path: "alloy/config.alloy",
        contents: try AlloyConfiguration(stack: stack).syntax().rendered(
          header: Generated.header(from: "\(folder)/LogCollection.swift"))),
    ]
  }
}
