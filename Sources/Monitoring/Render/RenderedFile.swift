/// One generated file: what a renderer returns, so that writing and comparing are done in one place.
package struct RenderedFile: Sendable, Equatable {
  /// Relative to the directory that the caller chose; with slashes, never `..`.
  package let path: String
  package let contents: String
  /// Written with mode 0600 and never printed.
  package let isSecret: Bool

  package init(path: String, contents: String, isSecret: Bool = false) {
    self.path = path
    self.contents = contents
    self.isSecret = isSecret
  }
}
