import Compression
import NIOHTTP1

extension PageResponse {
  /// The status line and fields in front of the body.
  /// - Parameters:
  ///   - request: what is answered.
  ///   - isKeptAlive: the connection goes on after the body.
  ///   - allow: the methods that the path has, where the answer is that the request's is none of them.
  func head(answering request: HTTPRequestHead, isKeptAlive: Bool, allow: String?) -> HTTPResponseHead {
    var headers: HTTPHeaders = ["Content-Type": contentType, "Date": HTTPDate.now()]
    if let contentLengthBytes {
      headers.add(name: "Content-Length", value: String(contentLengthBytes))
    } else if request.method != .HEAD, request.version != .http1_0 {
      headers.add(name: "Transfer-Encoding", value: "chunked")
    }
    if let encoding = coding.contentEncoding { headers.add(name: "Content-Encoding", value: encoding) }
    if let allow { headers.add(name: "Allow", value: allow) }
    if let varies { headers.add(name: "Vary", value: varies) }
    if !isKeptAlive {
      headers.add(name: "Connection", value: "close")
    } else if request.version == .http1_0 {
      headers.add(name: "Connection", value: "keep-alive")
    }
    return HTTPResponseHead(version: .http1_1, status: .init(statusCode: status), headers: headers)
  }
}
