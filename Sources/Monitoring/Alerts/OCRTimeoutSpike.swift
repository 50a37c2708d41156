import Catalog
import MetricModel
import PromQL
import Topology

extension Alerts {
  /// Invoices are given up because they take too long. Over all replicas, those that were replaced within the hour too;
  /// `increase` sees a counter that starts again. It stretches what it saw to the ends of its window, so that ten
  /// events may read 10.04: rounded, they are the whole number that they are. The window outlives a service that is
  /// down by an hour, hence the second half.
  package static let ocrTimeoutSpike = Alert(
    "OCRTimeoutSpike",
    when: (round(sum(increase(OCR.timeouts[1.h]), by: .job)) > Scalar(Objectives.ocrTimeoutsPerHour))
      .and(count(newest(OCR.timeouts), by: .job)),
    for: 10.m,
    severity: .high,
    symptom: .errors,
    subject: .planned(.negocio),
    texts: AlertTexts(
      summary: "La lectura de facturas se queda sin tiempo",
      description: """
        Desde hace más de 10 minutos, en la última hora más de 10 facturas se abandonaron porque leerlas tardó más \
        que su límite.
        """,
      value: "\(value: .decimals(0)) facturas abandonadas en la última hora"),
    dashboard: .mlService,
    runbook: ocrTimeoutSpikeRunbook,
    boundaries: [
      Boundary(
        of: "facturas abandonadas en la última hora", silentAt: 10, firesAt: 11, begins: AlertCase.interval,
        labels: negocioFiring
      ) { level, length in [timeouts(.hold(0, 15.s), .hold(level, length - 15.s))] }
    ],
    cases: [
      AlertCase(
        "tres réplicas abandonan cuatro cada una",
        given: ["a:8002", "b:8002", "c:8002"].map { timeouts(.hold(0, 15.s), .hold(4, 30.m), instance: $0) },
        expect: [.silent(at: 10.m), .fires(at: 10.m + 15.s, negocioFiring, value: 12)]),
      // The first sample is no zero, so half a step is added to what was seen: 10 · (12m + 7.5s) / 12m = 10.1.
      AlertCase(
        "un contador que venía de antes suma diez: no son once",
        given: [timeouts(.hold(1000, 15.s), .hold(1010, 40.m))], expect: [.silent(at: 12.m), .silent(at: 30.m)]),
      AlertCase(
        "el contador vuelve a cero con un reinicio: seis antes y cinco después",
        given: [timeouts(.hold(0, 15.s), .hold(6, 5.m), .hold(0, 15.s), .hold(5, 30.m))],
        expect: [.silent(at: 15.m + 15.s), .fires(at: 15.m + 30.s, negocioFiring, value: 11)]),
      // The old one reads 6 · (9m45s + 7.5s) / 9m45s = 6.08, the new one 5.
      AlertCase(
        "un despliegue cambia la réplica: seis de la vieja y cinco de la nueva",
        given: [
          timeouts(.hold(0, 15.s), .hold(6, 10.m - 15.s), .gone(30.m)),
          timeouts(.gone(10.m), .hold(0, 15.s), .hold(5, 30.m), instance: "b:8002"),
        ],
        expect: [.silent(at: 20.m), .fires(at: 20.m + 15.s, negocioFiring, value: 11)]),
      AlertCase(
        "el servicio se reinicia en un minuto, y la espera no vuelve a empezar",
        given: [timeouts(.hold(0, 15.s), .hold(20, 5.m), .gone(1.m), .hold(0, 30.m))],
        expect: [.silent(at: 10.m), .fires(at: 10.m + 15.s, negocioFiring, value: 20)]),
      AlertCase(
        "el servicio cae y no vuelve: calla cuando le toca hablar a ServiceDown",
        given: [timeouts(.hold(0, 15.s), .hold(20, 20.m), .gone(30.m))],
        expect: [.fires(at: 21.m + 30.s, negocioFiring, value: 20), .silent(at: 22.m + 15.s), .silent(at: 40.m)]),
      AlertCase(
        "veinte de golpe salen de la cuenta una hora después",
        given: [timeouts(.hold(0, 15.s), .hold(20, 90.m))],
        expect: [.fires(at: 59.m + 30.s, negocioFiring, value: 20), .silent(at: 61.m), .silent(at: 80.m)]),
      AlertCase("nadie manda facturas", given: [timeouts(.hold(0, 30.m))], expect: [.silent(at: 20.m)]),
      AlertCase("el servicio no existe", given: [], expect: [.silent(at: 30.m)]),
    ],
    drill: .planned(
      .negocio, "poné OCR_TIMEOUT_SECONDS en un valor menor que lo que tarda una factura y mandá doce facturas."))

