import Catalog
import MetricModel
import PromQL
import Topology

extension Alerts {
  /// A group of rules takes longer than its interval: alerts come late, and some evaluations never happen.
  package static let prometheusMissingRuleEvaluations = Alert(
    "PrometheusMissingRuleEvaluations",
    when: rate(Prometheus.iterationsMissed[5.m]) > 0,
    for: 15.m, in: .observability, severity: .medium, symptom: .observability, subject: .monitoring,
    texts: AlertTexts(
      summary: "Prometheus no llega a evaluar sus reglas",
      description: "Desde hace más de 15 minutos se saltea evaluaciones de \(LabelName(RuleGroupLabel.self)).",
      value: "\(value: .decimals(2)) evaluaciones salteadas por segundo"),
    dashboard: .systemOverview, runbook: missingEvaluationsRunbook,
    boundaries: [
      growth(
        of: "evaluaciones salteadas", Prometheus.iterationsMissed, ruleGroup,
        firing: prometheusLabels.merging([LabelName(RuleGroupLabel.self): ruleGroup.labelValue]) { $1 })
    ],
    cases: [],
    drill: .byHand("poné `evaluation_interval: 5ms` en prometheus.yml y reiniciá Prometheus"))

  private static let missing = rate(Prometheus.iterationsMissed[5.m]) > 0

  private static let missingEvaluationsRunbook = Runbook(
    meaning: "Los clientes no notan nada. Las alertas de ese grupo llegan tarde.",
    firstFiveMinutes: [
      Step("Mirá si a la máquina le falta procesador o disco: CPUHigh, MemoryPressure y DiskSpaceCritical lo dicen."),
      Step("Mirá si Prometheus se queja de algo.", run: .deploy("--logs prometheus")),
    ],
    diagnosis: [
      Diagnosis(
        "¿Qué grupo se saltea?", run: .query(missing), fault: .contains("\"rule_group\""),
        conclusion: "Uno solo: sus reglas son caras. Todos: a Prometheus le falta máquina.")
    ],
    fix: [
      Step("Si es la máquina, liberala o dale más límite a Prometheus."),
      Step(
        "Si es una regla nueva, quitala o que pida lo que ya está registrado, y reiniciá.",
        run: .deploy("--restart prometheus")),
    ],
    verify: [Step("No se saltea nada: la lista está vacía.", run: .query(missing))],
    escalate: "Si es el grupo minimarket-critical, avisá a plataforma en el día.",
    afterwards: ["Anotá cuánto tardaba el grupo, y después de qué cambio."])
}
