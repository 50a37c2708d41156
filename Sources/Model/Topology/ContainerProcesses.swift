/// What only the container engine runs: Debian 12 packages none of them, so the local engine does without.
extension Platform {
  package static let grafana = PlatformProcess(
    "grafana", role: .infrastructure, port: .grafana, job: .grafana, readinessPath: "/api/health",
    dependsOn: ["prometheus"], team: .platform, limits: Limits(cpuCores: 1, memoryMebibytes: 512, startSeconds: 60))

  package static let loki = PlatformProcess(
    "loki", role: .infrastructure, port: .loki, job: .loki, readinessPath: "/ready", team: .platform,
    // It replays its write-ahead log first.
    limits: Limits(cpuCores: 1, memoryMebibytes: 1024, startSeconds: 120, stopSeconds: 30))

  package static let promtail = PlatformProcess(
    "promtail", role: .infrastructure, port: .promtail, job: .promtail, readinessPath: "/ready",
    dependsOn: ["loki"], team: .platform, limits: Limits(cpuCores: 0.5, memoryMebibytes: 128))

  /// In the order in which they are started.
  package static let containerProcesses = [loki, promtail, grafana]
}
