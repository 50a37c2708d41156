import Glibc

/// Name resolution on its own threads, since libpq would block in it.
enum Resolver {
  static let maximumResolverThreads = 4
  static let maximumWaitingResolutions = 64
  /// Of one name, the first so many are tried.
  static let maximumAddressesPerHost = 8

  private static let threads = BoundedThreads(
    name: "postgres-dns", maximumThreads: maximumResolverThreads, maximumWaitingJobs: maximumWaitingResolutions)

  enum Failure: Error {
    case interrupted(Interruption)
    case unresolved(String)
  }

  /// The same parameters with a `hostaddr` for every name, so that libpq has nothing to resolve.
  static func resolve(
    _ parameters: [String: String], _ reactor: Reactor, until deadline: ContinuousClock.Instant,
    isolation: isolated (any Actor)? = #isolation
  ) async throws(Failure) -> [String: String] {
    let environment = getenv("PGHOST").map { String(cString: $0) }
    guard parameters["hostaddr"] == nil, let hosts = parameters["host"] ?? environment else { return parameters }
    let names = hosts.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let ports = (parameters["port"] ?? "").split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    var targets: [(host: String, address: String, port: String)] = []
    var problem = ""
    for (index, name) in names.enumerated() {
      let port = ports.count == names.count ? ports[index] : ports.first ?? ""
      guard !isAddressOrSocket(name) else {
        targets.append((name, name.hasPrefix("/") || name.hasPrefix("@") ? "" : name, port))
        continue
      }
      switch try await addresses(of: name, reactor, until: deadline) {
      case .success(let addresses): targets += addresses.map { (name, $0, port) }
      case .failure(let failure): problem = failure.message
      }
    }
    guard !targets.isEmpty else { throw .unresolved(problem) }
    var resolved = parameters
    resolved["host"] = targets.map(\.host).joined(separator: ",")
    resolved["hostaddr"] = targets.map(\.address).joined(separator: ",")
    resolved["port"] = targets.map(\.port).joined(separator: ",")
    return resolved
  }

  private struct Unresolved: Error { let message: String }

  private static func addresses(
    of name: String, _ reactor: Reactor, until deadline: ContinuousClock.Instant,
    isolation: isolated (any Actor)? = #isolation
  ) async throws(Failure) -> Result<[String], Unresolved> {
    guard let call = BlockingCall(on: threads, { lookUp(name) }) else {
      throw .unresolved("too many names are being resolved at once")
    }
    do {
      return try await call.value(reactor, until: deadline, heedingCancellation: true)
    } catch {
      throw .interrupted(error)
    }
  }

  private static func isAddressOrSocket(_ name: String) -> Bool {
    if name.isEmpty || name.hasPrefix("/") || name.hasPrefix("@") { return true }
    var (four, six) = (in_addr(), in6_addr())
    return inet_pton(AF_INET, name, &four) == 1 || inet_pton(AF_INET6, name, &six) == 1
  }

  private static func lookUp(_ name: String) -> Result<[String], Unresolved> {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(name, nil, &hints, &found)
    guard code == 0 else {
      return .failure(
        Unresolved(message: "the host name '\(name)' does not resolve: \(String(cString: gai_strerror(code)))"))
    }
    defer { freeaddrinfo(found) }
    var addresses: [String] = []
    var next = found
    while let entry = next, addresses.count < maximumAddressesPerHost {
      var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
      if getnameinfo(
        entry.pointee.ai_addr, entry.pointee.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0
      {
        addresses.append(text.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" })
      }
      next = entry.pointee.ai_next
    }
    return .success(addresses)
  }
}
