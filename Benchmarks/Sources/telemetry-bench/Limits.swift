import Glibc
import Synchronization
import Telemetry

/// What the machine cannot do faster, beside which the rows stand.
enum Limits {
  private final class Cell: Sendable { let value = Atomic<UInt64>(0) }

  static let cases = [
    Case("atomic-add") {
      let cell = Cell()
      return { operations in
        Stopwatch.time { for _ in 0..<operations { cell.value.wrappingAdd(1, ordering: .relaxed) } }
      }
    },
    memcpy("memcpy-10000", of: Scrapes.small),
    memcpy("memcpy-100000", of: Scrapes.large),
  ]

  /// Copies the bytes of a text page, an operation being a series.
  private static func memcpy(_ name: String, of series: Int) -> Case {
    Case(name) {
      let page = Scrapes.registry(series: series).expose(.text)
      let copy = UnsafeMutableRawPointer.allocate(byteCount: page.count, alignment: 64)
      return { operations in
        Stopwatch.time {
          for _ in 0..<operations / series {
            page.withUnsafeBytes { bytes in
              if let start = bytes.baseAddress { _ = Glibc.memcpy(copy, start, bytes.count) }
            }
          }
        }
      }
    }
  }
}
