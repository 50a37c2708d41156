import Catalog
import MetricModel
import PromQL
import Topology

extension Alerts {
  /// A target that no other alert covers: an exporter, a monitoring server, one replica of a service. ServiceDown mutes
  /// that of its service; what DatabaseDown and RedisDown say of their exporters is not said twice. Without any
  /// node-exporter the alerts on disk, memory and processor are blind, so that it is missed also when no target is left.
  package static let targetDown = Alert(
    "TargetDown",
    when: (Prometheus.up(.job, .isNoneOf(coveredJobs.map { JobLabel($0.rawValue) })) == 0)
      .or(absent(Prometheus.up(.job, .is(Job.nodeExporter)))),
    for: 10.m, in: .observability, severity: .high, symptom: .observability,
    subject: .eachProcess,
    texts: AlertTexts(
      summary: "\(.job) no contesta a Prometheus en \(.instance)",
      description: """
        Desde hace más de 10 minutos, Prometheus no logra leer las métricas de \(.instance). Las alertas que dependen \
        de ellas están a ciegas.
        """,
      value: "sin métricas de \(.instance)"),
    dashboard: .systemOverview, runbook: targetDownRunbook,
    boundaries: [
      Boundary(of: "lectura del exportador", silentAt: 1, firesAt: 0, labels: nodeLabels) { level, length in
        [up(.nodeExporter, "a:9100", .hold(level, length))]
      }
    ],
    cases: [
      AlertCase(
        "los exportadores de los que ya hablan DatabaseDown y RedisDown",
        given: [
          healthy, up(.postgresExporter, "a:9187", .hold(0, 30.m)), up(.redisExporter, "a:9121", .hold(0, 30.m)),
        ],
        expect: [.silent(at: 20.m)]),
      AlertCase(
        "una réplica de dos",
        given: [healthy, up(.deposito, "a:8001", .hold(1, 30.m)), up(.deposito, "b:8001", .hold(0, 30.m))],
        expect: [.fires(at: 20.m, [.job: Job.deposito.rawValue, .instance: "b:8001"])]),
      AlertCase(
        "el único exportador de la máquina sale del descubrimiento",
        given: [up(.nodeExporter, "a:9100", .hold(1, 5.m), .hold(0, 1.m), .gone(30.m))],
        expect: [.silent(at: 15.m - AlertCase.interval), .fires(at: 30.m, [.job: Job.nodeExporter.rawValue])]),
      AlertCase(
        "un contenedor se reemplaza y vuelve con otro nombre",
        given: [
          up(.nodeExporter, "a:9100", .hold(1, 5.m), .hold(0, 1.m), .gone(30.m)),
          up(.nodeExporter, "b:9100", .gone(6.m), .hold(1, 30.m)),
        ],
        expect: [.silent(at: 16.m), .silent(at: 30.m)]),
    ],
    drill: .stop(Platform.nodeExporter))

  private static let coveredJobs = [Job.postgresExporter, .redisExporter]
  private static let nodeLabels = [LabelName.job: Job.nodeExporter.rawValue, .instance: "a:9100"]
  private static let down = Prometheus.up == 0
  private static let healthy = up(.nodeExporter, "a:9100", .hold(1, 40.m))

  private static func up(_ job: Job, _ instance: String, _ samples: Samples...) -> SampledSeries {
    SampledSeries(Prometheus.up, job: job, instance: instance, samples)
  }

  private static let targetDownRunbook = Runbook(
    meaning: """
      Si es un exportador o un servidor del monitoreo, los clientes no notan nada y nosotros dejamos de ver una parte. \
      Si es la réplica de un servicio, atienden las otras, con menos margen.
      """,
    firstFiveMinutes: [
      Step("Mirá si el proceso está en pie.", run: .deploy("--status")),
      Step("Si cayó node_exporter, mirá a mano disco y memoria: sus alertas no pueden sonar."),
    ],
    diagnosis: [
      Diagnosis(
        "¿Quién no contesta?", run: .query(down), fault: .contains("\"job\":\"node_exporter\""),
        conclusion: "Las etiquetas job e instance dicen qué proceso y dónde. Muchos a la vez: la red o Prometheus."),
      Diagnosis(
        "¿Contesta node-exporter en su puerto?", run: .status(Platform.nodeExporter, path: "/metrics"),
        fault: .lacks("200"),
        conclusion: "Sin 200 el proceso no está. Con 200, Prometheus lo busca en otro puerto o tarda más que su plazo."),
    ],
    fix: [
      Step("Leé por qué terminó.", run: .deploy("--logs node-exporter")),
      Step("Levantalo; si es otro, con su nombre.", run: .deploy("--restart node-exporter"), isRemedy: true),
    ],
    verify: [Step("Todos contestan: la lista está vacía.", run: .query(down))],
    escalate: "Si no vuelve en 30 minutos, avisá al equipo de la etiqueta team.",
    afterwards: ["Anotá qué estuvo sin vigilar, y desde cuándo."])
}
