import Catalog
import MetricModel
import PromQL
import Topology

extension Alerts {
  /// A rule cannot be computed: what it watches is not watched.
  package static let prometheusRuleFailures = Alert(
    "PrometheusRuleFailures",
    when: rate(Prometheus.ruleFailures[5.m]) > 0,
    for: 5.m, in: .observability, severity: .high, symptom: .observability, subject: .monitoring,
    texts: AlertTexts(
      summary: "Prometheus no puede evaluar una regla",
      description: """
        Desde hace más de 5 minutos falla la evaluación de reglas de \(LabelName(RuleGroupLabel.self)). Lo que esas \
        reglas vigilan no lo vigila nadie.
        """,
      value: "\(value: .decimals(2)) evaluaciones con error por segundo"),
    dashboard: .systemOverview, runbook: ruleFailuresRunbook,
    boundaries: [
      growth(
        of: "evaluaciones con error", Prometheus.ruleFailures, ruleGroup,
        firing: prometheusLabels.merging([LabelName(RuleGroupLabel.self): ruleGroup.labelValue]) { $1 })
    ],
    cases: [],
    drill: .byHand(
      "agregá a un archivo de rules un grupo con la regla `up * on () group_left () up` y reiniciá Prometheus"))

  static let ruleGroup = RuleGroupLabel("/etc/prometheus/rules/minimarket.yml;minimarket-critical")
  private static let failing = rate(Prometheus.ruleFailures[5.m]) > 0

  private static let ruleFailuresRunbook = Runbook(
    meaning: "Los clientes no notan nada. Una alerta o un panel dejó de funcionar, y su falla pasaría sin aviso.",
    firstFiveMinutes: [
      Step("Leé el log: nombra la regla y el motivo.", run: .deploy("--logs prometheus")),
      Step("Si el grupo es minimarket-critical, mirá a mano los servicios, la base y el disco hasta arreglarlo."),
    ],
    diagnosis: [
      Diagnosis(
        "¿Qué grupo falla?", run: .query(failing), fault: .contains("\"rule_group\""),
        conclusion: """
          La etiqueta rule_group dice archivo y grupo. «many-to-many matching» es una serie repetida: casi siempre dos \
          destinos con las mismas etiquetas.
          """)
    ],
    fix: [
      Step("Si hay dos destinos iguales, sacá el que sobra de la configuración."),
      Step(
        "Si la regla cambió con un despliegue, volvé a una revisión en la que andaba, que va en lugar de REVISION.",
        run: .redeploy),
    ],
    verify: [Step("Ningún grupo falla: la lista está vacía.", run: .query(failing))],
    escalate: "Si es el grupo minimarket-critical y no lo arreglás en 30 minutos, llamá a plataforma.",
    afterwards: ["Agregá el caso a las pruebas de esa regla."])
}