  private static func timeouts(_ samples: Samples..., instance: String = "a:8002") -> SampledSeries {
    SampledSeries(OCR.timeouts, job: Job.negocio, instance: instance, samples)
  }
}

extension Alerts {
  private static let manyTimeouts =
    round(sum(increase(OCR.timeouts[1.h]), by: .job)) > Scalar(Objectives.ocrTimeoutsPerHour)

  private static let ocrTimeoutSpikeRunbook = Runbook(
    meaning: """
      Quien sube una factura espera hasta el límite y recibe un error: tiene que cargarla a mano o subirla de nuevo. \
      Ninguna factura se registra a medias, y las que sí se leyeron están bien.
      """,
    firstFiveMinutes: [
      Step("Mirá qué procesos están en pie y desde cuándo.", run: .deploy("--status")),
      Step("Si CPUHigh o MemoryPressure están activas, atendé primero esas: leer una factura es puro procesador."),
      Step("Preguntá si alguien está subiendo facturas en lote: que espere o suba de a una."),
      Step("Avisá en #minimarket-alerts que lo estás mirando, y a quienes cargan facturas que pueden hacerlo a mano."),
    ],
    diagnosis: [
      Diagnosis(
        "¿Cuántas se abandonaron en la última hora?", run: .query(manyTimeouts),
        fault: .contains("\"job\":\"agente_negocio\""),
        conclusion: "El número es la cantidad de facturas. Si la lista está vacía, ya salieron de la cuenta."),
      Diagnosis(
        "¿Qué réplica las abandona ahora?",
        run: .query(sum(increase(OCR.timeouts[10.m]), by: .job, .instance) > 0),
        fault: .contains("\"instance\""),
        conclusion: """
          Una sola réplica señala su máquina o su proceso: reiniciá esa. Todas por igual, el tamaño de lo que llega o \
          un límite demasiado corto. Si la lista está vacía, hace diez minutos que no se abandona ninguna.
          """),
      Diagnosis(
        "¿Tardan todas, o sólo algunas?",
        run: .query(histogramQuantile(0.5, sum(rate(OCR.duration[15.m]), by: .job)) > 12),
        fault: .contains("\"job\":\"agente_negocio\""),
        of: .planned(.negocio, "dale a agente-negocio un décimo de procesador y mandá doce facturas de una página."),
        conclusion: """
          La mitad de las facturas tarda más de 12 segundos: falta procesador o memoria. Si la lista está vacía, son \
          unas pocas, grandes o mal escaneadas: buscalas en el log.
          """),
      Diagnosis(
        "¿Se mueren los procesos que leen?",
        run: .query(sum(increase(OCR.errors(\.self, .is(.crash))[1.h]), by: .job) > 0),
        fault: .contains("\"job\":\"agente_negocio\""),
        of: .planned(.negocio, "matá con SIGKILL un proceso que lee una factura."),
        conclusion: "Mueren y vuelven a empezar: suele ser falta de memoria. Mirá el log y MemoryPressure."),
    ],
    fix: [
      Step(
        "Leé en el log qué archivos se abandonaron: tamaño, páginas y tiempo.", run: .deploy("--logs agente-negocio")),
      Step("Si falta procesador, sumá una réplica de agente-negocio donde corren los contenedores."),
      Step(
        """
        Si las facturas son legítimas y sólo grandes, subí OCR_TIMEOUT_SECONDS en .env.production y reiniciá: más de \
        60 segundos no sirve, nadie espera tanto.
        """, run: .deploy("--restart agente-negocio")),
      Step("Si es un solo archivo que se manda una y otra vez, pedí que dejen de mandarlo y guardá una copia."),
    ] + Step.rollBack(PlannedService.negocio.name),
    verify: [
      Step(
        "No se abandona ninguna más: la lista está vacía.",
        run: .query(sum(increase(OCR.timeouts[10.m]), by: .job) > 0)),
      Step("La alerta mira la última hora: el aviso de resuelta puede tardar hasta una hora después del arreglo."),
    ],
    escalate: """
      Si en media hora se siguen abandonando facturas, llamá al equipo que figura en la etiqueta team. Si los procesos \
      que leen se mueren, llamá también a plataforma.
      """,
    afterwards: [
      "Pasale a quien carga facturas la lista de las abandonadas: hay que subirlas de nuevo o cargarlas a mano.",
      "Guardá un archivo que falló como ejemplo para las pruebas de lectura, sin datos del emisor.",
      "Si faltó procesador, revisá el límite de agente-negocio y cuántas facturas llegan en la hora pico.",
    ])
}
