import Glibc
import Telemetry

// One case a process, so that none inherits another's heap. What is measured is written as a line of fields with tabs
// between them, for scripts/bench.sh.
let usage = """
  telemetry-bench time CASE OPERATIONS REPETITIONS   case, median and minimum in ns per operation
  telemetry-bench memory CASE OPERATIONS             case, bytes and allocations per operation, resident and peak KiB
  telemetry-bench page SERIES                        the text page that is scraped
  telemetry-bench list                               the cases

  """

func fail(_ message: String, _ status: Int32 = 1) -> Never {
  output(Array("telemetry-bench: \(message)\n".utf8), to: STDERR_FILENO)
  exit(status)
}

func output(_ bytes: [UInt8], to descriptor: Int32 = STDOUT_FILENO) {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    guard count > 0 else { exit(1) }
    rest = rest.dropFirst(count)
  }
}

func report(_ fields: [String]) { output(Array((fields.joined(separator: "\t") + "\n").utf8)) }

/// Two decimals.
func text(_ value: Double) -> String {
  let hundredths = Int((value * 100).rounded())
  let fraction = hundredths % 100
  return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
}

func work(_ name: String) -> Case.Work {
  guard let found = Case.all.first(where: { $0.name == name }) else { fail("no case \(name); see the list", 2) }
  return found.prepare()
}

func number(_ argument: String) -> Int {
  guard let number = Int(argument), number > 0 else { fail("\(argument) is no count", 2) }
  return number
}

func run(_ arguments: [String]) throws(CaseError) {
  switch (arguments.first, arguments.count) {
  case ("time", 4):
    let (work, operations) = (work(arguments[1]), number(arguments[2]))
    var times: [Int] = []
    for _ in 0..<number(arguments[3]) { times.append(try work(operations)) }
    times.sort()
    report([arguments[1]] + [times[times.count / 2], times[0]].map { text(Double($0) / Double(operations)) })
  case ("memory", 3):
    let (work, operations) = (work(arguments[1]), number(arguments[2]))
    let memory = try Memory.measure(work, operations)
    report(
      [arguments[1]] + [memory.allocatedBytes, memory.allocations].map { text(Double($0) / Double(operations)) }
        + [memory.residentKibibytes, memory.peakKibibytes].map(String.init))
  case ("page", 2):
    output(Scrapes.registry(series: number(arguments[1])).expose(.text))
  case ("list", 1): for found in Case.all { report([found.name]) }
  default: fail("wrong arguments\n" + usage, 2)
  }
}

do { try run(Array(CommandLine.arguments.dropFirst())) } catch { fail(error.description) }
