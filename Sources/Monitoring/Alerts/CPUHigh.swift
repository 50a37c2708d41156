import Catalog
import MetricModel
import PromQL
import Topology

extension Alerts {
  /// The machine's processors, or a container's quota, have been busy for long.
  ///
  /// Busy is every mode but two: waiting for a disk (`iowait`) is time that others may use, and proc_stat(5) warns that
  /// its counter may run backwards, which a rate takes for a restart. Time that the hypervisor gave to somebody else
  /// (`steal`) counts, since work waits for it. Guests are in `user` already.
  ///
  /// A container without a quota has none to use up: it has no series (cgroup v1 says -1, v2 `max`; a program that
  /// node-exporter knows by its supervisor alone has no control group), and the machine's series covers it.
  package static let cpuHigh = Alert(
    "CPUHigh",
    when: (hostProcessors > Scalar(Objectives.processorUsedRatio))
      .or(containerProcessors > Scalar(Objectives.processorUsedRatio)),
    for: 15.m,
    severity: .high,
    symptom: .saturation,
    subject: .host,
    texts: AlertTexts(
      summary: "\(HostAlerts.what) no da abasto de procesador",
      description: """
        Desde hace más de 15 minutos \(HostAlerts.what) usa más del 70 % de \(processorShortage)
        """,
      value: "\(value: .percentage) de \(processors) en uso"),
    dashboard: .performance,
    mutes: [.ownSeriesHaving(HostAlerts.id, equal: [.instance])],
    runbook: cpuRunbook,
    boundaries: [
      Boundary(
        of: "procesadores de la máquina en uso", silentAt: 0.7, firesAt: 0.75, begins: fullWindow,
        labels: [.instance: HostAlerts.instance]
      ) { level, length in processor("0", user: .grow(by: second * (level - 0.25), length)) },
      Boundary(
        of: "cuota de procesador de un contenedor en uso", silentAt: 0.7, firesAt: 0.75, begins: fullWindow,
        labels: HostAlerts.deposito.labels
      ) { level, length in container(.grow(by: 0.5 * second, length), quota: 50_000, period: level * 100_000) },
    ],
    cases: cpuCases,
    drill: .burnProcessor)

  private static let processors: AlertText =
    "\(having: HostAlerts.id, "su cuota de procesador", otherwise: "los procesadores de la máquina")"

  private static let processorShortage: AlertText = """
    \(processors). \(having: HostAlerts.id, slowedDown, otherwise: "Cada pedido espera su turno y todo tarda más.")
    """
  private static let slowedDown: AlertText = "Lo que pide de más se frena hasta el período siguiente."

  private static let hostProcessors = avg(
    sum(
      rate(Host.Cpu.seconds(\.mode, .isNoneOf(["idle", "iowait"]))[5.m]),
      by: .instance, LabelName(Host.CPUNumber.self)), by: .instance)

  /// cAdvisor may add a series for each processor to that of all.
  private static let containerProcessors =
    rate(Host.Containers.cpuUsage(\.b, .is("total"))[5.m])
    / (lastOverTime(Host.Containers.cpuQuota[HostAlerts.newest])
    / lastOverTime(Host.Containers.cpuPeriod[HostAlerts.newest]))
    .ignoring(LabelName(Host.Containers.CPU.self))

  /// A rate divides by its whole window: at 75 %, 19 of 20 steps must be there until it is more than 70 %.
  private static let fullWindow = 270.s
  /// What a counter of seconds grows by from sample to sample, for each second that passes.
  private static let second = Double(AlertCase.interval.seconds)

