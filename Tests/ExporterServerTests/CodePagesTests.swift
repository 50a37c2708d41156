import CLinux
import Glibc
import Settings
import Testing

@testable import ExporterServer

/// proc_pid_smaps(5).
@Suite("CodePages")
struct CodePagesTests {
  private static let smaps = """
    555000-556000 r-xp 00000000 fe:00 123                        /usr/bin/x y
    Size:                  4 kB
    Anonymous:             0 kB
    Swap:                  0 kB
    VmFlags: rd ex
    556000-557000 r--p 00000000 fe:00 123                        /usr/bin/x
    Anonymous:             4 kB
    Swap:                  0 kB
    557000-558000 rw-p 00000000 fe:00 123                        /usr/bin/x
    Anonymous:             0 kB
    Swap:                  0 kB
    558000-559000 r--p 00000000 00:00 0
    Anonymous:             0 kB
    Swap:                  0 kB
    559000-55a000 r-xp 00000000 00:00 0                          [vdso]
    Anonymous:             0 kB
    Swap:                  0 kB
    55a000-55b000 r--p 00000000 fe:00 123                        /usr/bin/x
    Anonymous:             0 kB
    Swap:                  4 kB
    7f0000-7f4000 r--p 00000000 fe:00 9                          /lib/libc.so.6
    Rss:                   4 kB
    Anonymous:             0 kB
    Swap:                  0 kB
    """

  @Test("mappings of files that can be read again; neither what was changed nor what of it was swapped out")
  func clean() {
    #expect(CodePages.clean(Self.smaps) == [0x55_5000..<0x55_6000, 0x7F_0000..<0x7F_4000])
    #expect(CodePages.clean("").isEmpty)
    #expect(CodePages.clean("x-y r-xp\nSwap: 0").isEmpty)
  }

  private static let maps = """
    555000-556000 r-xp 00000000 fe:00 123                        /usr/bin/x y
    557000-558000 rw-p 00000000 fe:00 123                        /usr/bin/x
    558000-559000 r--p 00000000 00:00 0
    559000-55a000 r-xp 00000000 00:00 0                          [vdso]
    7f0000-7f4000 r--p 00000000 fe:00 9                          /lib/libc.so.6
    """

  @Test("mappings of files that are not written to, by proc_pid_maps(5)")
  func files() {
    #expect(CodePages.files(Self.maps) == [0x55_5000..<0x55_6000, 0x7F_0000..<0x7F_4000])
    #expect(CodePages.files("").isEmpty)
  }

  /// `uw` is userfaultfd's flag (Documentation/filesystems/proc.rst). Kernels before 6.7 cannot, and containers may not.
  @Test("code is tracked where the kernel lets us, and the process goes on where it does not")
  func mapOneByOne() async {
    await #expect(processExitsWith: .exitCode(7)) {
      func tracked() throws -> [Substring] {
        let smaps = try FileReader.contents(of: "/proc/self/smaps")
        return smaps.split(separator: "\n").filter { $0.hasPrefix("VmFlags:") && $0.contains(" uw") }
      }
      let before = try tracked().count
      CodePages.mapOneByOne()
      let isPossible =
        try FileReader.contents(of: "/proc/self/status").contains("\nSeccomp:\t0\n") && userfaultfd_asynchronous() >= 0
      exit(try before == 0 && (tracked().count > 3) == isPossible ? 7 : 1)
    }
  }
}
