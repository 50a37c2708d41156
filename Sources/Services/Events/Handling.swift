import Catalog
import Logging
import Redis
import Telemetry

extension EventConsumer {
  /// One delivery, until it is acknowledged, set aside, or left to a later attempt of whoever consumes then.
  func handle(_ delivery: Delivery, _ link: ConsumerLink, _ lanes: Lanes) async {
    guard let event = delivery.event else {
      await setAside(delivery, link, lanes, reason: "it is no event that this program knows")
      return
    }
    if recent.contains(event.id) {
      metrics.consumed.add(1, .duplicado)
      await acknowledge(delivery, link, lanes)
      return
    }
    var attempt = delivery.attempt
    var cause = "the process did not survive it"
    while attempt <= settings.maximumAttempts {
      if attempt > 1, await !note(attempt, of: delivery, link, lanes) { return }
      do {
        try await handler(event)
        recent.insert(event.id)
        metrics.consumed.add(1, .procesado)
        await acknowledge(delivery, link, lanes)
        return
      } catch {
        if Task.isCancelled { return }
        cause = "\(error)"
      }
      metrics.failures.add()
      if attempt < settings.maximumAttempts { await lanes.pause(RetryDelay.after(failures: attempt)) }
      attempt += 1
      if lanes.isStopping { return }
    }
    await setAside(delivery, link, lanes, reason: cause)
  }

  /// - Returns: whether the attempt may be made: not where nobody would know of it.
  private func note(_ attempt: Int, of delivery: Delivery, _ link: ConsumerLink, _ lanes: Lanes) async -> Bool {
    do {
      try await link.note(attempt, of: delivery.entry)
      return true
    } catch {
      await startOver(link, lanes, since: error)
      return false
    }
  }

  /// Where it fails the entry comes again, and is known.
  private func acknowledge(_ delivery: Delivery, _ link: ConsumerLink, _ lanes: Lanes) async {
    do {
      try await link.acknowledge(delivery.entry, handled: delivery.event?.id, capacity: recent.capacity)
    } catch {
      await startOver(link, lanes, since: error)
    }
  }

  private func setAside(_ delivery: Delivery, _ link: ConsumerLink, _ lanes: Lanes, reason: String) async {
    do {
      try await link.setAside(delivery, reason: reason)
    } catch {
      await startOver(link, lanes, since: error)
      return
    }
    metrics.consumed.add(1, .apartado)
    logger.error(
      "an event was set aside",
      metadata: [
        "entry": "\(delivery.entry)", "event": "\(delivery.event?.id ?? 0)", "stream": "\(settings.setAsideKey)",
        "cause": "\(reason)",
      ])
  }

  /// An entry stays with the group: nothing behind it may be begun before it has been claimed again.
  private func startOver(_ link: ConsumerLink, _ lanes: Lanes, since error: any Error) async {
    logger.debug("Redis does not take what became of an event", metadata: ["cause": "\(error)"])
    lanes.stop()
    await link.close()
  }
}