  private static let cpuCases: [AlertCase] = [
    AlertCase(
      "un disco lento no es un procesador ocupado",
      given: processor("0", user: .grow(by: 0.25 * second, 40.m), iowait: .grow(by: 0.5 * second, 40.m)),
      expect: [.silent(at: 25.m), .silent(at: 35.m)]),
    AlertCase(
      "el tiempo que se lleva el hipervisor cuenta como ocupado",
      given: processor("0", user: .grow(by: 0.25 * second, 40.m), steal: .grow(by: 0.5 * second, 40.m)),
      expect: [.fires(at: 25.m, [.instance: HostAlerts.instance], value: 1)]),
    AlertCase(
      "de dos procesadores uno trabaja siempre y el otro nunca",
      given: processor("0", user: .grow(by: 0.75 * second, 40.m))
        + processor("1", user: .hold(9, 40.m), system: .hold(9, 40.m)),
      expect: [.silent(at: 25.m), .silent(at: 35.m)]),
    AlertCase(
      "de dos máquinas una está ocupada",
      given: processor("0", user: .grow(by: 0.5 * second, 40.m))
        + processor("0", user: .hold(9, 40.m), instance: "b:9100"),
      expect: [.fires(at: 25.m, [.instance: HostAlerts.instance], value: 0.75)]),
    AlertCase(
      "un pico de 10 minutos",
      given: processor("0", user: .hold(100, 10.m), .grow(by: 0.75 * second, 10.m), .hold(550, 20.m)),
      expect: [.silent(at: 20.m), .silent(at: 30.m)]),
    AlertCase(
      "el uso sube y baja cada minuto: cuenta el promedio",
      // At 25:00 the window has 11 steps of 0.5 and 9 of 0.7: a mean of 0.59, and 0.25 of system.
      given: processor(
        "0", user: (0..<20).flatMap { _ in [Samples.grow(by: 0.5 * second, 1.m), .grow(by: 0.7 * second, 1.m)] }),
      expect: [.fires(at: 25.m, [.instance: HostAlerts.instance], value: 0.84)]),
    AlertCase(
      "node-exporter se reinicia: los contadores son del núcleo y siguen",
      given: processor(
        "0", user: .grow(by: 0.75 * second, 10.m), .gone(1.m), .hold(506.25, 15.s), .grow(by: 0.75 * second, 20.m),
        system: .grow(by: 0.25 * second, 10.m), .gone(1.m), .hold(168.75, 15.s), .grow(by: 0.25 * second, 20.m)),
      // All of it busy, 15 of 20 steps suffice; 1 minute later the rate still sees 0.825 of it.
      expect: [
        .silent(at: 18.m + 15.s), .fires(at: 18.m + 30.s, [.instance: HostAlerts.instance], value: 1),
      ]),
    AlertCase(
      "la máquina se reinicia y vuelve con los contadores en cero",
      given: processor(
        "0", user: .grow(by: 0.5 * second, 30.m), .restart(by: 0, 20.m),
        system: .grow(by: 0.25 * second, 30.m), .restart(by: 0, 20.m)),
      expect: [.fires(at: 25.m, [.instance: HostAlerts.instance], value: 0.75), .silent(at: 35.m), .silent(at: 45.m)]),
    AlertCase(
      "la máquina deja de medirse mientras suena",
      given: processor(
        "0", user: .grow(by: 0.5 * second, 25.m), .gone(20.m), system: .grow(by: 0.25 * second, 25.m), .gone(20.m)),
      expect: [.fires(at: 24.m, [.instance: HostAlerts.instance], value: 0.75), .silent(at: 30.m)]),
    AlertCase(
      "un contenedor sin cuota usa dos procesadores",
      given: container(.grow(by: 2 * second, 40.m), quota: nil),
      expect: [.silent(at: 25.m)]),
    AlertCase(
      "una cuota de dos procesadores, usada entera por una de dos réplicas",
      given: container(.grow(by: 2 * second, 40.m), quota: 200_000, of: .replica)
        + container(.grow(by: 0.5 * second, 40.m), quota: 200_000),
      expect: [.fires(at: 25.m, HostAlerts.Container.replica.labels, value: 1)]),
    AlertCase(
      "cAdvisor da también el uso de cada procesador",
      given: container(.grow(by: 0.25 * second, 40.m), quota: 50_000)
        + container(.grow(by: 0.5 * second, 40.m), quota: nil, period: nil, cpu: "cpu00"),
      expect: [.silent(at: 25.m)]),
    AlertCase(
      "el contenedor se reinicia y su contador vuelve a cero",
      given: container(.grow(by: 0.5 * second, 10.m), .restart(by: 0.5 * second, 30.m), quota: 50_000),
      expect: [.fires(at: 25.m, HostAlerts.deposito.labels, value: 1)]),
    AlertCase(
      "un contenedor ocupado se va antes del cuarto de hora",
      given: container(.grow(by: 0.5 * second, 14.m), .gone(20.m), quota: 50_000),
      expect: [.silent(at: 18.m), .silent(at: 25.m)]),
    AlertCase(
      "la máquina y un contenedor a la vez: Alertmanager calla al segundo",
      given: processor("0", user: .grow(by: 0.5 * second, 40.m))
        + container(.grow(by: 0.5 * second, 40.m), quota: 50_000),
      expect: [
        .fires(
          at: 25.m,
          all: [
            .init(labels: [.instance: HostAlerts.instance], value: 0.75),
            .init(labels: HostAlerts.deposito.labels, value: 1),
          ])
      ]),
    AlertCase("la máquina no se mide", given: [], expect: [.silent(at: 25.m)]),
  ]
}

