import ExporterKit

/// Values that sysfs gives a file each.
extension NodeHost {
  /// The file's number without a sign; nil where it is not there, cannot be read, or is no number.
  func unsigned(_ path: String) -> UInt64? {
    (try? withBytes(of: path) { $0.trimmed.unsigned }) ?? nil
  }
}
