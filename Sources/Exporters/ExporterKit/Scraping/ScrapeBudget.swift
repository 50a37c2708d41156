/// How long a scrape may take: what Prometheus says that it will wait, less a reserve in which cancelled statements end
/// and the page is rendered and sent.
package struct ScrapeBudget: Sendable, Equatable {
  /// Prometheus' own default, for whoever does not say.
  package static let defaultSeconds = 10.0
  /// Less than this is not believed: nobody scrapes so, and others may join what such a request starts.
  package static let minimumSeconds = 0.1
  /// More than this is not believed.
  package static let maximumSeconds = 300.0
  /// Off the end for rendering and sending.
  package static let renderReserveMilliseconds = 200
  /// Before that, for the end of what was cancelled on the target.
  package static let cancellationReserveMilliseconds = 300

  /// From the request until nothing may run on the target any more.
  package let work: Duration
  /// From the request until the page is made of what is there.
  package let answer: Duration

  /// - Parameter header: the value of `X-Prometheus-Scrape-Timeout-Seconds`. What is no positive number is ignored.
  package init(header: String?) {
    let asked = header.flatMap { Double($0) } ?? Self.defaultSeconds
    let isSensible = asked.isFinite && asked > 0
    let seconds = isSensible ? min(max(asked, Self.minimumSeconds), Self.maximumSeconds) : Self.defaultSeconds
    let total = Duration.seconds(seconds)
    // A very short limit cannot pay the whole reserve: half of it stays for the work.
    answer = total - min(.milliseconds(Self.renderReserveMilliseconds), total / 5)
    work = answer - min(.milliseconds(Self.cancellationReserveMilliseconds), total * 3 / 10)
  }

  /// How long the next reading may take: its own limit, and at most half of what is left unless it is the last, so that
  /// one that hangs leaves time for the others.
  package static func allowance(limit: Duration, remaining: Duration, isLast: Bool) -> Duration {
    max(.zero, min(limit, isLast ? remaining : remaining / 2))
  }
}
