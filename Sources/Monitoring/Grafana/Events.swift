import Catalog
import MetricModel
import PromQL

extension Annotation {
  /// What explains a bend in a line, on every dashboard.
  static let everywhere = [firing, deployments, starts]

  private static let firing = Annotation(
    "Alertas", max(Prometheus.alerts(\.state, .is(.firing))(\.name, .isNot("Watchdog")), by: name, severity, service),
    color: .red, title: "\(name)", text: "\(severity) \(service)", tags: [severity, service], time: .whileItHolds)

  /// The first start of each revision of each process: one that ran five minutes ago was started again, not deployed.
  private static let deployments = Annotation(
    "Despliegues",
    Dashboards.ourProcesses.dropFirst().reduce(deployment(of: Dashboards.ourProcesses.first ?? "")) {
      $0.or(deployment(of: $1))
    }, color: .blue, title: "Despliegue de \(.job)", text: "versión \(version), revisión \(revision)", tags: [.job],
    time: .atItsValue)

  private static let starts = Annotation(
    "Arranques", 1000 * max(Process.startTime(.job, .isOneOf(Dashboards.ourJobs)), by: .job, .instance),
    color: .orange, title: "Arranque de \(.job)", text: "\(.instance)", tags: [.job], time: .atItsValue)

  private static func deployment(of process: String) -> InstantVector {
    min(
      1000 * Process.startTime(.job, .isOneOf(Dashboards.ourJobs))
        * Process.buildInfo(of: process).on(.job, .instance, groupLeft: [version, revision]),
      by: .job, version, revision
    ).unless(
      max(Process.buildInfo(of: process).selection.offset(5.m), by: .job, version, revision))
  }

  private static let name = LabelName(AlertName.self)
  private static let severity = LabelName(SeverityLabel.self)
  private static let service = LabelName(AlertStateLabels.Service.self)
  private static let version = LabelName(BuildLabels.Version.self)
  private static let revision = LabelName(BuildLabels.Revision.self)
}
