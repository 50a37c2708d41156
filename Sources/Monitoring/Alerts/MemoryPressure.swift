import Catalog
import MetricModel
import PromQL
import Topology

extension Alerts {
  /// The machine, or a container against its own limit, is short of memory. Means of five minutes: a dip between two
  /// collections of garbage does not start the wait anew, and neither does a scrape that fails because the machine is
  /// short of memory.
  ///
  /// A container without a limit says 0, and x / 0 is more than any threshold; cAdvisor's enormous ones, the kernel's
  /// word for none, give next to nothing. Programs that node-exporter knows by their supervisor alone have no limit.
  package static let memoryPressure = Alert(
    "MemoryPressure",
    when: (hostMemory > Scalar(Objectives.memoryUsedRatio))
      .or(containerMemory > Scalar(Objectives.memoryUsedRatio)),
    for: 10.m,
    severity: .high,
    symptom: .saturation,
    subject: .host,
    texts: AlertTexts(
      summary: "\(HostAlerts.what) se queda sin memoria",
      description: """
        Desde hace más de 10 minutos \(HostAlerts.what) usa más del 80 % de \(memory). Si se termina, el núcleo mata \
        \(having: HostAlerts.id, "procesos ahí adentro", otherwise: "algún proceso, casi siempre el mayor: la base").
        """,
      value: "\(value: .percentage) de \(memory) en uso"),
    dashboard: .performance,
    mutes: [.ownSeriesHaving(HostAlerts.id, equal: [.instance])],
    runbook: memoryRunbook,
    boundaries: [
      Boundary(of: "memoria en uso de la máquina", silentAt: 0.8, firesAt: 0.875, labels: hostLabels()) {
        hostMemory(.hold($0, $1))
      },
      Boundary(
        of: "memoria en uso de un contenedor con límite", silentAt: 0.8, firesAt: 0.875,
        labels: HostAlerts.deposito.labels
      ) { containerMemory(.hold($0, $1)) },
    ],
    cases: memoryCases,
    drill: .eatMemory(percent: 90))

  private static let memory: AlertText =
    "\(having: HostAlerts.id, "su límite de memoria", otherwise: "la memoria de la máquina")"

  private static let hostMemory =
    1 - avgOverTime(Host.Meminfo.memAvailable[5.m]) / lastOverTime(Host.Meminfo.memTotal[HostAlerts.newest])

  private static let containerMemory =
    avgOverTime(Host.Containers.memoryWorkingSet[5.m])
    / (lastOverTime(Host.Containers.memoryLimit[HostAlerts.newest]) > 0)

