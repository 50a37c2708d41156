import Topology

/// `programs.tsv`: what `deploy/local/start.sh` needs to know of each program, a line each, in starting order.
///
/// | column | meaning |
/// |---|---|
/// | name | of the program in supervisord |
/// | ready | the path that answers 2xx, or `postgres`, `redis` |
/// | variable, port | the port and the variable that moves it |
/// | start, stop | seconds that it may take |
/// | restart inputs | files below the state directory whose change needs a restart |
/// | reload inputs | files and directories whose change is taken over by a reload |
/// | reload | `HUP`, or the path that is posted to |
/// | migration | secrets of the process' own `migrate`, which comes before its start |
///
/// Lists are separated by commas; `-` stands for nothing. Two more tables are the servers': `roles.tsv`, `redis-users.tsv`.
struct ProgramList {
  let engine: LocalEngine

  func file() -> RenderedFile {
    let lines = engine.processes.map { row($0).joined(separator: "\t") + "\n" }
    return RenderedFile(path: "programs.tsv", contents: lines.joined())
  }

  private func row(_ process: PlatformProcess) -> [String] {
    [
      process.name, process.readinessPath ?? process.name, process.port.variable.name,
      String(engine.stack.number(of: process.port)), String(process.limits.startSeconds),
      String(process.limits.stopSeconds), list(restartInputs(process)), list(reload(process).inputs),
      reload(process).action, list(process.migrationVariables.map { engine.layout.secret($0, of: process) }),
    ]
  }

  private func list(_ items: [String]) -> String { items.isEmpty ? "-" : items.joined(separator: ",") }

  private func restartInputs(_ process: PlatformProcess) -> [String] {
    let secrets = engine.variables(of: process).filter(\.isSecret).map { engine.layout.secret($0, of: process) }
    switch process.name {
    case Platform.postgres.name: return ["config/postgresql.conf"]
    case Platform.redis.name: return ["config/redis.conf", LocalLayout.redisUsers]
    default: return process.role == .infrastructure ? [] : ["bin/\(process.name)"] + secrets
    }
  }

  private func reload(_ process: PlatformProcess) -> (inputs: [String], action: String) {
    switch process.name {
    case Platform.postgres.name: (["config/pg_hba.conf", "config/pg_ident.conf"], "HUP")
    case Platform.nginx.name: (["config/nginx.conf"], "HUP")
    case Platform.prometheus.name: (monitoringInputs { $0.hasPrefix("prometheus/") }, "/-/reload")
    case Platform.alertmanager.name: (monitoringInputs { $0.hasPrefix("alertmanager/") }, "/-/reload")
    default: ([], "-")
    }
  }

  private func monitoringInputs(where isMine: (String) -> Bool) -> [String] {
    engine.monitoring.map(\.path).filter(isMine).map { "config/" + $0 }
  }
}
