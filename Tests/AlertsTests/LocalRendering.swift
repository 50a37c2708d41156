import Render
import TestSupport
import Topology

/// Debian's rendering written to a state directory, as `observability render-local` does.
struct LocalRendering {
  let directory: TemporaryDirectory
  let files: [RenderedFile]

  var alertmanager: String { directory.file("config/alertmanager/alertmanager.yml") }
  var prometheus: String { directory.file("config/prometheus/prometheus.yml") }

  /// - Parameter timeDivisor: above 1 the waits are shorter, and every hour is a working hour.
  init(_ secrets: MonitoringSecrets, grafanaURL: String = "", timeDivisor: Int = 1) throws {
    directory = try TemporaryDirectory("state")
    let stack = Stack(
      engine: .local, ports: [Port.prometheus.name: 19_090], publicURL: "http://tienda.example:8088",
      grafanaURL: grafanaURL, stateDirectory: directory.path, timeDivisor: timeDivisor)
    files = try LocalMonitoring.files(for: stack, secrets: secrets)
    for file in files {
      let folders = file.path.split(separator: "/").dropLast()
      for depth in folders.indices {
        try directory.makeDirectory("config/" + folders[...depth].joined(separator: "/"))
      }
      _ = try directory.write(file.contents, to: "config/\(file.path)")
    }
    try directory.makeDirectory("secrets")
    _ = try directory.write(
      (secrets.slackWebhookURL ?? "") + "\n", to: "secrets/\(Variables.slackWebhookURL.name)")
  }
}
