/// What is to be done with files that were moved aside: those that are too old go, the others are compressed, oldest
/// first, and what a process that was killed left half done is done again. One step at a time.
final class LogFileUpkeep {
  /// How many files a step removes.
  static let maximumRemovalsPerStep = 64
  /// How long a file stays plain after it could not be compressed (a full disk).
  static let retrySeconds = 600.0

  private let folder: LogFolder
  private let keptDays: Int
  private let compresses: Bool
  private var isDue = true
  private var compression: LogFileCompression?
  private var retryAt: MonotonicInstant?

  init(_ folder: LogFolder, keptDays: Int, compresses: Bool) {
    self.folder = folder
    self.keptDays = keptDays
    self.compresses = compresses
  }

  /// When the next step is to be done: 0 for at once; nil where nothing is to do.
  var secondsUntilStep: Double? {
    if isDue { return 0 }
    guard let retryAt else { return nil }
    return Double(max(0, retryAt.nanoseconds - MonotonicInstant.now().nanoseconds)) / 1e9
  }

  /// A file was moved aside.
  func noteRotation() { isDue = true }

  /// Does what takes some milliseconds.
  func step(today: Int) throws(LogSinkError) {
    if let retryAt, retryAt <= MonotonicInstant.now() {
      self.retryAt = nil
      isDue = true
    }
    guard isDue else { return }
    do throws(LogSinkError) {
      if let compression {
        if try compression.step() { self.compression = nil }
      } else {
        try look(today: today)
      }
    } catch {
      abandon()
      retryAt = .after(seconds: Self.retrySeconds)
      isDue = false
      throw error
    }
  }

  /// Leaves the rest for the next start.
  func abandon() {
    compression?.abandon()
    compression = nil
  }

  private func look(today: Int) throws(LogSinkError) {
    let files = folder.files()
    // A clock that was set back makes no file too old; one of a later day waits for its day.
    let oldest = Timestamp.date(ofDay: today - keptDays)
    let expired = files.filter { $0.date < oldest }
    for file in expired.prefix(Self.maximumRemovalsPerStep) { try folder.remove(file) }
    guard expired.count <= Self.maximumRemovalsPerStep else { return }
    for file in files where file.form == .unfinished { try folder.remove(file) }
    guard compresses, retryAt == nil else {
      isDue = false
      return
    }
    guard let file = files.first(where: { $0.form == .plain && $0.date >= oldest }) else {
      isDue = false
      return
    }
    if folder.exists(file.with(.compressed)) {
      try settle(file)
    } else {
      compression = try LogFileCompression(file, in: folder)
    }
  }

  /// Both are there: the process ended between giving the one its name and removing the other.
  private func settle(_ file: RotatedFile) throws(LogSinkError) {
    if folder.isCompressedWhole(file) {
      try folder.remove(file)
      return
    }
    guard let other = folder.free(date: file.date, isWholeDay: false) else {
      throw LogSinkError("\(folder.path(file)): the day has no number left: move some of its files away")
    }
    try folder.move(folder.path(file), to: other)
  }
}
