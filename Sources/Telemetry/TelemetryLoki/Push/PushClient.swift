import NIOCore
import NIOHTTP1

/// One request at a time over one connection, which is kept. On its event loop alone.
final class PushClient {
  private let configuration: LokiConfiguration
  private let loop: any EventLoop
  private var connector: PushConnector
  private var authorization: Authorization
  private var channel: (any Channel)?

  init(_ configuration: LokiConfiguration, on loop: any EventLoop) {
    self.configuration = configuration
    self.loop = loop
    connector = PushConnector(configuration)
    authorization = Authorization(configuration.credentials)
  }

  /// Calls back once, on the loop, within both time limits.
  func push(_ body: [UInt8], then finish: @escaping (Result<PushAnswer, PushError>) -> Void) {
    do throws(PushError) {
      let exchange = PushExchange(head: try head(of: body), body: ByteBuffer(bytes: body), answer: loop.makePromise())
      exchange.answer.futureResult.assumeIsolated().whenComplete { finish($0.mapError(Self.described)) }
      if let channel, channel.isActive {
        send(exchange, on: channel, isKept: true)
      } else {
        connectAndSend(exchange)
      }
    } catch {
      finish(.failure(error))
    }
  }

  func credentialsWereRefused() { authorization.wasRefused() }

  /// An exchange under way fails.
  func close() {
    channel?.close(promise: nil)
    channel = nil
  }

  private func connectAndSend(_ exchange: PushExchange) {
    connector.connect(on: loop).assumeIsolated().whenComplete { result in
      switch result {
      case .success(let channel):
        self.channel = channel
        self.send(exchange, on: channel, isKept: false)
      case .failure(let error): exchange.answer.fail(error)
      }
    }
  }

  /// A connection that was kept may be closed by the receiver just when it is used: that is no failure, and costs a
  /// second attempt on a new one.
  private func send(_ exchange: PushExchange, on channel: any Channel, isKept: Bool) {
    let attempt = PushExchange(head: exchange.head, body: exchange.body, answer: loop.makePromise())
    let limit = TimeAmount.seconds(fromDouble: configuration.limits.responseTimeoutSeconds)
    var isLate = false
    let timer = loop.assumeIsolated().scheduleTask(in: limit) {
      isLate = true
      attempt.answer.fail(PushError(description: "no answer in time"))
      channel.close(promise: nil)
    }
    attempt.answer.futureResult.assumeIsolated().whenComplete { result in
      timer.cancel()
      switch result {
      case .success(let answer): exchange.answer.succeed(answer)
      case .failure where isKept && !isLate:
        self.channel = nil
        self.connectAndSend(exchange)
      case .failure(let error): exchange.answer.fail(error)
      }
    }
    channel.writeAndFlush(attempt).assumeIsolated().whenFailure { error in
      // A write fails with the connection; what ended the connection is the better reason, and comes in the same turn.
      self.loop.assumeIsolated().execute { attempt.answer.fail(error) }
    }
  }

  private func head(of body: [UInt8]) throws(PushError) -> HTTPRequestHead {
    let endpoint = configuration.endpoint
    var headers: HTTPHeaders = [
      "Host": endpoint.authority, "User-Agent": "minimarket-telemetry",
      "Content-Type": PushBody.contentType(configuration.format), "Content-Length": String(body.count),
    ]
    if let tenant = configuration.tenant {
      guard tenant.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
        throw PushError(description: "the tenant has characters that a header field cannot have")
      }
      headers.add(name: "X-Scope-OrgID", value: tenant)
    }
    do throws(SecretFileError) {
      if let field = try authorization.field() { headers.add(name: "Authorization", value: field) }
    } catch {
      throw PushError(description: error.description)
    }
    return HTTPRequestHead(version: .http1_1, method: .POST, uri: endpoint.path, headers: headers)
  }

  private static func described(_ error: any Error) -> PushError { PushError(description: PushConnector.text(error)) }
}
