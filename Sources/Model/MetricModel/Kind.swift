/// What a family measures, as Prometheus and OpenMetrics name it.
public enum Kind: String, Sendable, CaseIterable {
  /// Only grows, from 0, and starts again with the process.
  case counter
  /// Goes up and down.
  case gauge
  /// Counts observations in cumulative buckets.
  case histogram
  /// A constant 1 whose labels are the message.
  case info
  /// Which of its states something is in: one series a state, 1 or 0.
  case stateSet = "stateset"
  /// Quantiles that somebody else computed: we only pass them on.
  case summary
  /// What the source does not say; OpenMetrics' `unknown`, text 0.0.4's `untyped`.
  case unknown
}

/// A kind as a type, so that `rate` of a gauge or `observe` on a counter does not compile.
public protocol MetricKind: Sendable {
  /// The kind as a value, for lists and renderers.
  static var kind: Kind { get }
}

/// A kind that can be subtracted over time: what `rate` and `increase` accept.
public protocol CumulativeKind: MetricKind {}

/// A kind with one value a series: what is written as a plain sample.
public protocol ScalarKind: MetricKind {}

/// Only grows, from 0, and starts again with the process.
public enum Counter: CumulativeKind, ScalarKind { public static let kind = Kind.counter }
/// Goes up and down; a rate of it does not compile.
public enum Gauge: ScalarKind { public static let kind = Kind.gauge }
/// A gauge that is only ever added to and taken from, so that it can be counted without a shared cell.
public enum UpDown: ScalarKind { public static let kind = Kind.gauge }

/// Observations in buckets, of which quantiles are estimated.
public enum Histogram: CumulativeKind { public static let kind = Kind.histogram }
/// Quantiles that somebody else computed.
public enum Summary: MetricKind { public static let kind = Kind.summary }
/// A constant 1 whose labels are the message.
public enum Info: ScalarKind { public static let kind = Kind.info }
/// One series a state, 1 or 0.
public enum StateSet: ScalarKind { public static let kind = Kind.stateSet }

/// A sample of unsaid kind. Where a standard exporter exports a counter without `_total`, ours is
/// `unknown` in OpenMetrics, and rates of it make sense all the same.
public enum Unknown: CumulativeKind, ScalarKind { public static let kind = Kind.unknown }
