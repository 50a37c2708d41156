import MetricModel

/// What a registry can write out.
protocol Exposable: AnyObject, Sendable {
  var descriptor: FamilyDescriptor { get }
  /// Begins a pass over the series.
  func cursor() -> FamilyCursor
}

/// One pass over the series of a family, which may pause whenever the page's chunk is full.
struct FamilyCursor {
  let descriptor: FamilyDescriptor
  /// Writes on; true when all is written.
  let advance: (inout PageWriter) -> Bool

  init(_ descriptor: FamilyDescriptor, advance: @escaping (inout PageWriter) -> Bool) {
    self.descriptor = descriptor
    self.advance = advance
  }

  /// Over as many series as `count`.
  init(_ descriptor: FamilyDescriptor, count: Int, write: @escaping (Int, inout PageWriter) -> Void) {
    var position = 0
    self.init(descriptor) { page in
      while position < count {
        if page.isFull { return false }
        write(position, &page)
        position += 1
      }
      return true
    }
  }
}
