import Alerts
import Topology

/// The book of runbooks: one section an alert, made of what the alert itself declares.
package enum RespondingToAlerts {
  /// - Parameter stack: whose ports the commands name.
  package static func document(for stack: Stack, alerts: [Alert] = Alerts.all) throws -> Document {
    Document(
      title: "Responder a las alertas",
      introduction: [
        """
        Cada alerta tiene acá su sección, con el mismo nombre. El aviso de Slack enlaza a ella. Los comandos se \
        ejecutan en la máquina de la plataforma, en el directorio del repositorio.
        """,
        """
        Severidades: critical llama a cualquier hora; high se atiende dentro de la hora; medium, dentro del día.
        """,
      ],
      sections: try alerts.map { try section(of: $0, on: stack) })
  }

  private static func section(of alert: Alert, on stack: Stack) throws -> Document.Section {
    let runbook = alert.runbook
    return Document.Section(
      anchor: alert.name,
      summary: "Severidad \(alert.severity.rawValue). Suena cuando esto se cumple durante \(alert.duration):",
      parts: [
        .init(title: "Condición", blocks: [.code(try alert.condition())]),
        .init(title: "Qué significa para los clientes", blocks: [.paragraph(runbook.meaning)]),
        .init(title: "Los primeros cinco minutos", blocks: [.steps(try steps(runbook.firstFiveMinutes, stack))]),
        .init(title: "Diagnóstico", blocks: [.steps(try runbook.diagnosis.map { try step($0, stack) })]),
        .init(title: "Solución", blocks: [.steps(try steps(runbook.fix, stack))]),
        .init(title: "Verificación", blocks: [.steps(try steps(runbook.verify, stack))]),
        .init(title: "Cuándo escalar", blocks: [.paragraph(runbook.escalate)]),
        .init(title: "Después", blocks: [.bullets(runbook.afterwards)]),
        .init(title: "Cómo provocarla", blocks: [.paragraph(alert.drill.instructions)]),
      ])
  }

  static func steps(_ steps: [Step], _ stack: Stack) throws -> [Document.Step] {
    try steps.map { .init(text: $0.text, command: try $0.command?.text(on: stack), outcome: nil) }
  }

  static func step(_ diagnosis: Diagnosis, _ stack: Stack) throws -> Document.Step {
    let shows =
      switch diagnosis.fault {
      case .contains(let fragment): "la salida contiene `\(fragment)`"
      case .lacks(let fragment): "la salida no contiene `\(fragment)`"
      }
    return .init(
      text: diagnosis.question, command: try diagnosis.command.text(on: stack),
      outcome: "La falla se ve así: \(shows). \(diagnosis.conclusion)")
  }
}
