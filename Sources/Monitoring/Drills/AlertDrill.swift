import Alerts
import Harness
import PromQL
import Render
import Topology

/// One alert from silence to the message that it is over: each moment is waited for within a bound, in this order.
struct AlertDrill: Sendable {
  /// For what is left of a start, or of an earlier fault, to go.
  static let silenceTimeout = Duration.seconds(30)
  /// For what an earlier fault left in the five minutes that expressions look back on to go.
  static let forgettingTimeout = Duration.seconds(330)
  /// As somebody who sees that it did not help tries once more.
  static let remedyAttempts = 3
  /// Beside Alertmanager's own pace: Prometheus repeats once a minute what it could not deliver.
  static let deliveryTimeout = Duration.seconds(75)

  let alert: Alert
  let stack: PrivateStack
  /// What every bound is multiplied by: who knows that it will not come need not wait for all of it.
  var patience = 1.0
  let say: @Sendable (String) -> Void

  func perform() async -> DrillResult {
    let progress = DrillProgress(alert.name, say: say)
    do {
      let fault = try alert.drill.fault(on: stack)
      do { try await perform(fault, progress) } catch { await progress.fail(error) }
      // Whoever interrupts the drill does not interrupt this.
      let mending = Task {
        try await fault.undo()
        try await fault.finish()
      }
      try await mending.value
      if await !progress.hasFailed { try await performCauses(progress) }
    } catch {
      await progress.fail(error)
    }
    return await progress.result
  }

  /// How long it goes on firing on this stack once it no longer holds.
  private var memory: Duration { .seconds(stack.stack.compressed(alert.keepsFiringFor).seconds) }

  private func perform(_ fault: any Fault, _ progress: DrillProgress) async throws {
    try await wait(
      within: Self.forgettingTimeout * patience + memory, for: "\(alert.name) to be silent before the fault"
    ) {
      try await stack.activeAlerts(alert.name, having: fault.series).isEmpty
    }
    let diagnoses = alert.runbook.diagnosis.filter { $0.cause == nil }
    for diagnosis in diagnoses { try await expect(diagnosis, shows: false, within: Self.forgettingTimeout * patience) }
    let messages = stack.slack.bodies.count

    await progress.start("the fault")
    try await fault.begin()
    try await fires(fault, progress)
    if !stopsMessages { try await arrives(progress, after: messages) }
    for diagnosis in diagnoses { try await expect(diagnosis, shows: true, within: fault.showTimeout * patience) }
    await progress.reach(.runbook, commands: diagnoses.count)

    await progress.start("the remedy")
    await progress.mend(by: try await remedy(fault))
    try await fault.afterwards()
    if stopsMessages { try await arrives(progress, after: messages) }
    try await wait(within: fault.forgetTimeout * patience + memory, for: "\(alert.name) to resolve") {
      try await stack.activeAlerts(alert.name, having: fault.series).isEmpty
    }
    await progress.reach(.resolved)
    // Of something else that is true here (a machine that is busy itself) it may fire too, and mute this one or share
    // its message, which says that it is over when both are.
    try? await wait(within: fault.forgetTimeout * patience, for: "the others to resolve") {
      try await !stack.activeAlerts(alert.name, having: [:]).contains(where: \.isFiring)
    }
    try await isTold(as: "RESUELTA", after: messages)
    await progress.reach(.told)
  }

  /// Without Alertmanager the message comes when it is back.
  private var stopsMessages: Bool {
    if case .stop(let process) = alert.drill { return process.name == Platform.alertmanager.name }
    return false
  }

  private func arrives(_ progress: DrillProgress, after messages: Int) async throws {
    try await isTold(as: alert.severity.rawValue.uppercased(), after: messages)
    try await runbookAnswers()
    await progress.reach(.delivered)
  }

  private func fires(_ fault: any Fault, _ progress: DrillProgress) async throws {
    try await wait(within: fault.showTimeout * patience, for: "\(alert.name) to be pending") {
      try await !stack.activeAlerts(alert.name, having: fault.series).isEmpty
    }
    await progress.reach(.pending)
    let due = Duration.seconds(stack.stack.compressed(alert.holdsFor).seconds) + Self.silenceTimeout
    try await wait(within: due, for: "\(alert.name) to fire") {
      try await stack.activeAlerts(alert.name, having: fault.series).contains(where: \.isFiring)
    }
    await progress.reach(.firing)
  }

