import Catalog
import MetricModel
import PromQL
import Recording
import Topology

extension Alerts {
  /// Redis does not find most of what it is asked for. Each server by itself: a replica that misses is not hidden by
  /// the others. Below some lookups per second the rate says nothing and PostgreSQL notices nothing; a quarter of an
  /// hour is what a cache takes to fill after a restart.
  package static let cacheHitRateLow = Alert(
    "CacheHitRateLow",
    when: cacheMisses,
    for: 15.m,
    severity: .high,
    symptom: .anomaly,
    subject: .process(Platform.redis),
    texts: AlertTexts(
      summary: "La caché de Redis acierta poco",
      description: """
        Desde hace más de 15 minutos, menos del 70 % de lo que se le pide al Redis que mide \(.instance) está \
        guardado: lo demás va a PostgreSQL, que trabaja de más.
        """,
      value: "acierta el \(value: .percentage) de las veces"),
    dashboard: .performance,
    runbook: cacheRunbook,
    boundaries: [
      Boundary(
        of: "parte de las claves pedidas que estaba", silentAt: 0.7, firesAt: 0.625, begins: AlertCase.interval,
        labels: redisLabels()
      ) { level, length in lookups(hits: .grow(by: 320 * level, length), misses: .grow(by: 320 - 320 * level, length)) }
    ],
    cases: cacheCases,
    drill: .missCache)

  private static let cacheMisses =
    (Recordings.cacheHitRatio < Scalar(Objectives.cacheHitRatio))
    .and(Recordings.cacheLookupRate > Scalar(Objectives.minimumCacheLookupRate))

  private static let cacheCases: [AlertCase] = [
    AlertCase(
      "nadie le pide nada", given: lookups(hits: .hold(500, 40.m), misses: .hold(900, 40.m)),
      expect: [.silent(at: 20.m), .silent(at: 35.m)]),
    AlertCase(
      "se le pide una clave por segundo y ninguna está: la base no lo nota",
      given: lookups(hits: .hold(0, 40.m), misses: .grow(by: 15, 40.m)), expect: [.silent(at: 25.m), .silent(at: 35.m)]),
    AlertCase(
      "se le pide algo más que una por segundo y ninguna está",
      given: lookups(hits: .hold(0, 40.m), misses: .grow(by: 24, 40.m)),
      expect: [.fires(at: 35.m, redisLabels(), value: 0)]),
    AlertCase(
      "Redis se reinicia y la caché se llena en diez minutos",
      given: lookups(
        hits: .grow(by: 270, 10.m), .restart(by: 30, 10.m), .grow(by: 270, 30.m),
        misses: .grow(by: 30, 10.m), .restart(by: 270, 10.m), .grow(by: 30, 30.m)),
      expect: [.silent(at: 10.m + 30.s), .silent(at: 20.m), .silent(at: 26.m), .silent(at: 40.m)]),
    AlertCase(
      "Redis se reinicia mientras suena: los contadores vuelven a cero y sigue errando",
      given: lookups(
        hits: .grow(by: 30, 30.m), .restart(by: 30, 30.m), misses: .grow(by: 270, 30.m), .restart(by: 270, 30.m)),
      expect: [.fires(at: 25.m, redisLabels(), value: 0.1), .fires(at: 50.m, redisLabels(), value: 0.1)]),
    AlertCase(
      "de toda la vida acierta mucho, desde hace media hora no",
      given: lookups(
        hits: .hold(1_000_000, 10.m), .grow(by: 30, 40.m), misses: .hold(100, 10.m), .grow(by: 270, 40.m)),
      expect: [.silent(at: 25.m), .fires(at: 30.m, redisLabels(), value: 0.1)]),
    AlertCase(
      "la réplica erra y el principal, con cien veces más pedidos, acierta",
      given: lookups(hits: .grow(by: 30_000, 40.m), misses: .grow(by: 3_000, 40.m))
        + lookups(hits: .grow(by: 30, 40.m), misses: .grow(by: 270, 40.m), instance: "b:9121"),
      expect: [.fires(at: 25.m, redisLabels("b:9121"), value: 0.1)]),
    AlertCase(
      "oscila cada dos minutos y en promedio acierta poco",
      // Each window of 20 steps has 8 to 12 of the good: the mean lies between 56 and 64 %.
      given: lookups(
        hits: (0..<10).flatMap { _ in [Samples.grow(by: 240, 2.m), .grow(by: 120, 2.m)] },
        misses: (0..<10).flatMap { _ in [Samples.grow(by: 60, 2.m), .grow(by: 180, 2.m)] }),
      // At 26:00 the last 20 steps are 85…104: 3 and 8 of the good, 8 and 1 of the others.
      expect: [.fires(at: 26.m, redisLabels(), value: (11 * 0.8 + 9 * 0.4) / 20)]),
    AlertCase(
      "redis-exporter se reinicia: los contadores son de Redis y siguen",
      given: lookups(
        hits: .grow(by: 30, 10.m), .gone(1.m), .hold(1350, 15.s), .grow(by: 30, 20.m),
        misses: .grow(by: 270, 10.m), .gone(1.m), .hold(12_150, 15.s), .grow(by: 270, 20.m)),
      expect: [.silent(at: 15.m), .fires(at: 15.m + 15.s, redisLabels(), value: 0.1)]),
    AlertCase(
      "Redis se detiene: de eso avisa RedisDown",
      given: lookups(
        hits: .grow(by: 30, 10.m), .gone(30.m), misses: .grow(by: 270, 10.m), .gone(30.m)),
      expect: [.silent(at: 16.m), .silent(at: 30.m)]),
    AlertCase("no hay Redis", given: [], expect: [.silent(at: 20.m)]),
  ]