extension Alerts {
  private static func processor(
    _ number: String, user: Samples..., system: Samples..., iowait: Samples = .hold(0, 40.m),
    steal: Samples = .hold(0, 40.m), instance: String = HostAlerts.instance
  ) -> [SampledSeries] {
    processor(number, user: user, system: system, iowait: iowait, steal: steal, instance: instance)
  }

  /// One processor in some of its modes.
  /// - Parameter system: where it is not said, a quarter of the time.
  private static func processor(
    _ number: String, user: [Samples], system: [Samples] = [], iowait: Samples = .hold(0, 40.m),
    steal: Samples = .hold(0, 40.m), instance: String = HostAlerts.instance
  ) -> [SampledSeries] {
    let modes = [
      ("user", user), ("system", system.isEmpty ? [.grow(by: 0.25 * second, 40.m)] : system), ("iowait", [iowait]),
      ("steal", [steal]), ("idle", [.grow(by: 0.125 * second, 40.m)]),
    ]
    return modes.map { mode, samples in
      SampledSeries(
        Host.Cpu.seconds, .init(cpu: number, mode: mode), job: Job.nodeExporter, instance: instance, samples)
    }
  }

  /// - Parameters:
  ///   - quota: microseconds of processor a period; nil: the series is not there.
  ///   - period: in microseconds.
  private static func container(
    _ usage: Samples..., quota: Double?, period: Double? = 100_000,
    of container: HostAlerts.Container = HostAlerts.deposito, cpu: String = "total"
  ) -> [SampledSeries] {
    let used = SampledSeries(
      Host.Containers.cpuUsage, Pair(container.set, Host.Containers.CPU(cpu)), job: Job.nodeExporter,
      instance: HostAlerts.instance, usage)
    func one(_ family: Family<Gauge, ContainerLabels>, _ value: Double?) -> SampledSeries? {
      value.map { value in container.series(family, usage.map { $0.constant(value) }) }
    }
    return [used] + [one(Host.Containers.cpuQuota, quota), one(Host.Containers.cpuPeriod, period)].compactMap { $0 }
  }
}

extension Alerts {
  private static let busyHosts = hostProcessors > Scalar(Objectives.processorUsedRatio)
  private static let busyContainers = containerProcessors > Scalar(Objectives.processorUsedRatio)

