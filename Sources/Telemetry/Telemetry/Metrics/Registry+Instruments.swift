import MetricModel

/// Instruments are asked for once, at the start; the same family gives the same instrument.
extension Registry {
  public func counter<L: ClosedLabelSet>(_ family: Family<Counter, L>) -> CounterInstrument<L> {
    instrument(family.descriptor) { CounterInstrument<L>($0) }
  }

  public func gauge<L: ClosedLabelSet>(_ family: Family<Gauge, L>) -> GaugeInstrument<L> {
    instrument(family.descriptor) { GaugeInstrument<L>($0) }
  }

  public func upDown<L: ClosedLabelSet>(_ family: Family<UpDown, L>) -> UpDownInstrument<L> {
    instrument(family.descriptor) { UpDownInstrument<L>($0) }
  }

  public func histogram<L: ClosedLabelSet>(_ family: Family<Histogram, L>) -> HistogramInstrument<L> {
    instrument(family.descriptor) { HistogramInstrument<L>($0) }
  }

  public func info<L: LabelSet>(_ family: Family<Info, L>) -> InfoInstrument<L> {
    instrument(family.descriptor) { InfoInstrument<L>($0) }
  }

  public func stateSet<L: ClosedLabel>(_ family: Family<StateSet, L>) -> StateSetInstrument<L> {
    instrument(family.descriptor) { StateSetInstrument<L>($0) }
  }

  /// A gauge or a counter that is a function, called at each scrape; it must be fast and must not block.
  public func function<K: ScalarKind>(_ family: Family<K, NoLabels>, _ read: @escaping @Sendable () -> Double) {
    _ = instrument(family.descriptor) { FunctionInstrument($0, read) }
  }
}

/// Label values that are not known beforehand are bounded by a number of series.
extension Registry {
  /// - Parameter maximumSeries: past it everything goes to one series whose label values are all `overflow`, and the
  ///   problem handler hears of each.
  public func counter<L: LabelSet>(_ family: Family<Counter, L>, maximumSeries: Int) -> OpenCounterInstrument<L> {
    instrument(family.descriptor) { OpenCounterInstrument<L>(openSeries($0, maximumSeries)) }
  }

  public func gauge<L: LabelSet>(_ family: Family<Gauge, L>, maximumSeries: Int) -> OpenGaugeInstrument<L> {
    instrument(family.descriptor) { OpenGaugeInstrument<L>(openSeries($0, maximumSeries)) }
  }

  public func histogram<L: LabelSet>(_ family: Family<Histogram, L>, maximumSeries: Int) -> OpenHistogramInstrument<L> {
    instrument(family.descriptor) { OpenHistogramInstrument<L>(openSeries($0, maximumSeries)) }
  }

  func openSeries<C: SeriesCells>(_ descriptor: FamilyDescriptor, _ maximumSeries: Int) -> OpenSeries<C> {
    OpenSeries<C>(descriptor, maximumSeries: maximumSeries) { [weak self] in
      self?.report(.cardinality(descriptor.name))
    }
  }
}
