import Catalog

/// What a route promises in the OpenAPI document.
package struct Operation: Sendable {
  package struct Parameter: Sendable {
    package enum Place: String, Sendable { case path, query, header }
    let name: String
    let place: Place
    let schema: Schema
    let description: String
    let isRequired: Bool

    package init(
      _ name: String, in place: Place, _ schema: Schema, _ description: String, isRequired: Bool = false
    ) {
      self.name = name
      self.place = place
      self.schema = schema
      self.description = description
      self.isRequired = isRequired || place == .path
    }
  }

  package struct Answer: Sendable {
    let status: HTTPStatus
    let description: String
    let schema: Schema?
    let mediaTypes: [String]

    package init(
      _ status: HTTPStatus, _ description: String, schema: Schema? = nil, mediaTypes: [String] = ["application/json"]
    ) {
      self.status = status
      self.description = description
      self.schema = schema
      self.mediaTypes = mediaTypes
    }

    /// A failure as `application/problem+json`.
    package static func problem(_ status: HTTPStatus, _ description: String) -> Answer {
      Answer(status, description, schema: .reference("Problema"), mediaTypes: ["application/problem+json"])
    }
  }

  let summary: String
  let parameters: [Parameter]
  let body: Schema?
  let bodyTypes: [String]
  let answers: [Answer]

  /// - Parameter bodyTypes: media types of the body.
  package init(
    _ summary: String, parameters: [Parameter] = [], body: Schema? = nil, bodyTypes: [String] = ["application/json"],
    _ answers: [Answer]
  ) {
    self.summary = summary
    self.parameters = parameters
    self.body = body
    self.bodyTypes = bodyTypes
    self.answers = answers
  }
}