  private static let cpuRunbook = Runbook(
    meaning: """
      La máquina, o un contenedor dentro de su cuota, trabaja sin pausa. Todo contesta, pero más lento: en la caja se \
      nota como demora. Si sigue subiendo empiezan los pedidos vencidos, y con ellos HighLatency y HighErrorRate.
      """,
    firstFiveMinutes: [
      Step(
        "Mirá la carga: tres números, de 1, 5 y 15 minutos. Si el primero es el menor, ya está bajando.",
        run: .shell("uptime && nproc")),
      Step("Mirá si HighLatency también suena: si no, los clientes todavía no lo notan y hay tiempo."),
      Step("Si es la hora de una importación, un entrenamiento o una copia, decidí si puede esperar a la noche."),
      Step("Avisá en #minimarket-alerts que lo estás mirando."),
    ],
    diagnosis: [
      Diagnosis(
        "¿Qué contenedor agota su cuota?", run: .query(busyContainers), fault: .contains("\"id\""),
        conclusion: """
          name es el contenedor, y el número del final, qué parte de su cuota usa. Si la lista está vacía, es la \
          máquina entera: seguí con los procesos que más usan.
          """),
      Diagnosis(
        "¿Lo está frenando el núcleo?",
        run: .query(rate(Host.Containers.cpuThrottled[5.m]) > Scalar(throttledSeconds)), fault: .contains("\"id\""),
        conclusion: """
          Pide más de lo que su cuota le da, y espera: la cuota es chica o el trabajo es demasiado. Si no aparece, le \
          alcanza justo.
          """),
    ],
    fix: [
      Step(
        "Mirá qué procesos usan más en este momento.",
        run: .shell("top -b -n 2 -d 2 -w 120 | awk '/^top/ {n++} n == 2' | head -n 20")),
      Step("Mirá cuánto usa la máquina: más de 0.7 es demasiado.", run: .query(hostProcessors)),
      Step(
        """
        Mirá en qué se le va el tiempo: user es trabajo de los servicios; system, del núcleo; steal, de otra máquina \
        virtual en el mismo equipo: eso se arregla con el proveedor.
        """,
        run: .query(sum(rate(Host.Cpu.seconds[5.m]), by: .instance, LabelName(Host.Cpu.Mode.self)))),
      Step(
        """
        Si es PostgreSQL, mirá qué consultas llevan más tiempo. Cancelá la que sobre con SELECT \
        pg_cancel_backend(PID).
        """,
        run: .sql(
          "SELECT pid, usename, now() - query_start AS hace, left(query, 80) AS consulta FROM pg_stat_activity "
            + "WHERE state = 'active' AND pid <> pg_backend_pid() ORDER BY query_start")),
      Step(
        "Si un servicio gira sin trabajo que lo explique, guardá su log y reinicialo.",
        run: .deploy("--restart agente-deposito")),
      Step(
        "Si el contenedor es \(Drill.controlGroup), alguien dejó un simulacro corriendo: terminalo.",
        run: .shell(HostAlerts.endOfDrill), isRemedy: true),
      Step(
        "Si hay más pedidos que de costumbre y son de verdad, sumá réplicas (con docker)."),
      Step(
        "Si el contenedor necesita más y a la máquina le sobra, subile la cuota (cpus en docker, CPUQuota en systemd)."
      ),
    ],
    verify: [
      Step("Ningún contenedor supera el 70 % de su cuota: la lista está vacía.", run: .query(busyContainers)),
      Step("La máquina tampoco supera el 70 %.", run: .query(busyHosts)),
      Step("En #minimarket-alerts llega el aviso de resuelta: el promedio es de cinco minutos, y tarda eso."),
    ],
    escalate: """
      Si a los 30 minutos sigue y HighLatency o HighErrorRate también suenan, llamá a plataforma. Si es steal, abrí un \
      caso con el proveedor de la máquina.
      """,
    afterwards: [
      "Anotá la hora de inicio y de fin, qué proceso era y qué lo resolvió.",
      "Si fue una tarea programada, movela a un horario sin ventas o dale una cuota propia.",
      "Si es el crecimiento de siempre, compará con el mes pasado y pedí capacidad antes de que duela.",
    ])

  /// Seconds of waiting, summed over threads, per second: less is a hiccup at the end of a period.
  private static let throttledSeconds = 0.05
}
