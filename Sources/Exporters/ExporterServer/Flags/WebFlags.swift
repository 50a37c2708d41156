import ExporterKit
import TelemetryHTTP

/// The flags of the web server, spelt as exporter-toolkit and the standard exporters spell them.
struct WebFlags: Sendable {
  static let defaultMaximumRequests = 40
  private static let requestCounts = 0...100_000

  let listenAddress: Flag
  let systemdSocket: Flag
  let telemetryPath: Flag
  let configFile: Flag
  let disableExporterMetrics: Flag
  let maxRequests: Flag

  /// - Parameter environment: the variables that the standard exporter of this kind reads, by the flag's name.
  init(environment: [String: [String]] = [:]) {
    func flag(
      _ name: String, form: Flag.Form = .value, _ placeholder: String = "", default value: String = "", _ help: String
    ) -> Flag {
      Flag(name, form, placeholder: placeholder, default: value, environment: environment[name] ?? [], help)
    }
    listenAddress = flag(
      "web.listen-address", form: .list, "DIRECCIÓN",
      "Dónde escucha: :9100, 127.0.0.1:9100 o [::1]:9100. Sin él valen BIND_ADDRESS y la variable del puerto.")
    systemdSocket = flag(
      "web.systemd-socket", form: .toggle, "",
      "Escucha en los sockets que abrió systemd (systemd.socket), y no en --web.listen-address.")
    telemetryPath = flag("web.telemetry-path", "RUTA", default: "/metrics", "Ruta en la que están las métricas.")
    configFile = flag(
      "web.config.file", "ARCHIVO", "Archivo de TLS y autenticación, en el formato de exporter-toolkit.")
    disableExporterMetrics = flag(
      "web.disable-exporter-metrics", form: .toggle, "", "Deja afuera las métricas del propio proceso (process_*, …).")
    maxRequests = flag(
      "web.max-requests", "N", default: String(Self.defaultMaximumRequests),
      "Pedidos de métricas que se atienden a la vez; los demás reciben un 503. 0: sin límite.")
  }

  var all: [Flag] { [listenAddress, systemdSocket, telemetryPath, configFile, disableExporterMetrics, maxRequests] }

  /// What they say.
  func options(_ values: FlagValues) throws(FlagMistake) -> WebOptions {
    var addresses: [ListenAddress] = []
    for text in values.list(listenAddress) {
      guard let address = ListenAddress(text) else {
        throw FlagMistake("--\(listenAddress.name) es HOST:PUERTO, como :9100 o [::1]:9100, no \(text)")
      }
      addresses.append(address)
    }
    let path = values.text(telemetryPath) ?? "/metrics"
    guard path.hasPrefix("/"), !path.contains(where: { $0.isWhitespace || "?#".contains($0) }) else {
      throw FlagMistake("--\(telemetryPath.name) es una ruta que empieza con /, no \(path)")
    }
    guard ![Page.healthy.path, Page.ready.path].contains(path) else {
      throw FlagMistake("--\(telemetryPath.name): \(path) es de otra página")
    }
    return WebOptions(
      addresses: addresses, takesSystemdSockets: values.isOn(systemdSocket), telemetryPath: path,
      configFile: values.text(configFile),
      hasExporterMetrics: !values.isOn(disableExporterMetrics),
      maximumRequests: try values.integer(maxRequests, in: Self.requestCounts))
  }
}

/// What the flags of the web server say.
struct WebOptions: Sendable, Equatable {
  /// Empty: where the variables say.
  var addresses: [ListenAddress] = []
  /// Those instead of the addresses.
  var takesSystemdSockets = false
  var telemetryPath = "/metrics"
  var configFile: String?
  /// Those of the process itself.
  var hasExporterMetrics = true
  /// Scrapes at once; 0: without a limit.
  var maximumRequests = WebFlags.defaultMaximumRequests
}
