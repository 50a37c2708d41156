/// What `--version` and `…_build_info` say.
package enum Release {
  package static let version = "0.1.0"

  package static var swiftVersion: String {
    #if compiler(>=6.5)
      "6.5"
    #elseif compiler(>=6.4)
      "6.4"
    #else
      "6.3"
    #endif
  }
}
