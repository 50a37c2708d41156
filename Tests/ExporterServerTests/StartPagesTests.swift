import Testing

@testable import ExporterServer

/// proc_pid_smaps(5).
@Suite("StartPages")
struct StartPagesTests {
  private static let smaps = """
    555000-556000 r-xp 00000000 fe:00 123                        /usr/bin/x y
    Size:                  4 kB
    Anonymous:             0 kB
    VmFlags: rd ex
    556000-557000 r--p 00000000 fe:00 123                        /usr/bin/x
    Anonymous:             4 kB
    557000-558000 rw-p 00000000 fe:00 123                        /usr/bin/x
    Anonymous:             0 kB
    558000-559000 r--p 00000000 00:00 0
    Anonymous:             0 kB
    559000-55a000 r-xp 00000000 00:00 0                          [vdso]
    Anonymous:             0 kB
    7f0000-7f4000 r--p 00000000 fe:00 9                          /lib/libc.so.6
    Rss:                   4 kB
    Anonymous:             0 kB
    """

  @Test("mappings of files that can be read again, and no others")
  func clean() {
    #expect(StartPages.clean(Self.smaps) == [0x55_5000..<0x55_6000, 0x7F_0000..<0x7F_4000])
    #expect(StartPages.clean("").isEmpty)
    #expect(StartPages.clean("x-y r-xp\nAnonymous:").isEmpty)
  }
}
