import Alerts
import PromQL
import Topology

/// The book for when the dashboards themselves fail: the guide's five problems.
package enum DashboardTroubleshooting {
  /// - Parameter stack: whose ports the commands name.
  package static func document(for stack: Stack, troubles: [Trouble] = Troubles.all) throws -> Document {
    Document(
      title: "Cuando fallan los tableros",
      introduction: [
        """
        Un tablero vacío no dice que la tienda ande bien ni mal. Las alertas siguen saliendo aunque Grafana no esté: \
        las calcula Prometheus. Los comandos se ejecutan en la máquina de la plataforma, en el directorio del repositorio.
        """,
        """
        Grafana y Loki vienen sólo con el motor docker. Con el motor local, el tablero del servicio dashboard hace las \
        mismas preguntas a Prometheus.
        """,
      ],
      sections: try troubles.map { try section(of: $0, on: stack) })
  }

  private static func section(of trouble: Trouble, on stack: Stack) throws -> Document.Section {
    Document.Section(
      anchor: trouble.anchor, summary: trouble.summary,
      parts: [
        .init(title: "Síntomas", blocks: [.bullets(trouble.symptoms)]),
        .init(
          title: "Diagnóstico",
          blocks: [.steps(try trouble.diagnosis.map { try RespondingToAlerts.step($0, stack) })]),
        .init(title: "Solución", blocks: [.steps(try RespondingToAlerts.steps(trouble.fix, stack))]),
        .init(title: "Verificación", blocks: [.steps(try RespondingToAlerts.steps(trouble.verify, stack))]),
      ],
      title: trouble.title)
  }
}

/// Something that goes wrong with the dashboards, declared as a complete value.
package struct Trouble: Sendable {
  package let anchor: String
  package let title: String
  /// What it means, in one sentence.
  package let summary: String
  /// How one notices.
  package let symptoms: [String]
  package let diagnosis: [Diagnosis]
  package let fix: [Step]
  package let verify: [Step]

  /// What its commands ask Prometheus.
  package var queries: [InstantVector] {
    (diagnosis.map(\.command) + (fix + verify).compactMap(\.command)).compactMap {
      if case .instantQuery(let expression) = $0 { expression } else { nil }
    }
  }
}

package enum Troubles {
  /// In the guide's order.
  package static let all = [noData, slowQueries, grafanaDown, datasourceDown, staleMetrics]

  /// Compose's, from the repository's root.
  static let compose = "docker compose -f observability/docker-compose.observability.yml"
  /// What an answer of Prometheus has for each series.
  static let hasSeries = Evidence.contains("\"metric\"")
}
