import ExporterKit
import Testing

@testable import NodeExporter

@Suite("Table of names")
struct NameTableTests {
  private func values(_ table: NameTable<Int>, _ names: [String], _ make: (String) -> Int) -> [Int] {
    table.read { lookup in
      names.map { name in Array(name.utf8).withUnsafeBytes { lookup.value(of: Bytes($0), orMake: make) } }
    }
  }

  @Test("each name is made once, whatever the order and however often it comes")
  func once() {
    let table = NameTable<Int>()
    var made: [String] = []
    func make(_ name: String) -> Int {
      made.append(name)
      return name.utf8.count
    }
    #expect(values(table, ["a", "bb", "ccc"], make) == [1, 2, 3])
    #expect(values(table, ["a", "bb", "ccc"], make) == [1, 2, 3])
    #expect(values(table, ["ccc", "a", "dddd", "a", "", "bb"], make) == [3, 1, 4, 1, 0, 2])
    #expect(values(table, [""], make) == [0])
    #expect(made == ["a", "bb", "ccc", "dddd", ""])
  }

  @Test("names without end do not grow it without end")
  func bounded() {
    let table = NameTable<Int>()
    var made = 0
    for round in 0..<3 {
      let names = (0..<4000).map { "veth\(round)x\($0)" }
      let values = values(table, names) { name in
        made += 1
        return name.utf8.count
      }
      #expect(values == names.map { $0.utf8.count })
    }
    #expect(made == 12_000)
  }
}
