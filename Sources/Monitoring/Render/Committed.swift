/// Docker's rendering with every default: what is committed, relative to the repository's root.
package enum Committed {
  package static func files() throws -> [RenderedFile] { [] }
}
