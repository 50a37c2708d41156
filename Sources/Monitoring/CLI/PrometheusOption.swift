import ArgumentParser
import Foundation
import Preview
import PromQL

/// Which Prometheus to ask, about which time.
struct PrometheusOption: ParsableArguments {
  @Option(help: "The address of a Prometheus: http://127.0.0.1:9090.")
  var prometheus: String

  @Option(help: "How much time to show: 15m, 1h, 2d.")
  var last = Length(period: 1.h)

  @Option(help: "Its end, in seconds since the epoch (default: now).")
  var at: Int?

  func reader() -> PanelReader {
    let end = at ?? Int(Date().timeIntervalSince1970)
    return PanelReader(PrometheusClient(url: prometheus), range: ShownRange(end: end, length: last.period))
  }
}

/// A length of time on the command line.
struct Length: ExpressibleByArgument {
  static let minutesAtLeast = 1
  static let daysAtMost = 400

  let period: Period
  init(period: Period) { self.period = period }

  init?(argument: String) {
    let units = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
    guard let unit = argument.last.flatMap({ units[String($0)] }), let count = Int(argument.dropLast()), count > 0,
      case (let seconds, false) = count.multipliedReportingOverflow(by: unit),
      (Self.minutesAtLeast.m...Self.daysAtMost.d).contains(Period(seconds: seconds))
    else { return nil }
    period = Period(seconds: seconds)
  }

  var defaultValueDescription: String { period.text }
}