  private static let memoryCases: [AlertCase] = [
    AlertCase(
      "sube de golpe: el promedio tarda casi cuatro minutos en cruzar el umbral",
      // From 5:00 on there are n samples of 0.9 among 21: 0.5 + 0.4 n / 21 > 0.8 from the sixteenth on, at 8:45.
      given: hostMemory(.hold(0.5, 5.m), .hold(0.9, 30.m)),
      expect: [.silent(at: 18.m + 30.s), .fires(at: 18.m + 45.s, hostLabels(), value: 0.9)]),
    AlertCase(
      "oscila alrededor del umbral y en promedio lo supera",
      // At 20:45 the window has 5 of the low and 16 of the high.
      given: hostMemory((0..<10).flatMap { _ in [Samples.hold(0.75, 1.m), .hold(0.95, 2.m)] }),
      expect: [.fires(at: 20.m + 45.s, hostLabels(), value: (5 * 0.75 + 16 * 0.95) / 21)]),
    AlertCase(
      "oscila y en promedio no lo supera",
      given: hostMemory((0..<10).flatMap { _ in [Samples.hold(0.7, 2.m), .hold(0.85, 1.m)] }),
      expect: [.silent(at: 15.m), .silent(at: 25.m)]),
    AlertCase(
      "una máquina sin memoria pierde mediciones, y no por eso calla",
      given: hostMemory(.hold(0.9, 4.m), .gone(30.s), .hold(0.9, 3.m), .gone(30.s), .hold(0.9, 20.m)),
      expect: [.silent(at: 10.m - AlertCase.interval), .fires(at: 10.m, hostLabels(), value: 0.9)]),
    AlertCase(
      "la máquina deja de medirse mientras suena",
      given: hostMemory(.hold(0.9, 15.m), .gone(20.m)),
      expect: [.fires(at: 16.m, hostLabels(), value: 0.9), .silent(at: 17.m + 30.s)]),
    AlertCase(
      "de dos máquinas una está llena",
      given: hostMemory(.hold(0.9, 20.m)) + hostMemory([.hold(0.5, 20.m)], instance: "b:9100"),
      expect: [.fires(at: 15.m, hostLabels(), value: 0.9)]),
    AlertCase(
      "un contenedor sin límite usa lo que hay", given: containerMemory([.hold(0.9, 20.m)], limit: 0),
      expect: [.silent(at: 15.m)]),
    AlertCase(
      "un contenedor oscila y en promedio supera su umbral",
      given: containerMemory((0..<10).flatMap { _ in [Samples.hold(0.75, 1.m), .hold(0.95, 2.m)] }),
      expect: [.fires(at: 20.m + 45.s, HostAlerts.deposito.labels, value: (5 * 0.75 + 16 * 0.95) / 21)]),
    AlertCase(
      "el límite más chico que puede haber", given: containerMemory([.hold(1, 20.m)], limit: 1),
      expect: [.fires(at: 15.m, HostAlerts.deposito.labels, value: 1)]),
    AlertCase(
      "un límite que cAdvisor inventa donde no hay ninguno",
      given: containerMemory([.hold(1 / 1024, 20.m)], limit: 9_223_372_036_854_771_712), expect: [.silent(at: 15.m)]),
    AlertCase(
      "de dos réplicas una está en su límite, y la alerta la nombra",
      given: containerMemory([.hold(0.9, 20.m)], of: .replica) + containerMemory(.hold(0.3, 20.m)),
      expect: [.fires(at: 15.m, HostAlerts.Container.replica.labels, value: 0.9)]),
    AlertCase(
      "la máquina y un contenedor a la vez: Alertmanager calla al segundo",
      given: hostMemory(.hold(0.9, 20.m)) + containerMemory(.hold(0.9, 20.m)),
      expect: [
        .fires(
          at: 15.m,
          all: [hostLabels(), HostAlerts.deposito.labels].map { AlertCase.Firing(labels: $0, value: 0.9) })
      ]),
    AlertCase(
      "un contenedor muere en su límite y vuelve vacío",
      given: containerMemory(.hold(0.9, 8.m), .hold(0.1, 20.m)), expect: [.silent(at: 10.m), .silent(at: 25.m)]),
    AlertCase(
      "un contenedor lleno se va a los 7 minutos",
      given: containerMemory(.hold(0.9, 7.m), .gone(20.m)), expect: [.silent(at: 10.m), .silent(at: 15.m)]),
    AlertCase(
      "un contenedor aparece lleno a los 5 minutos",
      given: containerMemory(.gone(5.m), .hold(0.9, 20.m)),
      expect: [.silent(at: 15.m - AlertCase.interval), .fires(at: 15.m, HostAlerts.deposito.labels, value: 0.9)]),
    AlertCase(
      "un grupo de control sin nombre se nombra por su lugar",
      given: containerMemory([.hold(0.9, 20.m)], of: .nameless),
      expect: [.fires(at: 15.m, HostAlerts.Container.nameless.labels, value: 0.9)]),
    AlertCase("la máquina no se mide", given: [], expect: [.silent(at: 15.m)]),
  ]

  private static func hostLabels() -> [LabelName: String] {
    [.job: Job.nodeExporter.rawValue, .instance: HostAlerts.instance]
  }

  private static func hostMemory(_ used: Samples...) -> [SampledSeries] { hostMemory(used) }

  /// - Parameter used: the part in use.
  private static func hostMemory(_ used: [Samples], instance: String = HostAlerts.instance) -> [SampledSeries] {
    let total = 10_737_418_240.0
    return [
      HostAlerts.series(Host.Meminfo.memTotal, instance, used.map { $0.constant(total) }),
      HostAlerts.series(
        Host.Meminfo.memAvailable, instance,
        used.map { used in
          switch used {
          case .hold(let part, let length): .hold(total - part * total, length)
          default: used
          }
        }),
    ]
  }

  private static func containerMemory(_ used: Samples...) -> [SampledSeries] { containerMemory(used) }

  /// - Parameters:
  ///   - used: the part of the limit in use; without a limit, of a gibibyte.
  ///   - limit: in bytes.
  private static func containerMemory(
    _ used: [Samples], limit: Double = 268_435_456, of container: HostAlerts.Container = HostAlerts.deposito
  ) -> [SampledSeries] {
    [
      container.series(
        Host.Containers.memoryWorkingSet, used.map { $0.times(limit == 0 ? 1_073_741_824 : limit) }),
      container.series(Host.Containers.memoryLimit, used.map { $0.constant(limit) }),
    ]
  }
}

