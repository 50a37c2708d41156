/// A folder of a service: its endpoints, and the schemas that their documents refer to.
package protocol Feature: Sendable {
  var routes: [Route] { get }
  var schemas: [String: Schema] { get }
}

extension Feature {
  package var schemas: [String: Schema] { [:] }
}
