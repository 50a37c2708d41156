import MetricModel

/// Instruments are asked for once, at the start; the same family gives the same instrument.
extension Registry {
  /// Takes a lock; safe from any thread. Up to 32 series are exposed at 0 from now on; of a larger family those that
  /// were recorded, or asked for with `expose`.
  /// Where the name belongs to another family, the instrument counts and is not exposed, and the problem handler hears
  /// of it.
  public func counter<L: ClosedLabelSet>(_ family: Family<Counter, L>) -> CounterInstrument<L> {
    instrument(family.descriptor, isSound: L.isSound) { CounterInstrument<L>($0) }
  }

  /// For values that are set, or that go up and down by fractions: see `counter(_:)`.
  public func gauge<L: ClosedLabelSet>(_ family: Family<Gauge, L>) -> GaugeInstrument<L> {
    instrument(family.descriptor, isSound: L.isSound) { GaugeInstrument<L>($0) }
  }

  /// For what is only added to and taken from, in whole amounts: see `counter(_:)`.
  public func upDown<L: ClosedLabelSet>(_ family: Family<UpDown, L>) -> UpDownInstrument<L> {
    instrument(family.descriptor, isSound: L.isSound) { UpDownInstrument<L>($0) }
  }

  /// With the family's classic buckets, its native ones or both: see `counter(_:)`.
  public func histogram<L: ClosedLabelSet>(_ family: Family<Histogram, L>) -> HistogramInstrument<L> {
    instrument(family.descriptor.withSoundBounds, isSound: L.isSound) { HistogramInstrument<L>($0) }
  }

  /// Exposed once its labels are set; a conflict is as that of `counter(_:)`.
  public func info<L: LabelSet>(_ family: Family<Info, L>) -> InfoInstrument<L> {
    instrument(family.descriptor) { InfoInstrument<L>($0) }
  }

  /// All states are exposed at 0 from now on; a conflict is as that of `counter(_:)`.
  public func stateSet<L: ClosedLabel>(_ family: Family<StateSet, L>) -> StateSetInstrument<L> {
    instrument(family.descriptor, isSound: L.isSound) { StateSetInstrument<L>($0) }
  }

  /// A gauge or a counter that is a function, called at each scrape; it must be fast and must not block. A family has one
  /// function: a second is left out, and the problem handler hears of it.
  public func function<K: ScalarKind>(_ family: Family<K, NoLabels>, _ read: @escaping @Sendable () -> Double) {
    var isTaken = false
    let instrument = instrument(family.descriptor) { descriptor in
      isTaken = true
      return FunctionInstrument(descriptor, read)
    }
    // The family is there with another function, which goes on.
    if !isTaken { report(.nameConflict(instrument.descriptor.name)) }
  }
}

/// Label values that are not known beforehand are bounded by a number of series.
extension Registry {
  /// Past `maximumSeries`, 1 at the least, everything goes to one series more whose label values are all `overflow`,
  /// and the problem handler hears of each. A series is exposed once it was looked up. Takes a lock; safe from any
  /// thread.
  public func counter<L: LabelSet>(_ family: Family<Counter, L>, maximumSeries: Int) -> OpenCounterInstrument<L> {
    instrument(family.descriptor) { OpenCounterInstrument<L>(openSeries($0, maximumSeries)) }
  }

  /// The same for a gauge.
  public func gauge<L: LabelSet>(_ family: Family<Gauge, L>, maximumSeries: Int) -> OpenGaugeInstrument<L> {
    instrument(family.descriptor) { OpenGaugeInstrument<L>(openSeries($0, maximumSeries)) }
  }

  /// The same for a histogram, of which a series holds more memory: see <doc:Costs>.
  public func histogram<L: LabelSet>(_ family: Family<Histogram, L>, maximumSeries: Int) -> OpenHistogramInstrument<L> {
    instrument(family.descriptor.withSoundBounds) { OpenHistogramInstrument<L>(openSeries($0, maximumSeries)) }
  }

  func openSeries<C: SeriesCells>(_ descriptor: FamilyDescriptor, _ maximumSeries: Int) -> OpenSeries<C> {
    OpenSeries<C>(descriptor, maximumSeries: maximumSeries) { [weak self] isFirst in
      self?.reportOverflow(of: descriptor.name, isFirst: isFirst)
    }
  }
}
