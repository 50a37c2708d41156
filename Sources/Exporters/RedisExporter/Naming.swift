import MetricModel
import Synchronization
import Telemetry

/// `--namespace`: what names begin with instead of `redis`. Where it is `redis`, this costs nothing.
final class Naming: Sendable {
  private let namespace: String
  let isOther: Bool
  private let renamed = Mutex<[String: FamilyDescriptor]>([:])

  init(namespace: String) {
    self.namespace = namespace
    isOther = namespace != RedisOptions.defaultNamespace
  }

  func applied(to batch: SampleBatch) -> SampleBatch {
    guard isOther else { return batch }
    var other = SampleBatch()
    for reading in batch.families {
      let family = family(reading.descriptor)
      for sample in reading.samples { other.add(family, labelValues: sample.labelValues, sample.value) }
      for sample in reading.distributions { other.add(family, labelValues: sample.labelValues, sample.distribution) }
    }
    return other
  }

  private func family(_ family: FamilyDescriptor) -> FamilyDescriptor {
    renamed.withLock { renamed in
      if let known = renamed[family.name], known.labelNames == family.labelNames { return known }
      let name = namespace + family.name.dropFirst(RedisOptions.defaultNamespace.count)
      let other = FamilyDescriptor(
        name: name, help: family.help, kind: family.kind, unit: family.unit, labelNames: family.labelNames,
        bounds: family.bounds, native: family.native, use: family.use)
      renamed[family.name] = other
      return other
    }
  }
}