extension Alerts {
  private static let fullHost = hostMemory > Scalar(Objectives.memoryUsedRatio)
  private static let fullContainers = containerMemory > Scalar(Objectives.memoryUsedRatio)

  private static let memoryRunbook = Runbook(
    meaning: """
      Queda poca memoria, en la máquina o dentro de un contenedor. Por ahora todo contesta, quizás más lento. Si se \
      termina, el núcleo mata un proceso sin aviso: los pedidos que atendía fallan, y si es PostgreSQL todo se detiene \
      hasta que vuelva. Lo confirmado no se pierde.
      """,
    firstFiveMinutes: [
      Step("Mirá si la alerta nombra la máquina o un contenedor: en la máquina es más urgente."),
      Step(
        "Mirá cuánta queda de verdad: la columna available, no free; la caché de archivos se devuelve sola.",
        run: .shell("free -m")),
      Step("Mirá que todo siga en pie.", run: .deploy("--status")),
      Step("Si acaba de empezar una importación, un entrenamiento o una copia, detenela."),
      Step("Avisá en #minimarket-alerts que lo estás mirando."),
    ],
    diagnosis: [
      Diagnosis(
        "¿Qué contenedor está cerca de su límite?", run: .query(fullContainers), fault: .contains("\"id\""),
        conclusion: """
          name es el contenedor, y el número del final, qué parte de su límite usa. Si la lista está vacía, es la \
          máquina: seguí con los procesos más grandes.
          """),
      Diagnosis(
        "¿Falta poco para que el núcleo mate algo ahí?",
        run: .query(containerMemory > 0.85), fault: .contains("\"id\""),
        conclusion: """
          Usa más del 85 %: no esperes, arreglalo ahora. Si no aparece, está apenas por encima del umbral: mirá en el \
          tablero si sube o si está quieto.
          """),
    ],
    fix: [
      Step(
        "Mirá qué parte de la memoria de la máquina está en uso: más de 0.8 es demasiado.", run: .query(hostMemory)),
      Step(
        "Mirá qué procesos toman más, en kibibytes.",
        run: .shell("ps -eo pid,rss,etime,args --sort=-rss | cut -c 1-120 | head -n 15")),
      Step(
        "Mirá si el núcleo ya mató algo en la última hora: lo que aparezca volvió a arrancar hace poco.",
        run: .query(increase(Host.Containers.oomEvents[1.h]) > 0)),
      Step(
        "Si un servicio crece sin parar, reiniciá ese servicio: gana tiempo, no arregla la pérdida.",
        run: .deploy("--restart agente-deposito")),
      Step(
        "Si el contenedor es minimarket-simulacro, alguien dejó un simulacro corriendo: terminalo.",
        run: .shell(HostAlerts.endOfDrill), isRemedy: true),
      Step(
        """
        Si es PostgreSQL, mirá primero qué consultas corren: cada una puede tomar varias veces work_mem. Cancelá la \
        que sobre con SELECT pg_cancel_backend(PID); nunca mates el proceso con kill -9.
        """,
        run: .sql(
          "SELECT pid, usename, now() - query_start AS hace, left(query, 80) AS consulta FROM pg_stat_activity "
            + "WHERE state = 'active' ORDER BY query_start")),
      Step("Si es Redis, mirá cuánto guarda y cuál es su tope.", run: .redis("INFO memory")),
      Step(
        """
        Si el uso es legítimo y estable, subí el límite del contenedor (mem_limit en docker, MemoryMax en systemd), \
        siempre que a la máquina le sobre; si es la máquina, agregale memoria o llevá un servicio a otra.
        """),
    ],
    verify: [
      Step("Ningún contenedor supera el 80 % de su límite: la lista está vacía.", run: .query(fullContainers)),
      Step("La máquina tampoco.", run: .query(fullHost)),
      Step("En #minimarket-alerts llega el aviso de resuelta: el promedio es de cinco minutos, y tarda eso."),
    ],
    escalate: """
      Llamá a plataforma si la máquina pasa del 95 %, si el núcleo ya mató a PostgreSQL, o si después de un reinicio \
      vuelve a pasar dentro de la hora.
      """,
    afterwards: [
      "Anotá la hora de inicio y de fin, qué proceso era y cuánto tomaba.",
      "Si un servicio pierde memoria, abrí una tarea con el gráfico desde su arranque: un reinicio no es un arreglo.",
      "Si hubo que subir un límite, dejalo escrito en la configuración y no sólo en la máquina.",
    ])
}
