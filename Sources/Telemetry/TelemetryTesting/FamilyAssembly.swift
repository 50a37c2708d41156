/// Puts lines together to families, and refuses what does not belong together.
struct FamilyAssembly {
  private var families: [OpenFamily] = []
  private var positions: [String: Int] = [:]
  private var series: Set<[String]> = []

  private struct OpenFamily {
    let name: String
    let line: Int
    var type: ExpositionText.FamilyType?
    var help: String?
    var samples: [ExpositionText.Sample] = []
  }

  mutating func add(_ line: ExpositionLine, line number: Int) throws(ExpositionTextError) {
    switch line {
    case .blank: break
    case .help(let name, let text):
      let position = try position(of: name, line: number)
      guard families[position].help == nil else { throw ExpositionTextError(line: number, "a second help of \(name)") }
      guard families[position].samples.isEmpty else {
        throw ExpositionTextError(line: number, "the help of \(name) comes after its samples")
      }
      families[position].help = text
    case .type(let name, let type):
      let position = try position(of: name, line: number)
      guard families[position].type == nil else { throw ExpositionTextError(line: number, "a second type of \(name)") }
      guard families[position].samples.isEmpty else {
        throw ExpositionTextError(line: number, "the type of \(name) comes after its samples")
      }
      families[position].type = type
    case .sample(let sample):
      let position = try position(of: owner(of: sample.name), line: number)
      let key = [sample.name] + sample.labels.sorted { $0.name < $1.name }.flatMap { [$0.name, $0.value] }
      guard series.insert(key).inserted else {
        throw ExpositionTextError(line: number, "\(sample.series) is there twice")
      }
      try check(sample, of: families[position])
      families[position].samples.append(sample)
    }
  }

  func finish() throws(ExpositionTextError) -> [ExpositionText.Family] {
    for family in families where family.type == .histogram {
      try HistogramCheck.check(family.name, family.samples, line: family.line)
    }
    return families.map {
      ExpositionText.Family(name: $0.name, type: $0.type, help: $0.help, samples: $0.samples, line: $0.line)
    }
  }

  /// The family of that name, which is the one that the page is speaking of or a new one.
  private mutating func position(of name: String, line: Int) throws(ExpositionTextError) -> Int {
    if let position = positions[name] {
      guard position == families.count - 1 else {
        throw ExpositionTextError(line: line, "\(name) is in two places: its lines belong together")
      }
      return position
    }
    positions[name] = families.count
    families.append(OpenFamily(name: name, line: line))
    return families.count - 1
  }

  /// A histogram's and a summary's samples are called after the family.
  private func owner(of sample: String) -> String {
    for (suffix, types) in Self.suffixes where sample.hasSuffix(suffix) {
      let name = String(sample.dropLast(suffix.count))
      if let position = positions[name], let type = families[position].type, types.contains(type) { return name }
    }
    return sample
  }

  private static let suffixes: [(String, [ExpositionText.FamilyType])] = [
    ("_bucket", [.histogram]), ("_sum", [.histogram, .summary]), ("_count", [.histogram, .summary]),
  ]

  private func check(_ sample: ExpositionText.Sample, of family: OpenFamily) throws(ExpositionTextError) {
    let suffix = sample.name.dropFirst(family.name.count)
    switch (family.type, suffix) {
    case (.histogram, ""): throw ExpositionTextError(line: sample.line, "a histogram has no plain sample")
    case (.histogram, "_bucket"):
      guard let bound = sample[label: "le"] else { throw ExpositionTextError(line: sample.line, "a bucket has no le") }
      guard let value = SampleValue.parse(bound), !value.isNaN else {
        throw ExpositionTextError(line: sample.line, "'\(bound)' is no bucket's bound")
      }
    case (.summary, ""):
      guard let quantile = sample[label: "quantile"], let value = SampleValue.parse(quantile), (0...1).contains(value)
      else { throw ExpositionTextError(line: sample.line, "a summary's sample has a quantile from 0 to 1") }
    default: break
    }
  }
}

extension ExpositionText.Sample {
  /// `name{label="value"}`, labels by name.
  var series: String {
    let pairs = labels.sorted { $0.name < $1.name }.map { "\($0.name)=\"\($0.value)\"" }
    return pairs.isEmpty ? name : "\(name){\(pairs.joined(separator: ","))}"
  }
}
