import Glibc
import Settings
import Telemetry

/// Gives pages of code and constants back that only the start needed: the kernel maps 64 KiB around each one that is
/// touched (`fault_around_bytes`), and starting touches nearly all of a Swift executable: 6 of 21 MiB resident were
/// such. What is needed again comes back from the page cache, at a microsecond a page.
enum StartPages {
  /// After the first scrapes, and once more when all that is usual has happened.
  static let releaseSeconds = [5, 60]

  /// Returns at once.
  static func releaseLater() {
    Task {
      let start = ContinuousClock.now
      for seconds in releaseSeconds {
        guard (try? await Task.sleep(until: start + .seconds(seconds), clock: .continuous)) != nil else { return }
        _ = DetachedThread.start { release() }
      }
    }
  }

  /// Blocks for some milliseconds.
  static func release() {
    guard let bytes = try? FileReader.bytes(of: "/proc/self/smaps") else { return }
    for range in clean(String(decoding: bytes, as: UTF8.self)) {
      madvise(UnsafeMutableRawPointer(bitPattern: range.lowerBound), range.count, MADV_DONTNEED)
    }
  }

  /// Mappings of files that are not written to, none of whose pages differs from its file's (proc_pid_smaps(5)): they
  /// can be read again. A relocated page could not.
  static func clean(_ smaps: String) -> [Range<UInt>] {
    var (ranges, current) = ([Range<UInt>](), Range<UInt>?.none)
    for line in smaps.split(separator: "\n") {
      let words = line.split(separator: " ", omittingEmptySubsequences: true)
      if let range = words.first.flatMap(range), words.count >= 6 {
        current = words[1].hasPrefix("r-") && words[5].hasPrefix("/") ? range : nil
      } else if words.count >= 2, words[0] == "Anonymous:" {
        if let range = current, words[1] == "0" { ranges.append(range) }
        current = nil
      } else if let range = words.first.flatMap(range), !range.isEmpty {
        current = nil
      }
    }
    return ranges
  }

  private static func range(_ word: Substring) -> Range<UInt>? {
    let ends = word.split(separator: "-").map { UInt($0, radix: 16) }
    guard ends.count == 2, let first = ends[0], let end = ends[1], first <= end else { return nil }
    return first..<end
  }
}
