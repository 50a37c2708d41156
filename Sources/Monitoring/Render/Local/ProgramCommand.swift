import Topology

/// How supervisord starts one process.
///
/// Everything runs through `setpriv --pdeathsig`: when supervisord is killed its children get the signal that stops
/// them, so that nothing is left behind that the next `--up` would find on its ports.
struct ProgramCommand {
  let process: PlatformProcess
  let engine: LocalEngine

  /// SIGTERM makes PostgreSQL wait for its clients; SIGINT is its fast shutdown.
  var stopSignal: String { process.name == Platform.postgres.name ? "INT" : "TERM" }

  /// As root, supervisord's child is root until it has entered its control group; then it becomes the service user.
  func line() throws -> String {
    let program = try program()
    let wrapper = "/usr/bin/setpriv --pdeathsig \(stopSignal)"
    guard let user = engine.layout.serviceUser else { return "\(wrapper) \(program)" }
    let limits = process.limits
    let group =
      "/bin/sh \(engine.layout.binaries)/\(LocalLayout.enterGroup) \(engine.layout.controlGroup(of: process))"
      + " \(limits.cpuCores) \(limits.memoryBytes)"
    var unprivileged = "/usr/bin/setpriv --reuid=\(user) --regid=\(user) --init-groups"
    // It needs port 80, and keeps that one capability.
    if process.name == Platform.nginx.name {
      unprivileged +=
        " --inh-caps=+net_bind_service --ambient-caps=+net_bind_service --bounding-set=-all,+net_bind_service"
    }
    // A change of user forgets the signal, hence twice.
    return "\(group) \(unprivileged) \(wrapper) \(program)"
  }

  private func program() throws -> String {
    let layout = engine.layout
    switch process.name {
    case Platform.postgres.name:
      return "/usr/lib/postgresql/15/bin/postgres -D \(layout.data(of: process))"
        + " -c config_file=\(layout.configuration)/postgresql.conf"
    case Platform.redis.name:
      return "/usr/bin/redis-server \(layout.configuration)/redis.conf"
    case Platform.nginx.name:
      return "/usr/sbin/nginx -e stderr -p \(layout.data(of: process)) -c \(layout.configuration)/nginx.conf"
    case Platform.prometheus.name:
      return try "/usr/bin/prometheus --config.file=\(engine.configurationPath(endingWith: "prometheus.yml"))"
        + " --storage.tsdb.path=\(layout.data(of: process)) --storage.tsdb.retention.time=30d"
        + " --enable-feature=exemplar-storage --web.enable-lifecycle" + webFlags(reached: Variables.prometheusURL)
    case Platform.alertmanager.name:
      return try "/usr/bin/prometheus-alertmanager"
        + " --config.file=\(engine.configurationPath(endingWith: "alertmanager.yml"))"
        + " --storage.path=\(layout.data(of: process)) --cluster.listen-address="
        + webFlags(reached: Variables.alertmanagerURL)
    case Platform.nodeExporter.name:
      return "\(layout.binaries)/\(process.name) --collector.containers.supervised=\(layout.supervisorPid)"
        + " --collector.textfile.directory=\(layout.textfiles)"
    default:
      return "\(layout.binaries)/\(process.name)"
    }
  }

  private func webFlags(reached address: Variable) throws -> String {
    let port = engine.stack.number(of: process.port)
    let outside = engine.value(of: address)
    // In a command supervisord reads these as its own, and `deploy.sh` finds what still runs by the line as it stands.
    if let own = outside.first(where: { "\"'\\;#%".contains($0) }) {
      throw LocalEngineError(description: "\(address.name) has a \(own): give the plain address, without path or query")
    }
    // Not BIND_ADDRESS: whoever reaches the lifecycle API can stop them. The path of the address is a proxy's affair.
    return " --web.listen-address=127.0.0.1:\(port) --web.route-prefix=/"
      + " --web.external-url=\(outside.isEmpty ? "http://localhost:\(port)" : outside) --log.format=json"
  }
}
