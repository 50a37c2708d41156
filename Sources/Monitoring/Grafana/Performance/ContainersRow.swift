import Alerts
import Catalog
import MetricModel
import PromQL

extension Performance {
  static let containers = Row(
    id: 100, "Contenedores",
    [
      Panel(
        id: 1, "CPU usage % por contenedor",
        description: """
          Procesador que usa cada contenedor, como parte de su cuota; donde no tiene cuota, 100 % es un núcleo entero. \
          Por encima de 70 % durante 15 minutos suena CPUHigh.
          """,
        .timeSeries, unit: .percent,
        thresholds: [Threshold(.cpuHigh, at: Objectives.processorUsedRatio, times: 100, .red)],
        queries: [Query((100 * cores / quota).or((100 * cores).unless(quota)), legend: "\(name) (\(.instance))")]),
      Panel(
        id: 2, "Memory usage % por contenedor",
        description: """
          Memoria que el núcleo no puede recuperar (working set), como parte del límite de cada contenedor; donde no \
          tiene límite, de la memoria de la máquina. Por encima de 80 % durante 10 minutos suena MemoryPressure.
          """,
        .timeSeries, unit: .percent,
        thresholds: [Threshold(.memoryPressure, at: Objectives.memoryUsedRatio, times: 100, .red)],
        queries: [
          Query(
            (100 * memory / limit).or((100 * memory / Host.Meminfo.memTotal.onMachine.perMachine).unless(limit)),
            legend: "\(name) (\(.instance))")
        ]),
      Panel(
        id: 3, "Disk I/O por contenedor (read/write)",
        description: """
          Bytes por segundo que lee (arriba) y escribe (abajo) cada contenedor. Escrituras de la base sin tráfico: un \
          checkpoint, un vacuum o un backup.
          """,
        .timeSeries, unit: .bytesPerSecond,
        queries: [
          Query(perContainer(Host.Containers.reads(\.a.name, .isNot(""))), legend: "\(name) lee"),
          Query(
            perContainer(Host.Containers.writes(\.a.name, .isNot(""))), legend: "\(name) escribe",
            look: .init(isMirrored: true)),
        ]),
      Panel(
        id: 4, "Network I/O por contenedor (RX/TX), y de la máquina",
        description: """
          Bytes por segundo que recibe (arriba) y envía (abajo) cada contenedor que tiene red propia, y los de la \
          máquina entera: donde los procesos comparten su red, sólo está la máquina.
          """,
        .timeSeries, unit: .bytesPerSecond,
        queries: [
          Query(
            perContainer(Host.Containers.received(\.a.name, .isNot(""))), legend: "\(name) RX",
            absentWhile: sharedNetwork),
          Query(
            perContainer(Host.Containers.transmitted(\.a.name, .isNot(""))), legend: "\(name) TX",
            look: .init(isMirrored: true), absentWhile: sharedNetwork),
          Query(
            sum(rate(Host.Netdev.receiveBytes.onMachine(\.self, .isNot("lo"))[.rateInterval]), by: .instance),
            legend: "máquina \(.instance) RX"),
          Query(
            sum(rate(Host.Netdev.transmitBytes.onMachine(\.self, .isNot("lo"))[.rateInterval]), by: .instance),
            legend: "máquina \(.instance) TX", look: .init(isMirrored: true)),
        ]),
    ])

  private static let name = LabelName(ContainerLabels.Name.self)
  private static let sharedNetwork = "los procesos comparten la red de la máquina"

  private static let cores = sum(
    rate(Host.Containers.cpuUsage(\.a.name, .isNot(""))(.instance, .isOneOf(.machine))[.rateInterval]),
    by: .instance, name)

  /// In cores; only where there is one.
  private static let quota =
    max(Host.Containers.cpuQuota.onMachine(\.name, .isNot("")) > 0, by: .instance, name)
    / max(Host.Containers.cpuPeriod.onMachine(\.name, .isNot("")), by: .instance, name)

  private static let memory = sum(
    Host.Containers.memoryWorkingSet.onMachine(\.name, .isNot("")), by: .instance, name)

  /// Only where there is one.
  private static let limit = max(
    Host.Containers.memoryLimit.onMachine(\.name, .isNot("")) > 0, by: .instance, name)

  private static func perContainer<L>(_ bytes: Selection<Counter, Pair<ContainerLabels, L>>) -> InstantVector {
    sum(rate(bytes(.instance, .isOneOf(.machine))[.rateInterval]), by: name)
  }
}

extension Vector {
  /// One series of a machine for many of its containers.
  fileprivate var perMachine: Matched { vector.on(.instance, groupLeft: []) }
}
