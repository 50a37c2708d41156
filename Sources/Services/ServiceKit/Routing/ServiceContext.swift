import Hummingbird
import Logging
import Telemetry

/// What a request carries on its way.
package struct ServiceContext: RequestContext {
  package var coreContext: CoreRequestContextStorage
  /// The client's `X-Request-ID`, or ours.
  package var requestID = ""
  package var trace = TraceContext.none
  /// Who asks; nil on open routes.
  package var principal: Principal?
  /// With what; nil on open routes.
  package var token: TokenIdentity?
  /// The other end of the connection; nil where it has no IP address.
  private let peerAddress: String?

  package init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    peerAddress = source.channel.remoteAddress?.ipAddress
  }

  /// Where the request comes from. A peer on this machine is nginx, whose word is taken: the last hop of
  /// `X-Forwarded-For`. Anybody else could write there what he likes.
  package func clientAddress(of request: Request) -> String {
    let peer = peerAddress ?? ""
    guard peer.hasPrefix("127.") || peer == "::1" || peer.hasPrefix("::ffff:127."),
      let hop = request.headers[.forwardedFor]?.split(separator: ",").last?.filter({ $0 != " " }), !hop.isEmpty
    else { return peer }
    return String(hop.prefix(Self.maximumAddressCharacters))
  }

  /// As many as an IPv6 address with an IPv4 tail has.
  private static let maximumAddressCharacters = 45

  /// A parameter of the path as the client meant it (RFC 3986 §2.1); nil where the escapes are broken or the bytes
  /// are no UTF-8.
  package func pathParameter(_ name: String) -> String? {
    guard let raw = parameters.get(name) else { return nil }
    var bytes: [UInt8] = []
    var rest = raw.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16), value != 0
      else { return nil }
      rest = rest.dropFirst(2)
      bytes.append(value)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
