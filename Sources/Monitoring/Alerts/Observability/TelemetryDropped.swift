import Catalog
import MetricModel
import PromQL
import Topology

extension Alerts {
  /// A process loses its own logs or metrics. What is sampled on purpose is summed up in a line of its own, and is no
  /// loss.
  package static let telemetryDropped = Alert(
    "TelemetryDropped",
    when: sum(rate(Logs.dropped(\.reason, .isNot(.sampled))[5.m]), by: .job, LabelName(SinkLabel.self)) > 0,
    for: 10.m, in: .observability, severity: .medium, symptom: .observability,
    subject: .eachOf(Platform.processes.filter { $0.job != nil && $0.role != .infrastructure }),
    texts: AlertTexts(
      summary: "\(.job) pierde telemetría (\(LabelName(SinkLabel.self)))",
      description: """
        Desde hace más de 10 minutos, \(.job) no logra entregar todo lo que anota en \(LabelName(SinkLabel.self)): hay \
        líneas de log o series que faltan.
        """,
      value: "\(value: .decimals(2)) registros perdidos por segundo en \(LabelName(SinkLabel.self))"),
    dashboard: .systemOverview, runbook: telemetryDroppedRunbook,
    boundaries: [
      Boundary(
        of: "registros perdidos", silentAt: 0, firesAt: 1, begins: AlertCase.interval, labels: lokiFiring,
        value: perSecond, series: { [dropped(.loki, .full, .grow(by: $0, $1))] })
    ],
    cases: [
      AlertCase(
        "lo que se resume a propósito no se pierde", given: [dropped(.file, .sampled, .grow(by: 5, 30.m))],
        expect: [.silent(at: 20.m)]),
      AlertCase(
        "dos motivos de un destino son una alerta",
        given: [dropped(.loki, .full, .grow(by: 1, 30.m)), dropped(.loki, .rejected, .grow(by: 1, 30.m))],
        expect: [.fires(at: 20.m, lokiFiring, value: perSecond(2))]),
    ],
    drill: .byHand("poné en LOKI_URL un puerto donde nadie escucha y mandale a agente-deposito pedidos sin parar"))

  private static let lokiFiring = [LabelName.job: Job.deposito.rawValue, LabelName(SinkLabel.self): "loki"]
  private static let losing =
    sum(
      rate(Logs.dropped(\.reason, .isNot(.sampled))[5.m]), by: .job, LabelName(SinkLabel.self),
      LabelName(DropReason.self)) > 0

  private static func dropped(_ sink: SinkLabel, _ reason: DropReason, _ samples: Samples) -> SampledSeries {
    SampledSeries(
      Logs.dropped, DropLabels(sink: sink, reason: reason), job: Job.deposito, instance: "a:8001", [samples])
  }

  private static let telemetryDroppedRunbook = Runbook(
    meaning: "Los clientes no notan nada. Cuando haga falta mirar qué pasó, van a faltar renglones.",
    firstFiveMinutes: [
      Step("Mirá si hay disco y si los procesos están en pie.", run: .deploy("--status")),
      Step("Si LogVolumeSpike también suena, atendé esa: se escribe más de lo que entra."),
    ],
    diagnosis: [
      Diagnosis(
        "¿Quién pierde, a dónde y por qué?", run: .query(losing), fault: .contains("\"reason\""),
        conclusion: """
          full: el destino no da abasto. write: disco lleno o sin permiso. rejected: Loki no lo acepta. cardinality o \
          conflict: una métrica con demasiadas series o repetida. unsent: un proceso terminó sin vaciar su cola.
          """)
    ],
    fix: [
      Step(
        "Con loki, comprobá su dirección y que esté en pie; el log dice qué contesta.",
        run: .deploy("--logs agente-deposito")),
      Step("Con file, liberá espacio. Con metrics, es un error nuestro: abrí una tarea con el nombre de la métrica."),
    ],
    verify: [Step("Nadie pierde nada: la lista está vacía.", run: .query(losing))],
    escalate: "Si se pierde en file, avisá a plataforma en el día: es el último lugar donde queda el log.",
    afterwards: ["Anotá desde qué hora y hasta cuál faltan registros."])
}