  /// The steps of the runbook that mend it; where there is none, the drill does.
  private func remedy(_ fault: any Fault) async throws -> DrillResult.Remedy {
    let commands = alert.runbook.fix.filter(\.isRemedy).compactMap(\.command)
    if commands.isEmpty {
      try await fault.undo()
      return .drill
    }
    var last = ""
    for _ in 0..<Self.remedyAttempts {
      for command in commands {
        let output = try await stack.run(command)
        last = output.text
        guard output.status == 0 else {
          throw DrillError("the remedy “\(try command.text(on: stack.stack))” ended with \(output.status): \(last)")
        }
      }
      // What a command has ended may take a moment to be gone.
      for _ in 0..<10 {
        if try await fault.isMended() { return .runbook }
        try await Task.sleep(for: .milliseconds(200))
      }
    }
    throw DrillError("the remedy does not end the fault; it says: \(last.prefix(300))")
  }

  /// Questions about other causes: each is made for the time that its command takes to show it.
  private func performCauses(_ progress: DrillProgress) async throws {
    for diagnosis in alert.runbook.diagnosis {
      guard let cause = diagnosis.cause else { continue }
      if !cause.isPerformed { continue }
      let fault = try cause.fault(on: stack)
      do {
        try await expect(diagnosis, shows: false, within: Self.silenceTimeout * patience)
        try await fault.begin()
        try await expect(diagnosis, shows: true, within: fault.showTimeout * patience)
      } catch { await progress.fail(error) }
      let mending = Task {
        try await fault.undo()
        try await fault.afterwards()
      }
      try await mending.value
      do { try await expect(diagnosis, shows: false, within: fault.forgetTimeout * patience) } catch {
        await progress.fail(error)
      }
      try await Task { try await fault.finish() }.value
      if await progress.hasFailed { return }
      await progress.add(commands: 1)
    }
  }

  private func expect(_ diagnosis: Diagnosis, shows expected: Bool, within timeout: Duration) async throws {
    var last = ""
    do {
      try await wait(within: timeout, every: .milliseconds(500), for: "an answer") {
        last = try await stack.run(diagnosis.command).text
        return diagnosis.fault.holds(in: last) == expected
      }
    } catch is DrillError {
      let what = expected ? "does not show the fault" : "shows the fault without it"
      throw DrillError(
        "“\(diagnosis.question)” \(what): \(try diagnosis.command.text(on: stack.stack)) answers \(last.prefix(300))")
    }
  }
}

extension AlertDrill {
  /// Waits for a message about this alert; every one that comes meanwhile has to be one that Slack takes.
  private func isTold(as status: String, after count: Int) async throws {
    let pace = Duration.seconds(stack.stack.compressed(stack.slowestPace(of: alert.severity)).seconds)
    let message = "“\(status): \(alert.name)” in Slack"
    do {
      try await wait(within: pace + Self.deliveryTimeout * patience, for: message) {
        for payload in try stack.slack.bodies.dropFirst(count).map(SlackPayload.init) {
          guard payload.problems.isEmpty else { throw DrillError("Slack would refuse a message: \(payload.problems)") }
          if payload.attachments.contains(where: { isMine($0, as: status) }) { return true }
        }
        return false
      }
    } catch let error as DrillError {
      let others = (try? await stack.inhibitors(of: alert.name)) ?? []
      if others.isEmpty { throw error }
      throw DrillError("\(error); Alertmanager withholds it while \(others.joined(separator: " and ")) fires")
    }
  }

  private func isMine(_ attachment: SlackPayload.Attachment, as status: String) -> Bool {
    guard let title = attachment.title, let text = attachment.text else { return false }
    let name = "\(status): \(alert.name)"
    return (title == name || title.hasPrefix("\(name) ")) && text.contains("<\(runbookURL)|")
  }

  private var runbookURL: String { "\(stack.stack.publicURL)/runbooks/#\(alert.section)" }

  /// The page behind the link, at its anchor, through nginx.
  private func runbookAnswers() async throws {
    let answer = try await LoopbackHTTP.send(port: stack.stack.number(of: .nginxHTTP), "/runbooks/")
    guard answer.status == 200, answer.body.contains("id=\"\(alert.section)\"") else {
      throw DrillError("\(runbookURL) leads nowhere: status \(answer.status)")
    }
  }
}
