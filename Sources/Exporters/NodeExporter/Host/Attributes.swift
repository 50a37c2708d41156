import ExporterKit

/// Values that sysfs gives a file each, and the difference between a host without a subject and a subject without a
/// value: the first ends a collector with `NothingToRead`, the second leaves out one series.
extension NodeHost {
  /// The file's number without a sign; nil where it is not there, cannot be read, or is no number.
  func unsigned(_ path: String) -> UInt64? {
    (try? withBytes(of: path) { $0.trimmed.unsigned }) ?? nil
  }

  /// Entries of the directory that a collector is about, sorted.
  /// - Throws: `NothingToRead` where the host has none.
  func subjects(in path: String) throws -> [String] {
    do {
      return try entries(of: path)
    } catch  where error.isAbsence {
      throw NothingToRead(path)
    }
  }

  /// The file that a collector is about, as `withBytes(of:_:)` hands it out.
  /// - Throws: `NothingToRead` where the host has none.
  func withSubject<Result>(_ path: String, _ body: (Bytes) throws -> Result) throws -> Result {
    do {
      return try withBytes(of: path, body)
    } catch let error as HostError where error.isAbsence && error.path == path {
      throw NothingToRead(path)
    }
  }
}
