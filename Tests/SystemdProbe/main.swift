// What SystemdTests starts: libsystemd knows one path for journald and takes the manager's socket from the environment,
// so that what is tested runs in a process whose mounts and environment the test has made.

import Foundation

let arguments = CommandLine.arguments.dropFirst()
switch (arguments.first, arguments.dropFirst().first) {
case ("records", nil): try RecordProbe.run()
case ("pipeline", nil): PipelineProbe.run()
case ("notify", .some(let directory)): try await NotifyProbe.run(directory: directory)
case ("send", nil): await NotifyProbe.send()
case ("burst", nil): await NotifyProbe.burst()
default: exit(2)
}
