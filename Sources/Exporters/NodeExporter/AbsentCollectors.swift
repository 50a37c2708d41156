import ExporterKit

/// Collectors that the standard exporter has, off unless asked for, and this one has not; and the flags that only they,
/// or Go's runtime, would read.
enum AbsentCollectors {
  static let flags: [AbsentFlag] =
    [
      absent("ntp", "está en desuso; usá timex, que mira el reloj del núcleo"),
      absent("perf", "necesita contadores del hardware y permisos que un exportador no debería tener"),
      absent("runit", "está en desuso"),
      absent("supervisord", "está en desuso"),
    ] + values.map { AbsentFlag($0, because: nil) } + [
      AbsentFlag("collector.ntp.server-is-local", .toggle, because: nil)
    ]

  private static func absent(_ name: String, _ reason: String) -> AbsentFlag {
    AbsentFlag("collector.\(name)", .toggle, because: reason)
  }

  private static let values = [
    "collector.ntp.ip-ttl", "collector.ntp.local-offset-tolerance", "collector.ntp.max-distance",
    "collector.ntp.protocol-version", "collector.ntp.server", "collector.ntp.server-port", "collector.perf.cpus",
    "collector.perf.tracepoint", "collector.runit.servicedir", "collector.supervisord.url", "runtime.gomaxprocs",
  ]
}
