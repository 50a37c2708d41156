import Catalog
import MetricModel
import PromQL
import Topology

/// What the alerts about the machine and its containers share: their words for either, and the series of their cases.
enum HostAlerts {
  /// How long the newest measurement counts, though a scrape or two may fail: an overloaded machine answers late, and a
  /// restart of node-exporter mends nothing. A container that is gone is so long a container still.
  static let newest = 2.m

  static let instance = "a:9100"
  /// What a container's series have and the machine's have not. Not the name, which cAdvisor leaves empty at times.
  static let id = LabelName(ContainerLabels.ID.self)
  static let name = LabelName(ContainerLabels.Name.self)

  /// `el contenedor agente-deposito de a:9100`, `la máquina a:9100`.
  static let what: AlertText = """
    \(having: id, "el contenedor \(having: name, "\(name)", otherwise: "\(id)")", otherwise: "la máquina") (\(.instance))
    """

  /// Ends whatever runs in the control group that drills make, wherever it is (version 1 has a tree a controller).
  static let endOfDrill =
    "find /sys/fs/cgroup -type d -name \(Drill.controlGroup) -exec cat {}/cgroup.procs ';' | grep -vx 0 | sort -u | xargs -r kill"

  /// A container of Depósito's.
  static let deposito = Container(id: "/docker/4f1c", name: "minimarket-agente-deposito-1", image: "agente-deposito")

  struct Container: Sendable {
    let id: String
    let name: String
    let image: String

    static let replica = Container(id: "/system.slice/deposito.service", name: "deposito.service", image: "")
    /// As cAdvisor shows a control group that is no container's.
    static let nameless = Container(id: "/kubepods", name: "", image: "")

    /// Those of a series of it; an empty label is none.
    var labels: [LabelName: String] {
      let all: [LabelName: String] = [
        HostAlerts.id: id, HostAlerts.name: name, LabelName(ContainerLabels.Image.self): image,
        .job: Job.nodeExporter.rawValue, .instance: instance,
      ]
      return all.filter { !$1.isEmpty }
    }

    var set: ContainerLabels { ContainerLabels(id: id, name: name, image: image) }

    func series(_ family: Family<Gauge, ContainerLabels>, _ samples: [Samples]) -> SampledSeries {
      SampledSeries(family, set, job: Job.nodeExporter, instance: instance, samples)
    }
  }

  static func series(_ family: Family<Gauge, NoLabels>, _ instance: String, _ samples: [Samples]) -> SampledSeries {
    SampledSeries(family, job: Job.nodeExporter, instance: instance, samples)
  }
}
