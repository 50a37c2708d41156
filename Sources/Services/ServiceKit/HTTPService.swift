// What may enter ServiceKit: what all HTTP services share on the way of a request, and nothing that one of them
// alone needs.

import Hummingbird
import HummingbirdCore
import Logging
import MetricModel
import ProcessTelemetry
import ServiceLifecycle
import Settings
import Telemetry
import TelemetryHTTP
import Topology
import UnixSignals

/// A service as a value: its process, its features, what it is made of and what runs beside it.
package struct HTTPService: Sendable {
  /// From SIGTERM until requests that still run are cancelled; the process is gone within 10 s.
  package static let maximumDrainSeconds = 8
  /// Without a byte from the client a connection is closed; longer than nginx keeps one, so that nginx closes first.
  static let maximumIdleSeconds: Int64 = 75

  let process: PlatformProcess
  let title: String
  let features: [any Feature]
  let components: [HealthComponent]
  /// Started before the server and stopped after it: pools, pipelines.
  let services: [any ServiceLifecycle.Service]

  package init(
    process: PlatformProcess, title: String, features: [any Feature], components: [HealthComponent],
    services: [any ServiceLifecycle.Service]
  ) {
    self.process = process
    self.title = title
    self.features = features
    self.components = components
    self.services = services
  }

  /// Serves until SIGTERM or SIGINT, then finishes the requests in flight and returns.
  package func run(settings: Settings, telemetry: ProcessTelemetry, tokens: TokenVerifier) async throws {
    let address = try settings.required(Variables.bindAddress)
    let port = try settings.port(process.port)
    let health = Health(service: process.job?.rawValue ?? process.name, components: components)
    let described = features.flatMap(\.routes) + health.routes + [.metrics(of: telemetry.registry)]
    let schemas = features.reduce(into: [:]) { all, feature in all.merge(feature.schemas) { first, _ in first } }
    let document = OpenAPIDocument.make(title: title, routes: described, schemas: schemas)
    let all =
      described
      + Documentation.routes(
        title: title, assetsDirectory: try settings.optional(Variables.assetsDirectory), document: document)
    let metrics = RequestMetrics(telemetry.registry, routes: all)
    let router = RouteTable.router(
      for: all, tokens: tokens,
      middleware: [
        ObserveRequests(metrics: metrics, logger: Logger(label: "http")), try CORS(settings: settings),
      ])
    let companions = telemetry.companions(eventLoops: EventLoopWake.inTurn())
    let application = Application(
      router: router,
      server: HTTPServerBuilder { responder in
        LoopBoundConnections(
          connections: HTTP1Channel(
            responder: responder, configuration: .init(idleTimeout: .seconds(Self.maximumIdleSeconds))))
      },
      configuration: .init(
        address: .hostname(address, port: port), serverName: nil, backlog: 1_024, reuseAddress: true),
      onServerRunning: { channel in
        health.setServing(true)
        companions.setServing()
        telemetry.logger.notice("serving", metadata: ["address": "\(address):\(channel.localAddress?.port ?? port)"])
      },
      logger: Logger(label: "http"))
    var group = ServiceGroupConfiguration(
      services: (services + [application, Draining(health: health)] + companions.services).map { .init(service: $0) },
      gracefulShutdownSignals: [.sigterm, .sigint], logger: telemetry.logger)
    group.maximumGracefulShutdownDuration = .seconds(Self.maximumDrainSeconds)
    do {
      try await ServiceGroup(configuration: group).run()
    } catch  where !health.hasServed {
      throw SettingsError(
        process.port.variable, "no permite escuchar en \(address):\(port): \(error)",
        remedy: "detené lo que usa el puerto, o elegí otro")
    }
  }
}

/// Takes the service out of rotation the moment it is told to stop: services are stopped from the last to the first.
private struct Draining: ServiceLifecycle.Service {
  let health: Health

  func run() async throws {
    await withGracefulShutdownHandler {
      try? await gracefulShutdown()
    } onGracefulShutdown: {
      health.setServing(false)
    }
  }
}
