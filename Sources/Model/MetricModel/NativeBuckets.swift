/// How a native histogram divides its values
/// (https://prometheus.io/docs/specs/native_histograms/#schema): a bucket's bounds differ by the factor
/// `2^(2^-schema)`, and only buckets that hold something exist.
public struct NativeBuckets: Sendable, Hashable {
  /// -4 (a factor of 65,536) to 8 (0.27 %), to begin with; 3 is a factor of 1.09.
  public let schema: Int
  /// Values up to this magnitude count in the zero bucket.
  public let zeroThreshold: Double
  /// Past it the resolution is halved, and at the lowest the series begins anew.
  public let maximumBuckets: Int

  /// What is out of its range is taken for the nearest that is in it. Unless told, a bucket is 9 % wide.
  public init(schema: Int = 3, zeroThreshold: Double = 0x1p-128, maximumBuckets: Int = 160) {
    self.schema = min(max(schema, -4), 8)
    self.zeroThreshold = max(zeroThreshold, 0)
    self.maximumBuckets = max(maximumBuckets, 1)
  }
}
