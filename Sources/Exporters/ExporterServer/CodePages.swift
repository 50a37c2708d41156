import CLinux
import Glibc
import Settings
import Telemetry

/// Keeps of the executable and its libraries in memory what is used, and little else: starting touches 14 MiB of code and
/// constants, scrapes some 5, spread over all of it.
///
/// The kernel maps 64 KiB around each page that is touched (`fault_around_bytes`), and starting touches nearly all.
/// Both are undone here: pages are mapped one by one, and what only the start needed is given back. What is needed
/// again comes back from the page cache, at a microsecond a page.
enum CodePages {
  /// After the start, after the first scrapes, and once more when all that is usual has happened.
  static let releaseMilliseconds = [250, 5_000, 60_000]

  /// From here on each page is mapped by itself. A mapping that userfaultfd(2) tracks is not mapped around (Linux,
  /// `should_fault_around` in mm/memory.c); the tracking as such is not used. Nothing changes where the kernel is older
  /// than 6.7 or forbids it.
  static func mapOneByOne() {
    let mapped = atStart
    // A filter of system calls may end the process for one that it does not know.
    guard let status = try? FileReader.contents(of: "/proc/self/status"), status.contains("\nSeccomp:\t0\n") else {
      return
    }
    // Kept as long as the process: closing it would end the tracking.
    let descriptor = userfaultfd_asynchronous()
    guard descriptor >= 0 else { return }
    for range in mapped { _ = userfaultfd_track(descriptor, range.lowerBound, UInt(range.count)) }
  }

  /// What the process began with, whose mappings stay as long as it lives: of others somebody else may take the place
  /// between the look and the release.
  private static let atStart = files((try? FileReader.contents(of: "/proc/self/maps")) ?? "")

  /// Returns at once.
  static func releaseLater() {
    let mapped = atStart
    Task {
      let start = ContinuousClock.now
      for delay in releaseMilliseconds {
        guard (try? await Task.sleep(until: start + .milliseconds(delay), clock: .continuous)) != nil else { return }
        _ = DetachedThread.start { release(mapped) }
      }
    }
  }

  /// Blocks for some milliseconds.
  private static func release(_ mapped: [Range<UInt>]) {
    guard let smaps = try? FileReader.contents(of: "/proc/self/smaps") else { return }
    for range in clean(smaps) where mapped.contains(where: { $0.contains(range) }) {
      madvise(UnsafeMutableRawPointer(bitPattern: range.lowerBound), range.count, MADV_DONTNEED)
    }
  }

  /// Mappings of files that are not written to.
  /// - Parameter maps: `/proc/self/maps` (proc_pid_maps(5)).
  static func files(_ maps: String) -> [Range<UInt>] { maps.split(separator: "\n").compactMap(file) }

  /// Those none of whose pages differs from its file's, be it in memory or swapped out: they can be read again. A
  /// relocated page could not.
  /// - Parameter smaps: `/proc/self/smaps` (proc_pid_smaps(5)).
  static func clean(_ smaps: String) -> [Range<UInt>] {
    var (ranges, current) = ([Range<UInt>](), Range<UInt>?.none)
    for line in smaps.split(separator: "\n") {
      let words = line.split(separator: " ", omittingEmptySubsequences: true)
      if words.count >= 2, words[0] == "Anonymous:", words[1] != "0" {
        current = nil
      } else if words.count >= 2, words[0] == "Swap:" {
        if let range = current, words[1] == "0" { ranges.append(range) }
        current = nil
      } else if let first = words.first, range(first) != nil {
        current = file(line)
      }
    }
    return ranges
  }

  /// nil where the line is no mapping's, or its mapping is no file's or can be written to.
  private static func file(_ line: Substring) -> Range<UInt>? {
    let words = line.split(separator: " ", omittingEmptySubsequences: true)
    guard words.count >= 6, words[1].hasPrefix("r-"), words[5].hasPrefix("/") else { return nil }
    return range(words[0])
  }

  private static func range(_ word: Substring) -> Range<UInt>? {
    let ends = word.split(separator: "-").map { UInt($0, radix: 16) }
    guard ends.count == 2, let first = ends[0], let end = ends[1], first < end else { return nil }
    return first..<end
  }
}
