import Telemetry

/// The walk of one scrape. Every step leaves what it found in the report.
extension Scraper {
  func collectAll(until deadline: ContinuousClock.Instant) async {
    guard await reachTarget(until: deadline) else { return }
    for (index, collector) in collectors.enumerated() {
      await collect(collector, until: deadline, isLast: index == collectors.count - 1)
    }
  }

  /// Asks the probe, over the session there is or a new one.
  /// - Returns: whether the target answered. If not the other collectors are not tried: they would only wait.
  private func reachTarget(until deadline: ContinuousClock.Instant) async -> Bool {
    let limit = self.limit(of: probe, until: deadline, isLast: false)
    report.begin(probe.name, at: .now)
    do {
      let batch = try await probedBatch(until: limit)
      report.targetAnswered()
      report.end(probe.name, at: .now, with: batch)
      note(probe.name, nil)
      return true
    } catch {
      await forgetSession()
      report.end(probe.name, at: .now, with: nil)
      note(probe.name, error)
      return false
    }
  }

  private func probedBatch(until limit: ContinuousClock.Instant) async throws -> SampleBatch {
    if let session, target.isUsable(session) {
      do {
        return try await read(probe, session, until: limit)
      } catch  where !target.failure(of: error).isTimeout {
        // The server ended the session between two scrapes, as when it was restarted: a new one tells.
      }
    }
    await forgetSession()
    return try await read(probe, try await openSession(until: limit), until: limit)
  }

  private func openSession(until limit: ContinuousClock.Instant) async throws -> Target.Session {
    if let next = delay.nextAttempt { try await Task.sleep(until: min(next, limit), clock: .continuous) }
    do {
      let opened = try await target.open(until: limit)
      session = opened
      delay.succeeded()
      return opened
    } catch {
      delay.failed(at: .now)
      throw error
    }
  }

  private func collect(_ collector: Collector, until deadline: ContinuousClock.Instant, isLast: Bool) async {
    let limit = self.limit(of: collector, until: deadline, isLast: isLast)
    report.begin(collector.name, at: .now)
    do {
      let batch = try await read(collector, try await usableSession(until: limit), until: limit)
      report.end(collector.name, at: .now, with: batch)
      note(collector.name, nil)
    } catch {
      report.end(collector.name, at: .now, with: nil)
      note(collector.name, error)
    }
  }

  /// A collector before may have cost the session.
  private func usableSession(until limit: ContinuousClock.Instant) async throws -> Target.Session {
    if let session, target.isUsable(session) { return session }
    await forgetSession()
    return try await openSession(until: limit)
  }

  private func read(
    _ collector: Collector, _ session: Target.Session, until limit: ContinuousClock.Instant
  ) async throws -> SampleBatch {
    var batch = SampleBatch()
    try await collector.collect(from: session, into: &batch, until: limit)
    return batch
  }

  private func limit(
    of collector: Collector, until deadline: ContinuousClock.Instant, isLast: Bool
  ) -> ContinuousClock.Instant {
    let now = ContinuousClock.now
    return now + ScrapeBudget.allowance(limit: collector.limit, remaining: deadline - now, isLast: isLast)
  }
}
