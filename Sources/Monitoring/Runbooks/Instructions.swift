import Alerts
import Topology

extension Drill {
  /// For whoever wants to see it on a stack of their own.
  package var instructions: String {
    switch self {
    case .planned(let service, let fault):
      "Todavía no se puede: \(service.name) no existe. Cuando exista: \(fault)"
    default: "En una plataforma de prueba, nunca en producción: \(fault)."
    }
  }

  private var fault: String {
    switch self {
    case .stop(let process): "detené el proceso \(process.name)"
    case .interrupt(let process, let times):
      "detené \(times) veces el proceso \(process.name), un minuto cada vez, y volvé a arrancarlo"
    case .crash(let process, let times): "matá \(times) veces seguidas el proceso \(process.name)"
    case .revokeDatabaseRights: "quitale al rol de la aplicación el permiso de usar su esquema"
    case .lockTable(let milliseconds):
      "tomá la tabla de productos con una transacción de \(milliseconds) ms, una y otra vez"
    case .fillFileSystem(let percent): "llená un sistema de archivos chico hasta el \(percent) %"
    case .eatMemory(let percent):
      "en un grupo de control con límite, corré un proceso que tome el \(percent) % de esa memoria"
    case .burnProcessor: "en un grupo de control con cuota, corré un proceso que no suelte el procesador"
    case .missCache: "pedile a Redis muchas claves que no están"
    case .stormLog(let process): "mandale a \(process.name) muchos más pedidos que de costumbre"
    case .byHand(let fault): fault
    case .planned(_, let fault): fault
    }
  }
}
