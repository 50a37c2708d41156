import Foundation

/// Commands that a test or a drill runs to their end.
package enum Subprocess {
  package struct Output: Sendable {
    /// The exit code; 128 and the signal's number for one that a signal ended.
    package let status: Int32
    package let standardOutput: String
    package let standardError: String
  }

  /// How long a command may take to end when it is asked to.
  static let patience = Duration.seconds(60)

  /// Runs a command and waits for its end.
  ///
  /// - Parameters:
  ///   - command: the executable's absolute path and its arguments.
  ///   - environment: nil: as ours.
  ///   - timeout: after which the command is killed and an error thrown.
  package static func run(
    _ command: [String], environment: [String: String]? = nil, input: String = "", timeout: Duration = .seconds(30)
  ) async throws -> Output {
    let directory = try TemporaryDirectory("run")
    let input = open(try directory.write(input, to: "in"), O_RDONLY | O_CLOEXEC)
    let (output, error) = (directory.file("out"), directory.file("err"))
    let (outputFile, errorFile) = (create(output), create(error))
    defer { for descriptor in [input, outputFile, errorFile] { close(descriptor) } }
    let process = try SpawnedProcess(
      command, environment: environment, input: input, output: outputFile, error: errorFile)
    let status: Int32?
    do { status = try await process.status(within: timeout) } catch {
      // Somebody gave up waiting. The command is asked to end, so that it can clean up behind itself.
      process.signal(SIGTERM)
      await Task { _ = try? await process.status(within: Self.patience) }.value
      process.signal(SIGKILL)
      throw error
    }
    guard let status else {
      process.signal(SIGKILL)
      _ = try await process.status(within: .seconds(5))
      throw HarnessError("\(command.joined(separator: " ")) did not end within \(timeout)")
    }
    return Output(status: status, standardOutput: try read(output), standardError: try read(error))
  }

  /// The same; a status other than 0 is an error that shows what the command printed.
  @discardableResult
  package static func check(
    _ command: [String], environment: [String: String]? = nil, input: String = "", timeout: Duration = .seconds(30)
  ) async throws -> String {
    let output = try await run(command, environment: environment, input: input, timeout: timeout)
    guard output.status == 0 else {
      throw HarnessError(
        "\(command.joined(separator: " ")) ended with \(output.status): \(output.standardError)\(output.standardOutput)"
      )
    }
    return output.standardOutput
  }

  /// A file to append a process' output to.
  package static func create(_ path: String) -> Int32 { open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644) }

  private static func read(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
  }
}
