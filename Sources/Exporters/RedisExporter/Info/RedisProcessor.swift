import Catalog

extension InfoField {
  /// Fields of `# CPU` of INFO.
  static let processor: [InfoField] = [
    InfoField("used_cpu_sys", RedisInstance.Processor.cpuSysSecondsTotal),
    InfoField("used_cpu_user", RedisInstance.Processor.cpuUserSecondsTotal),
    InfoField("used_cpu_sys_children", RedisInstance.Processor.cpuSysChildrenSecondsTotal),
    InfoField("used_cpu_user_children", RedisInstance.Processor.cpuUserChildrenSecondsTotal),
    InfoField("used_cpu_sys_main_thread", RedisInstance.Processor.cpuSysMainThreadSecondsTotal),
    InfoField("used_cpu_user_main_thread", RedisInstance.Processor.cpuUserMainThreadSecondsTotal),
  ]
}
