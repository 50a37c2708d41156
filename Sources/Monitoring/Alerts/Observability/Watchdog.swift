import PromQL
import Topology

extension Alerts {
  /// A dead man's switch: it fires always, and goes to whoever expects it every minute and calls somebody when it does
  /// not come. The only alert that tells of a Prometheus or an Alertmanager that is gone, with its machine or alone.
  package static let watchdog = Alert(
    "Watchdog", when: vector(1), for: 0.s, in: .observability, severity: .heartbeat, symptom: .observability,
    subject: .monitoring,
    texts: AlertTexts(
      summary: "Las alertas funcionan",
      description: """
        Suena siempre, y no llama a nadie: demuestra que Prometheus evalúa, que Alertmanager recibe y que los avisos \
        salen. Quien la espera llama cuando deja de llegar.
        """,
      value: "\(value: .decimals(0)) latido"),
    dashboard: .systemOverview, runbook: watchdogRunbook,
    cases: [
      AlertCase(
        "no hace falta nada para que suene", given: [],
        expect: [.fires(at: 0.s, [:], value: 1), .fires(at: 30.m, [:], value: 1)])
    ],
    drill: .stop(Platform.alertmanager))

  private static let watchdogRunbook = Runbook(
    meaning: """
      Mientras suena, todo está bien: no hay que hacer nada. Si quien recibe los latidos avisa que faltan, los clientes \
      no notan nada y nosotros estamos a ciegas: cualquier otra falla pasaría sin aviso.
      """,
    firstFiveMinutes: [
      Step(
        "¿Te llamó el servicio de latidos? Mirá si Prometheus y Alertmanager están en pie.", run: .deploy("--status")),
      Step("Si la máquina no contesta, el problema es ella o su red: empezá por ahí."),
      Step("Hasta que vuelva, mirá los servicios a mano: nadie más los mira."),
    ],
    diagnosis: [
      Diagnosis(
        "¿Está Alertmanager?", run: .status(Platform.alertmanager, path: "/-/ready"), fault: .lacks("200"),
        conclusion: "Sin 200, Alertmanager no está: ni el latido ni ninguna alerta puede salir."),
      Diagnosis(
        "¿Está Prometheus?", run: .status(Platform.prometheus, path: "/-/ready"), fault: .lacks("200"),
        of: .stop(Platform.prometheus),
        conclusion:
          "Sin 200, nadie evalúa las reglas. Con los dos en 200, el latido sale y se pierde: red o HEARTBEAT_URL."),
    ],
    fix: [
      Step("Si cayó Alertmanager, levantalo.", run: .deploy("--restart alertmanager"), isRemedy: true),
      Step(
        "Si cayó Prometheus, levantalo: antes de contestar lee lo último que guardó.",
        run: .deploy("--restart prometheus")),
      Step(
        "Si los dos están y el latido no llega, mirá en el log de Alertmanager por qué no lo entrega.",
        run: .deploy("--logs alertmanager")),
    ],
    verify: [
      Step("Alertmanager contesta 200.", run: .status(Platform.alertmanager, path: "/-/ready")),
      Step("El servicio de latidos dice que volvió a recibir, en dos minutos."),
    ],
    escalate: "Si a los 10 minutos el latido no volvió, llamá a plataforma: la tienda está sin alertas.",
    afterwards: [
      "Revisá qué pasó en la tienda durante el hueco: ninguna alerta lo cuenta.",
      "Anotá cuánto tardó el servicio de latidos en llamar.",
    ])
}
