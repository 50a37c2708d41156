import MetricModel

extension RedisInstance {
  /// `# CPU` of INFO.
  package enum Processor {
    package static let cpuSysSecondsTotal = Family<Counter, NoLabels>(
      "redis_cpu_sys_seconds_total", "cpu_sys_seconds_total metric", unit: .seconds, use: parity)
    package static let cpuUserSecondsTotal = Family<Counter, NoLabels>(
      "redis_cpu_user_seconds_total", "cpu_user_seconds_total metric", unit: .seconds, use: parity)
    package static let cpuSysChildrenSecondsTotal = Family<Counter, NoLabels>(
      "redis_cpu_sys_children_seconds_total", "cpu_sys_children_seconds_total metric", unit: .seconds, use: parity)
    package static let cpuUserChildrenSecondsTotal = Family<Counter, NoLabels>(
      "redis_cpu_user_children_seconds_total", "cpu_user_children_seconds_total metric", unit: .seconds, use: parity)
    package static let cpuSysMainThreadSecondsTotal = Family<Counter, NoLabels>(
      "redis_cpu_sys_main_thread_seconds_total",
      "cpu_sys_main_thread_seconds_total metric", unit: .seconds, use: parity)
    package static let cpuUserMainThreadSecondsTotal = Family<Counter, NoLabels>(
      "redis_cpu_user_main_thread_seconds_total",
      "cpu_user_main_thread_seconds_total metric", unit: .seconds, use: parity)

    package static let all: [FamilyDescriptor] = [
      cpuSysSecondsTotal.descriptor, cpuUserSecondsTotal.descriptor, cpuSysChildrenSecondsTotal.descriptor,
      cpuUserChildrenSecondsTotal.descriptor, cpuSysMainThreadSecondsTotal.descriptor,
      cpuUserMainThreadSecondsTotal.descriptor,
    ]
  }
}
