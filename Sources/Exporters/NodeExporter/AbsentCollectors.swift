import ExporterKit

/// Collectors that the standard exporter has, off unless asked for, and this one has not. Turning one off is accepted,
/// so that an operator's command line need not change; turning one on is refused with the reason, rather than passed
/// over in silence.
enum AbsentCollectors {
  private static let all: [(flag: Flag, reason: String)] = [
    absent("ntp", "está en desuso; use timex, que mira el reloj del núcleo"),
    absent("perf", "necesita contadores del hardware y permisos que un exportador no debería tener"),
    absent("runit", "está en desuso"),
    absent("supervisord", "está en desuso"),
  ]

  static let flags = all.map(\.flag)

  private static func absent(_ name: String, _ reason: String) -> (flag: Flag, reason: String) {
    (Flag("collector.\(name)", .toggle, "No está: \(reason)."), reason)
  }

  /// - Throws: for the first one that is asked for.
  static func refuse(_ flags: FlagValues) throws(FlagMistake) {
    for (flag, reason) in all where flags.isOn(flag) { throw FlagMistake("--\(flag.name) no está: \(reason)") }
  }
}