  private static func redisLabels(_ instance: String = "a:9121") -> [LabelName: String] {
    [.job: Job.redisExporter.rawValue, .instance: instance]
  }

  private static func lookups(
    hits: Samples..., misses: Samples..., instance: String = "a:9121"
  ) -> [SampledSeries] { lookups(hits: hits, misses: misses, instance: instance) }

  private static func lookups(
    hits: [Samples], misses: [Samples], instance: String = "a:9121"
  ) -> [SampledSeries] {
    typealias Stats = RedisInstance.Stats
    return [
      SampledSeries(Stats.keyspaceHitsTotal, job: Job.redisExporter, instance: instance, hits),
      SampledSeries(Stats.keyspaceMissesTotal, job: Job.redisExporter, instance: instance, misses),
    ]
  }
}

extension Alerts {
  private static let missesPerSecond = rate(RedisInstance.Stats.keyspaceMissesTotal[5.m])

  private static let cacheRunbook = Runbook(
    meaning: """
      Redis guarda lo que ya se calculó para no preguntárselo de nuevo a PostgreSQL, y ahora casi nunca lo tiene. Nada \
      se pierde y todo contesta, pero la base hace el trabajo dos veces: las consultas tardan más, y en la hora pico \
      puede no alcanzar.
      """,
    firstFiveMinutes: [
      Step(
        """
        Mirá si Redis acaba de arrancar (uptime_in_seconds): una caché vacía acierta poco hasta que se llena, y la \
        alerta se va sola.
        """, run: .redis("INFO server")),
      Step("Mirá si HighLatency también suena: si no, la base aguanta y hay tiempo."),
      Step("Si acaba de haber un despliegue que cambia nombres de claves o su vigencia, esa es la causa: deshacelo."),
      Step("No vacíes la caché (FLUSHALL, FLUSHDB): borra también los avisos entre servicios, que no se recalculan."),
      Step("Avisá en #minimarket-alerts que lo estás mirando."),
    ],
    diagnosis: [
      Diagnosis(
        "¿Qué Redis acierta poco ahora?", run: .query(cacheMisses), fault: .contains("\"instance\""),
        conclusion: "El número del final es la parte que encuentra. Si la lista está vacía, ya pasó o nadie pregunta."),
      Diagnosis(
        "¿Cuántas claves por segundo no encuentra?",
        run: .query(missesPerSecond > Scalar(Objectives.minimumCacheLookupRate)), fault: .contains("\"instance\""),
        conclusion: """
          Cada una es una consulta más a PostgreSQL. Si son muchas más que los pedidos por segundo del tablero, alguien \
          pregunta en un bucle: buscalo entre los clientes.
          """),
    ],
    fix: [
      Step(
        """
        Mirá dos veces los contadores, a diez segundos: keyspace_misses que crece más que keyspace_hits es lo que \
        suena; evicted_keys que crece dice que falta memoria; expired_keys que crece de golpe, que las claves vencen \
        demasiado pronto.
        """, run: .redis("-r 2 -i 10 INFO stats")),
      Step(
        "Mirá si llegó a su tope: used_memory contra maxmemory. Al llegar echa las claves que vencen.",
        run: .redis("INFO memory")),
      Step(
        """
        Mirá cuántas claves no vencen nunca (keys menos expires): con volatile-lru no se las puede echar, y le quitan \
        el lugar a la caché.
        """, run: .redis("INFO keyspace")),
      Step(
        "Si no le alcanza la memoria y a la máquina le sobra, subile el tope hasta el próximo reinicio.",
        run: .redis("CONFIG SET maxmemory 384mb")),
      Step("Si hay claves enormes, buscalas: recorre todo sin bloquear.", run: .redis("--bigkeys -i 0.01")),
      Step(
        "Mirá qué clientes hay y qué piden: addr, name y cmd dicen quién pregunta sin parar.",
        run: .redis("CLIENT LIST TYPE normal")),
      Step(
        """
        Si es una consola o un proceso suelto, cortá las conexiones: los servicios se reconectan solos, y el que sobra \
        queda afuera.
        """, run: .redis("CLIENT KILL TYPE normal"), isRemedy: true),
      Step(
        """
        Si piden claves que no existen en ningún lado (códigos de producto inventados), mirá en el log de nginx de \
        dónde vienen y limitá ese origen.
        """),
    ],
    verify: [
      Step("La lista está vacía: todo Redis con tráfico acierta más del 70 %.", run: .query(cacheMisses)),
      Step("Cuánto acierta cada uno; sin tráfico no hay valor.", run: .query(Recordings.cacheHitRatio)),
      Step("En #minimarket-alerts llega el aviso de resuelta: el promedio es de cinco minutos, y tarda eso."),
    ],
    escalate: """
      Si HighLatency también suena, o si a la hora sigue por debajo del 50 %, llamá a plataforma. Si Redis está sano y \
      son claves que cambiaron de nombre, llamá al equipo del servicio que se desplegó.
      """,
    afterwards: [
      "Anotá desde cuándo, cuánto acertaba antes y qué cambió.",
      "Si echó claves por falta de memoria, subí maxmemory en la configuración y el límite del contenedor con él.",
      "Si las claves vencen antes de que alguien las vuelva a pedir, revisá su vigencia con el equipo del servicio.",
    ])
}
