import Catalog
import PromQL

extension Recordings {
  /// Log messages per second of a job, over five minutes, all its replicas and all levels: a level of debug that somebody
  /// forgot fills a disk as fast as errors do.
  package static let logRate = Recording(
    "job:log_messages:rate5m", "Mensajes de log por segundo de un job.",
    of: sum(rate(Logs.messages[5.m]), by: .job))

  /// What the job logged in the six hours before the last one: an hour-long storm does not call itself usual.
  package static let usualLogRate = Recording(
    "job:log_messages:rate5m_avg6h_offset1h", "Mensajes de log por segundo que un job escribe de costumbre.",
    of: avgOverTime(logRate.selection.offset(1.h)[6.h]))

  /// What it logged yesterday around this time: a shop that opens is louder than its night.
  package static let logRateYesterday = Recording(
    "job:log_messages:rate5m_avg1h_offset1d", "Mensajes de log por segundo que un job escribió ayer a esta hora.",
    of: avgOverTime(logRate.selection.offset(1.d - 30.m)[1.h]))

  static let logs = [logRate, usualLogRate, logRateYesterday]
}
