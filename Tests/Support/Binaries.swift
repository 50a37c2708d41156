import Foundation

/// The executables of this package, built beside the tests.
package enum Binaries {
  /// Where `swift build` put them: the folder of the running test bundle.
  package static let directory: String = {
    let link = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return (link as NSString).deletingLastPathComponent
  }()

  /// - Throws: where it was not built.
  package static func path(of name: String) throws -> String {
    let path = directory + "/" + name
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw TestSupportError("\(path) is not built: run swift build")
    }
    return path
  }
}
