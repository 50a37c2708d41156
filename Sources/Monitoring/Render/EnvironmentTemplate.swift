import Topology

/// `.env.production.template`: every variable with its meaning. `scripts/deploy.sh` reads the names, which of them
/// are secrets, and the ports from it, so that Topology stays the only list.
package enum EnvironmentTemplate {
  package static func file() -> RenderedFile {
    RenderedFile(path: ".env.production.template", contents: contents)
  }

  private static var contents: String {
    let variables = Variables.all.map(entry).joined(separator: "\n")
    let ports = Platform.processes.map { "#\($0.port.variable.name)=\($0.port.number)  # \($0.name)\n" }.joined()
    return """
      # MiniMarket: configuración. Copialo como .env.production y editá lo que haga falta:
      #   cp .env.production.template .env.production && chmod 600 .env.production
      # Una línea NOMBRE=valor por variable; lo que está comentado tiene un valor propio si falta.
      # El ambiente del proceso gana a este archivo. Todo secreto puede venir de un archivo: NOMBRE_FILE=/ruta.
      # Generado desde Sources/Model/Topology con `observability generate`.

      \(variables)
      # Puertos del motor local, uno por proceso: con otros puertos y --state-dir corren dos copias en una máquina.
      \(ports)
      """
  }

  /// An empty value counts as not set, so a secret's line can stay as it is.
  private static func entry(_ variable: Variable) -> String {
    let value = variable.isSecret ? "" : variable.defaultValue ?? ""
    let mark = variable.isSecret ? "(secreto) " : ""
    return "# \(mark)\(variable.help)\n\(variable.isOptional ? "#" : "")\(variable.name)=\(value)\n"
  }
}
