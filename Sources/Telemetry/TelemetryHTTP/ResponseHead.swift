import Compression
import NIOHTTP1

extension PageResponse {
  /// The status line and fields in front of the body.
  /// - Parameters:
  ///   - request: what is answered.
  ///   - isKeptAlive: the connection goes on after the body.
  func head(answering request: HTTPRequestHead, isKeptAlive: Bool) -> HTTPResponseHead {
    var headers: HTTPHeaders = ["Content-Type": contentType, "Date": HTTPDate.now()]
    if let contentLengthBytes {
      headers.add(name: "Content-Length", value: String(contentLengthBytes))
    } else if request.method != .HEAD, request.version != .http1_0 {
      headers.add(name: "Transfer-Encoding", value: "chunked")
    }
    if let encoding = coding.contentEncoding { headers.add(name: "Content-Encoding", value: encoding) }
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) { headers.add(name: name, value: value) }
    if let varies { headers.add(name: "Vary", value: varies) }
    if !isKeptAlive {
      headers.add(name: "Connection", value: "close")
    } else if request.version == .http1_0 {
      headers.add(name: "Connection", value: "keep-alive")
    }
    return HTTPResponseHead(version: .http1_1, status: .init(statusCode: status), headers: headers)
  }
}
