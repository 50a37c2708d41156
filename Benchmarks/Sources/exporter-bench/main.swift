import Glibc

// Scrapes an exporter over one connection, one scrape after the other, and writes a line of fields with tabs between
// them for scripts/bench.sh: median, 99th percentile and processor time a scrape of the exporter and of its target in
// microseconds, resident KiB afterwards, bytes of a body on the wire, series of a plain page, open descriptors.
let usage = """
  exporter-bench HOST:PORT/PATH COUNT plain|gzip EXPORTER_PID TARGET_PID|-

  """

func output(_ text: String, to descriptor: Int32 = STDOUT_FILENO) {
  var bytes = Array(text.utf8)[...]
  while !bytes.isEmpty {
    let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    guard count > 0 else { exit(1) }
    bytes = bytes.dropFirst(count)
  }
}

func fail(_ message: String, _ status: Int32 = 1) -> Never {
  output("exporter-bench: \(message)\n", to: STDERR_FILENO)
  exit(status)
}

func run(_ arguments: [String]) throws(BenchError) {
  guard arguments.count == 5, let address = Address(arguments[0]), let count = Int(arguments[1]), count > 0,
    let exporter = Int(arguments[3])
  else { fail("wrong arguments\n" + usage, 2) }
  let isGzip = arguments[2] == "gzip"
  let processes = (exporter: ProcessTree(exporter), target: Int(arguments[4]).map { ProcessTree($0) })
  let connection = try Connection(address)
  // What the first scrape opens and prepares is not what is measured.
  for _ in 0..<warmUpScrapes { _ = try connection.scrape(gzip: isGzip) }
  let before = (processes.exporter.microseconds, processes.target?.microseconds ?? 0)
  var times: [Int] = []
  var body: [UInt8] = []
  for _ in 0..<count {
    let start = now()
    body = try connection.scrape(gzip: isGzip)
    times.append(now() - start)
  }
  let after = (processes.exporter.microseconds, processes.target?.microseconds ?? 0)
  times.sort()
  let figures = [
    times[count / 2] / 1000, times[min(count - 1, count * 99 / 100)] / 1000, (after.0 - before.0) / count,
    (after.1 - before.1) / count, processes.exporter.residentKibibytes, body.count,
    isGzip ? 0 : body.split(separator: UInt8(ascii: "\n")).count { $0.first != UInt8(ascii: "#") },
    processes.exporter.openDescriptors,
  ]
  output(figures.map(String.init).joined(separator: "\t") + "\n")
}

private let warmUpScrapes = 20

/// Nanoseconds of the monotonic clock.
func now() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

struct BenchError: Error {
  let description: String
  init(_ description: String) { self.description = description }
}

do { try run(Array(CommandLine.arguments.dropFirst())) } catch { fail(error.description) }
