import ExporterKit

/// The flags of the web server, spelt as exporter-toolkit spells them.
enum WebFlags {
  static let path = Flag(
    "web.telemetry-path", placeholder: "RUTA", default: "/metrics", "Ruta en la que están las métricas.")

  static let all = [path]
}
