/// Polls until something holds.
/// - Throws: after the timeout, naming what did not come.
func wait(
  within timeout: Duration, every pause: Duration = .milliseconds(200), for what: String,
  isolation: isolated (any Actor)? = #isolation,
  until holds: () async throws -> Bool
) async throws {
  let end = ContinuousClock.now + timeout
  while true {
    if try await holds() { return }
    guard .now < end else { throw DrillError("waited \(timeout.components.seconds) s for \(what)") }
    try await Task.sleep(for: pause)
  }
}

/// Why a drill failed, in one sentence.
package struct DrillError: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}
