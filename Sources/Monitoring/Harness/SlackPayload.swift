import Foundation

/// A message as Slack's incoming webhooks judge it
/// (https://api.slack.com/messaging/webhooks, https://api.slack.com/reference/surfaces/formatting).
package struct SlackPayload: Sendable {
  package static let maximumTextCharacters = 3000
  package static let maximumAttachments = 20

  package struct Attachment: Sendable, Decodable {
    package let title: String?
    package let titleLink: String?
    package let text: String?
    package let fallback: String?
    package let color: String?

    enum CodingKeys: String, CodingKey {
      case title, text, fallback, color
      case titleLink = "title_link"
    }
  }

  package let channel: String?
  package let text: String
  package let attachments: [Attachment]

  private struct Body: Decodable {
    let channel: String?
    let text: String?
    let attachments: [Attachment]?
  }

  package init(_ body: String) throws {
    let decoded = try JSONDecoder().decode(Body.self, from: Data(body.utf8))
    channel = decoded.channel
    text = decoded.text ?? ""
    attachments = decoded.attachments ?? []
  }

  /// What Slack would refuse or show wrongly; empty for a good message.
  package var problems: [String] {
    var found: [String] = []
    if text.isEmpty && attachments.isEmpty { found.append("no_text") }
    if attachments.count > Self.maximumAttachments { found.append("too_many_attachments") }
    for attachment in attachments {
      for part in [attachment.title, attachment.text, attachment.fallback].compactMap({ $0 }) {
        if part.count > Self.maximumTextCharacters { found.append("text of \(part.count) characters") }
        found += Self.markupProblems(in: part)
      }
      if let color = attachment.color, color.wholeMatch(of: /#[0-9a-f]{6}|good|warning|danger/) == nil {
        found.append("color \(color)")
      }
      if let link = attachment.titleLink, !link.isEmpty, URL(string: link)?.scheme == nil {
        found.append("title_link \(link)")
      }
    }
    return found
  }

  /// `&`, `<` and `>` stand for themselves only as entities; `<` opens a link, a channel or a mention, which `>` closes.
  private static func markupProblems(in text: String) -> [String] {
    let bare = text.replacing(/<(https?:\/\/[^<>|\s]+\|[^<>|]+|[#@!][^<>\s]+)>/, with: "")
    var found: [String] = []
    if bare.contains(/[<>]/) { found.append("bare < or > in: \(bare)") }
    if bare.replacing(/&(amp|lt|gt);/, with: "").contains("&") { found.append("bare & in: \(bare)") }
    return found
  }
}
