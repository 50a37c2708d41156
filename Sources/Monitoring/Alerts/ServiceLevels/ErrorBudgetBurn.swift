import PromQL
import Recording
import Topology

/// The alerts of one service level: a budget of bad events that is spent too fast, at each of four speeds. They differ
/// in windows, threshold, duration and severity, and share everything else, so that they are made of one value.
///
/// The durations are short: the long window has waited already, and the short one ends the alert minutes after the
/// trouble. A faster burn mutes the slower ones of its service, since it is the same fault; when it ends, what the
/// slower ones still hold is told.
struct ErrorBudgetBurn: Sendable {
  let level: ServiceLevel
  let symptom: Symptom
  let dashboard: DashboardReference
  let runbook: Runbook
  let drill: Drill

  /// The anchor of the section that the four share; their names begin with it.
  let section: String

  func alerts(fileID: String = #fileID) -> [Alert] {
    BurnRate.all.enumerated().map { index, burn in
      Alert(
        name(of: burn), when: condition(of: burn), for: burn.holdsFor, in: .serviceLevels, severity: burn.severity,
        symptom: symptom, subject: .eachService, texts: texts(of: burn), dashboard: dashboard,
        mutes: mutes(BurnRate.all[(index + 1)...].map(name)), runbook: runbook, section: section,
        boundaries: boundaries(of: burn), cases: cases(of: burn), drill: drill, fileID: fileID)
    }
  }

  private func name(of burn: BurnRate) -> String { section + burn.long.text }

  /// For whoever says the same sooner.
  static func names(section: String) -> [String] { BurnRate.all.map { section + $0.long.text } }

  private func condition(of burn: BurnRate) -> InstantVector {
    let limit = Scalar(level.threshold(of: burn))
    return (level.badRatio(over: burn.long) > limit).and(level.badRatio(over: burn.short) > limit)
  }

  private func mutes(_ slower: [String]) -> [Mute] { slower.isEmpty ? [] : [.alerts(slower, equal: [.job])] }

  private func texts(of burn: BurnRate) -> AlertTexts {
    AlertTexts(
      summary: "\(.job) gasta demasiado rápido su presupuesto de \(level.title.lowercased())",
      description: """
        En \(burn.long.spanish), y también en \(burn.short.spanish), \(.job) tuvo \(level.badEvent) \(speed(of: burn)) el \
        ritmo que alcanza para 30 días. Así, el presupuesto entero dura \(burn.lifetime).
        """,
      value: "\(value: .percentage) de \(level.badEvent), en \(burn.long.spanish)")
  }

  private func speed(of burn: BurnRate) -> String {
    burn.factor == 1 ? "más rápido que" : "a más de \(burn.factor.promQL.replacing(".", with: ",")) veces"
  }

  /// Each window alone, while the other is far beyond.
  private func boundaries(of burn: BurnRate) -> [Boundary] {
    let (limit, far) = (level.threshold(of: burn), self.far(burn))
    return [
      Boundary(
        of: "\(level.badEvent), en \(burn.long.text)", silentAt: limit, firesAt: far, labels: firing,
        series: { series(burn, long: [.hold($0, $1)], short: [.hold(far, $1)]) }),
      Boundary(
        of: "\(level.badEvent), en \(burn.short.text)", silentAt: limit, firesAt: far, labels: firing,
        value: { _ in far }, series: { series(burn, long: [.hold(far, $1)], short: [.hold($0, $1)]) }),
    ]
  }

  private func cases(of burn: BurnRate) -> [AlertCase] {
    let (far, due, step) = (self.far(burn), burn.holdsFor, AlertCase.interval)
    return [
      AlertCase(
        "termina: la ventana corta la apaga aunque la larga la recuerde",
        given: series(burn, long: [.hold(far, due + due + 10.m)], short: [.hold(far, due + 5.m), .hold(0, due + 5.m)]),
        expect: [.fires(at: due + 5.m - step, firing, value: far), .silent(at: due + 5.m)]),
      AlertCase(
        "dura menos que el plazo",
        given: series(burn, long: [.hold(far, 1.h)], short: [.hold(far, due), .hold(0, 1.h)]),
        expect: [.silent(at: due - step), .silent(at: due), .silent(at: due + due)]),
      AlertCase(
        "un servicio sólo en la larga y otro sólo en la corta: no es ninguno",
        given: series(burn, long: [.hold(far, 1.h)], short: [.hold(0, 1.h)])
          + series(burn, job: .negocio, long: [.hold(0, 1.h)], short: [.hold(far, 1.h)]),
        expect: [.silent(at: due + 15.m)]),
      AlertCase(
        "de dos servicios, uno",
        given: series(burn, long: [.hold(far, 1.h)], short: [.hold(far, 1.h)])
          + series(burn, job: .negocio, long: [.hold(0, 1.h)], short: [.hold(0, 1.h)]),
        expect: [.fires(at: due + 15.m, firing, value: far)]),
      AlertCase(
        "sin pedidos no hay parte mala: la serie se termina",
        given: series(
          burn, long: [.hold(far, due + 5.m), .gone(30.m)], short: [.hold(far, due + 5.m), .gone(30.m)]),
        expect: [.fires(at: due + 5.m - step, firing, value: far), .silent(at: due + 5.m)]),
    ]
  }

  /// Well past the threshold, and a share still.
  private func far(_ burn: BurnRate) -> Double {
    let limit = level.threshold(of: burn)
    return Swift.min(limit + limit / 4, 1)
  }

  private var firing: [LabelName: String] { [.job: Job.deposito.rawValue] }

  private func series(_ burn: BurnRate, job: Job = .deposito, long: [Samples], short: [Samples]) -> [SampledSeries] {
    [
      SampledSeries(level.badRatio(over: burn.long), job: job, long),
      SampledSeries(level.badRatio(over: burn.short), job: job, short),
    ]
  }
}

extension BurnRate {
  fileprivate var severity: Severity {
    switch self {
    case .fastest: .critical
    case .fast: .high
    default: .medium
    }
  }

  fileprivate var holdsFor: Period {
    switch self {
    case .fastest: 2.m
    case .fast: 5.m
    default: 15.m
    }
  }

  /// How long the whole budget lasts at that speed, in Spanish.
  fileprivate var lifetime: String {
    let hours = Double(ServiceLevel.window.seconds) / 3600 / factor
    return hours < 72 ? "\(Int(hours)) horas" : "\(Int(hours / 24)) días"
  }
}

extension Alerts {
  /// By severity, the fastest burn of every service level first.
  package static let serviceLevels: [Alert] = {
    let burns = [uptimeBurns, latencyBurns, errorBurns]
    return BurnRate.all.indices.flatMap { speed in burns.map { $0[speed] } }
  }()
}

extension Period {
  /// `la última hora`, `los últimos 30 minutos`.
  fileprivate var spanish: String {
    let (minute, hour, day) = (60, 3600, 86400)
    switch seconds {
    case hour: return "la última hora"
    case day: return "el último día"
    case _ where seconds % day == 0: return "los últimos \(seconds / day) días"
    case _ where seconds % hour == 0: return "las últimas \(seconds / hour) horas"
    default: return "los últimos \(seconds / minute) minutos"
    }
  }
}
