import Alerts
import Catalog
import MetricModel
import PromQL

extension Performance {
  static let machine = Row(
    id: 200, "Máquina",
    [
      Panel(
        id: 7, "CPU de la máquina %",
        description:
          "Parte del tiempo en que los procesadores trabajan. Por encima de 70 % por 15 minutos suena CPUHigh.",
        width: 8, .timeSeries, unit: .percent, scale: 0...100,
        thresholds: [Threshold(.cpuHigh, at: Objectives.processorUsedRatio, times: 100, .red)],
        queries: [Query(100 * (1 - idle), legend: .label(.instance))]),
      Panel(
        id: 8, "Memoria de la máquina %",
        description: """
          Memoria que ya no está disponible sin usar el disco. Por encima de 80 % durante 10 minutos suena \
          MemoryPressure; al 100 % el núcleo mata procesos.
          """,
        width: 8, .timeSeries, unit: .percent, scale: 0...100,
        thresholds: [Threshold(.memoryPressure, at: Objectives.memoryUsedRatio, times: 100, .red)],
        queries: [
          Query(
            100 * (1 - max(Host.Meminfo.memAvailable.onMachine / Host.Meminfo.memTotal.onMachine, by: .instance)),
            legend: .label(.instance))
        ]),
      Panel(
        id: 9, "Espacio libre en disco %",
        description: """
          Lo que queda de cada sistema de archivos para quien no es root. Por debajo de 10 % durante 5 minutos suena \
          DiskSpaceCritical: si se llena el de la base, nadie puede registrar movimientos.
          """,
        width: 8, .timeSeries, unit: .percent, scale: 0...100, base: .red,
        thresholds: [Threshold(.diskSpaceCritical, at: Objectives.diskAvailableRatioCritical, times: 100, .green)],
        queries: [
          Query(
            100 * min(available / Host.Filesystem.size.onMachine, by: .instance, mount), legend: "\(.instance) \(mount)"
          )
        ]),
      Panel(
        id: 10, "Carga",
        description: """
          Cuántos procesos corren o esperan, en promedio, y cuántos procesadores hay (línea cortada). Por encima de \
          ella mucho rato, hay cola.
          """,
        width: 8, .timeSeries, unit: .count, decimals: 1,
        queries: [
          Query(max(Host.Loadavg.load1.onMachine, by: .instance), legend: "\(.instance) 1 min"),
          Query(max(Host.Loadavg.load5.onMachine, by: .instance), legend: "\(.instance) 5 min"),
          Query(max(Host.Loadavg.load15.onMachine, by: .instance), legend: "\(.instance) 15 min"),
          Query(
            count(Host.Cpu.seconds.onMachine(\.mode, .is("idle")), by: .instance), legend: "\(.instance) procesadores",
            look: .limit),
        ]),
      Panel(
        id: 11, "Presión (PSI)",
        description: """
          Parte del tiempo en que algún proceso esperó procesador, disco o memoria. Es mejor señal que el uso: un \
          procesador al 90 % sin espera no molesta a nadie. Preocupate por encima de 20 %.
          """,
        width: 8, .timeSeries, unit: .percent, thresholds: [Threshold(from: 20, .yellow)],
        queries: [
          pressure(Host.Pressure.cpuWaiting, "procesador"), pressure(Host.Pressure.ioWaiting, "disco"),
          pressure(Host.Pressure.memoryWaiting, "memoria"),
        ]),
      Panel(
        id: 12, "Disco de la máquina (read/write)",
        description: "Bytes por segundo que lee (arriba) y escribe (abajo) cada disco. Un techo plano es su límite.",
        width: 8, .timeSeries, unit: .bytesPerSecond,
        queries: [
          Query(
            sum(rate(Host.Diskstats.readBytes.onMachine[.rateInterval]), by: .instance, device),
            legend: "\(.instance) \(device) lee", absentWhile: noDisks),
          Query(
            sum(rate(Host.Diskstats.writtenBytes.onMachine[.rateInterval]), by: .instance, device),
            legend: "\(.instance) \(device) escribe", look: .init(isMirrored: true), absentWhile: noDisks),
        ]),
    ])

  private static let mount = LabelName(MountLabels.MountPoint.self)
  private static let device = LabelName(Host.Device.self)
  private static let noDisks = "la máquina no muestra sus discos (un contenedor)"

  /// As CPUHigh counts: who waits for a disk leaves the processor to others.
  private static let idle = spent("idle") + spent("iowait")

  private static func spent(_ mode: Host.Cpu.Mode) -> InstantVector {
    avg(rate(Host.Cpu.seconds.onMachine(\.mode, .is(mode))[.rateInterval]), by: .instance)
  }

  private static let available = Host.Filesystem.available.onMachine(
    \.fstype, .doesNotMatch(Alerts.unrealFileSystems))

  private static func pressure(_ family: Family<Counter, NoLabels>, _ resource: String) -> Query {
    Query(
      100 * max(rate(family.onMachine[.rateInterval]), by: .instance), legend: "\(.instance) \(resource)",
      absentWhile: "el núcleo no mide la presión")
  }
}
