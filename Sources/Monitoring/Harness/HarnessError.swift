/// The surroundings are not as they should be: a process that does not start, a port that nobody has.
package struct HarnessError: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}
