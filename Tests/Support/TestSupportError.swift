@_exported import Harness

/// A test's surroundings are not as they should be.
package typealias TestSupportError = HarnessError
