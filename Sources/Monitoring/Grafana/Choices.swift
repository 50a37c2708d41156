import Catalog
import MetricModel
import PromQL
import Topology

// What the reader of a dashboard can choose, and what that narrows.

extension TemplateVariable where V == JobLabel {
  package static var service: Self { Self("servicio") }
}

extension TemplateVariable where V == InstanceLabel {
  package static var instance: Self { Self("instancia") }
  /// The machine, by the address of its node-exporter.
  package static var machine: Self { Self("maquina") }
}

extension TemplateVariable where V == ModelName {
  package static var model: Self { Self("modelo") }
}

extension TemplateVariable where V == Deposito.Category {
  package static var category: Self { Self("categoria") }
}

extension DashboardVariable {
  /// Every process of ours, the services first in the guide and here.
  static let service = DashboardVariable(
    .service, "Servicio", description: "Qué procesos nuestros se muestran.",
    valuesIn: Prometheus.up(.job, .isOneOf(Dashboards.ourJobs)))

  static let instance = DashboardVariable(
    .instance, "Instancia", description: "Qué réplicas de esos procesos.",
    valuesIn: Prometheus.up(.job, .isOneOf(.service)))

  static let machine = DashboardVariable(
    .machine, "Máquina", description: "Qué máquinas, por la dirección de su node-exporter.",
    valuesIn: Prometheus.up(.job, .is(Job.nodeExporter)))

  static let model = DashboardVariable(
    .model, "Modelo", description: "Qué modelos de predicción.", valuesIn: ML.accuracy)

  static let category = DashboardVariable(
    .category, "Categoría", description: "Qué categorías de productos.", valuesIn: Deposito.productsByCategory)
}

extension Dashboards {
  static let serviceJobs = Platform.services.compactMap(\.job)
  private static let ours = Platform.processes.filter { $0.role != .infrastructure }
  /// Of every process that we wrote, those that will come too.
  static let ourJobs = ours.compactMap(\.job) + PlannedService.all.map(\.job)
  static let ourProcesses = ours.map(\.name)
}

extension Family {
  /// Of the processes that the reader chose.
  var chosen: Selection<K, L> { selection.chosen }
  /// Of the machines that the reader chose.
  var onMachine: Selection<K, L> { selection(.instance, .isOneOf(.machine)) }
}

extension Selection {
  var chosen: Self { self(.job, .isOneOf(.service))(.instance, .isOneOf(.instance)) }
}
