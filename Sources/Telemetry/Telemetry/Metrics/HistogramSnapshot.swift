import Glibc
import MetricModel
import Synchronization

/// One series of a histogram as a scrape sees it: count, sum and buckets of the same observations.
struct HistogramSnapshot {
  var sum = 0.0
  var count: UInt64 = 0
  /// Not cumulative; one more than the bounds, the last is above them all.
  var bucketCounts: [UInt64]
  var native: NativeSnapshot?
  /// By classic bucket, or in no order where there are none; empty where no observation had a trace.
  var exemplars: [Exemplar?] = []
  var created: Timestamp
}

/// The populated buckets of a native histogram.
struct NativeSnapshot {
  var schema: Int
  var zeroThreshold: Double
  var zeroCount: UInt64 = 0
  /// By rising index.
  var positive: [(index: Int, count: UInt64)] = []
  var negative: [(index: Int, count: UInt64)] = []

  var populated: Int { positive.count + negative.count }

  /// Two neighbours become one.
  mutating func lowerResolution() {
    schema -= 1
    positive = Self.merged(positive)
    negative = Self.merged(negative)
  }

  private static func merged(_ buckets: [(index: Int, count: UInt64)]) -> [(index: Int, count: UInt64)] {
    buckets.reduce(into: []) { merged, bucket in
      let index = NativeScale.halved(bucket.index, times: 1)
      if let last = merged.last, last.index == index {
        merged[merged.count - 1].count += bucket.count
      } else {
        merged.append((index, bucket.count))
      }
    }
  }
}

extension HistogramCells {
  /// Every series of `slots` that has been observed, or whose slot is asked for all the same.
  func snapshot(at slot: Int) -> HistogramSnapshot {
    readers.withLock { _ in
      defer { isPaused.store(false, ordering: .relaxed) }
      var snapshot = HistogramSnapshot(
        bucketCounts: [UInt64](repeating: 0, count: bounds.count + 1), exemplars: exemplars(at: slot),
        created: created(at: slot))
      var natives: [RecordCopy.Native] = []
      for cells in copies.reader().copies {
        let copy = consistentCopy(of: cells + slot * stride)
        guard copy.epoch == epochs.load(at: slot) else { continue }
        snapshot.sum += copy.sum
        for (index, count) in copy.buckets.enumerated() { snapshot.bucketCounts[index] &+= count }
        if let native = copy.native { natives.append(native) }
      }
      snapshot.count = snapshot.bucketCounts.reduce(0, &+)
      if let native {
        let merged = Self.merge(natives, native)
        if merged.populated > native.maximumBuckets {
          // Several threads' buckets together, at the lowest resolution: as one thread's, the series begins anew.
          reset(at: slot)
          snapshot = HistogramSnapshot(
            bucketCounts: [UInt64](repeating: 0, count: bounds.count + 1), created: created(at: slot))
          snapshot.native = NativeSnapshot(schema: native.schema, zeroThreshold: native.zeroThreshold)
        } else {
          snapshot.native = merged
        }
      }
      return snapshot
    }
  }

  /// How many observations the series has; for knowing whether it was touched, not for a page.
  func isTouched(at slot: Int, _ reader: ShardedCells.Reader) -> Bool {
    reader.copies.contains { ($0 + slot * stride).pointee.load(ordering: .relaxed) != 0 }
  }

  private struct RecordCopy {
    typealias Native = (schema: Int, zeroCount: UInt64, buckets: [(key: UInt64, count: UInt64)])
    var sum: Double
    var epoch: UInt64
    var buckets: [UInt64]
    var native: Native?
  }

  /// Under the readers' lock: tables stay where they are.
  private func consistentCopy(of record: Cells) -> RecordCopy {
    var attempts = 0
    while true {
      let before = record[0].load(ordering: .acquiring)
      if before & 1 == 0 {
        let copy = copy(record)
        atomicMemoryFence(ordering: .acquiring)
        if record[0].load(ordering: .relaxed) == before { return copy }
      }
      attempts += 1
      if attempts >= Self.maximumReadAttempts {
        isPaused.store(true, ordering: .relaxed)
        sched_yield()
      }
    }
  }

  private func copy(_ record: Cells) -> RecordCopy {
    let native = Self.table(of: record).map { ($0.schema, $0.zeroCount, $0.buckets) }
    return RecordCopy(
      sum: Double(bitPattern: record[1].load(ordering: .relaxed)), epoch: record[3].load(ordering: .relaxed),
      buckets: (0...bounds.count).map { record[Self.headerCells + $0].load(ordering: .relaxed) }, native: native)
  }

  private static func merge(_ natives: [RecordCopy.Native], _ options: NativeBuckets) -> NativeSnapshot {
    let schema = natives.map(\.schema).min() ?? options.schema
    var merged = NativeSnapshot(schema: schema, zeroThreshold: options.zeroThreshold)
    var (positive, negative): ([Int: UInt64], [Int: UInt64]) = ([:], [:])
    for native in natives {
      merged.zeroCount += native.zeroCount
      for (key, count) in native.buckets where count > 0 {
        let (index, isNegative) = NativeTable.index(ofKey: key)
        let lower = NativeScale.halved(index, times: native.schema - schema)
        if isNegative { negative[lower, default: 0] += count } else { positive[lower, default: 0] += count }
      }
    }
    merged.positive = positive.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    merged.negative = negative.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    while merged.populated > options.maximumBuckets, merged.schema > NativeScale.schemas.lowerBound {
      merged.lowerResolution()
    }
    return merged
  }
}
