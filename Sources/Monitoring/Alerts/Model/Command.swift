import PromQL
import Topology

/// A line for a shell on the machine of the stack: ports and paths are the stack's own.
package enum Command: Sendable {
  /// `scripts/deploy.sh` with these arguments.
  case deploy(String)
  /// Another revision of the repository, in place of the one that runs; it stands there as `REVISION`.
  case redeploy
  /// The status that a process answers with; 000 where nothing answers.
  case status(PlatformProcess, path: String)
  case instantQuery(InstantVector)
  /// Anything that names neither a port nor a file of the stack.
  case shell(String)
  /// A command of Redis, as its administrator; without quotes.
  case redis(String)
  /// A statement, as the database's superuser; without double quotes.
  case sql(String)

  /// An instant query to Prometheus.
  package static func query(_ vector: some Vector) -> Self { .instantQuery(vector.vector) }

  package func text(on stack: Stack) throws(InvalidExpression) -> String {
    switch self {
    case .deploy(let arguments):
      return "./scripts/deploy.sh \(stack.engine == .local ? "--state-dir \(stack.stateDirectory) " : "")\(arguments)"
    case .redeploy: return "git checkout REVISION && " + (try Command.deploy("--up").text(on: stack))
    case .status(let process, let path):
      return "curl -s -m 5 -o /dev/null -w '%{http_code}\\n' \(stack.hostBase(of: process))\(path)"
    case .instantQuery(let expression):
      let query = try expression.rendered()
      return "curl -sS -m 5 --get \(stack.hostBase(of: Platform.prometheus))/api/v1/query"
        + " --data-urlencode 'query=\(query)'"
    case .shell(let text): return text
    case .redis(let command):
      switch stack.engine {
      case .docker: return "docker compose -f docker-compose.production.yml exec -T redis redis-cli \(command)"
      case .local:
        return "REDISCLI_AUTH=\"$(cat \(stack.stateDirectory)/secrets/redis.default.password)\" "
          + "redis-cli -h 127.0.0.1 -p \(stack.number(of: .redis)) \(command)"
      }
    case .sql(let statement):
      let database = "-X -U postgres -d \(Platform.database) -c \"\(statement)\""
      switch stack.engine {
      case .docker: return "docker compose -f docker-compose.production.yml exec -T postgres psql \(database)"
      case .local:
        return "PGPASSWORD=\"$(cat \(stack.stateDirectory)/secrets/POSTGRES_PASSWORD)\" "
          + "psql -h 127.0.0.1 -p \(stack.number(of: .postgres)) \(database)"
      }
    }
  }
}

extension Stack {
  /// Where a process answers on the machine of the stack.
  package func hostBase(of process: PlatformProcess) -> String {
    switch engine {
    case .docker: "http://localhost:\(number(of: process.port))"
    case .local: "http://127.0.0.1:\(number(of: process.port))"
    }
  }
}
