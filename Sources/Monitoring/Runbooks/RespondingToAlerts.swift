import Alerts
import PromQL
import Topology

/// The book of runbooks: one section an alert, or one for several that ask for the same, made of what the alerts
/// themselves declare.
package enum RespondingToAlerts {
  /// - Parameter stack: whose ports the commands name.
  package static func document(for stack: Stack, alerts: [Alert] = Alerts.all) throws -> Document {
    Document(
      title: "Responder a las alertas",
      introduction: [
        """
        Cada alerta tiene acá su sección, con el mismo nombre; las que miden lo mismo a distinta velocidad comparten \
        una. El aviso de Slack enlaza a ella. Los comandos se ejecutan en la máquina de la plataforma, en el directorio \
        del repositorio.
        """,
        """
        Severidades: critical llama a cualquier hora; high se atiende dentro de la hora; medium, dentro del día; none \
        no llama a nadie.
        """,
      ],
      sections: try sections(of: alerts).map { try section(of: $0, on: stack) })
  }

  /// Alerts that share a section, in the order of the first of each.
  private static func sections(of alerts: [Alert]) -> [[Alert]] {
    var seen: Set<String> = []
    return alerts.filter { seen.insert($0.section).inserted }.map { first in
      alerts.filter { $0.section == first.section }
    }
  }

  /// - Parameter alerts: at least one; what they share is taken of the first.
  private static func section(of alerts: [Alert], on stack: Stack) throws -> Document.Section {
    let alert = alerts[0]
    let runbook = alert.runbook
    return Document.Section(
      anchor: alert.section,
      summary: alerts.count == 1
        ? "Severidad \(alert.severity.rawValue). \(moment(of: alert))"
        : "Son \(alerts.count) alertas de lo mismo: atendé la más severa de las que suenan.",
      parts: [
        .init(title: alerts.count == 1 ? "Condición" : "Condiciones", blocks: try conditions(alerts)),
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

  private static func moment(of alert: Alert) -> String {
    alert.holdsFor == 0.s
      ? "Suena en cuanto se cumple esto:" : "Suena cuando esto se cumple durante \(alert.duration):"
  }

  /// Of several, each with its name, severity and duration.
  private static func conditions(_ alerts: [Alert]) throws -> [Document.Block] {
    if alerts.count == 1 { return [.code(try alerts[0].condition())] }
    return try alerts.flatMap {
      [
        .paragraph("`\($0.name)`, severidad \($0.severity.rawValue). \(moment(of: $0))"),
        Document.Block.code(try $0.condition()),
      ]
    }
  }

  private static func steps(_ steps: [Step], _ stack: Stack) throws -> [Document.Step] {
    try steps.map { .init(text: $0.text, command: try $0.command?.text(on: stack), outcome: nil) }
  }

  private static func step(_ diagnosis: Diagnosis, _ stack: Stack) throws -> Document.Step {
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
