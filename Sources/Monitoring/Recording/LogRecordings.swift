import Catalog
import PromQL

extension Recordings {
  /// Log messages per second of a job, over five minutes, all its replicas and all levels: a level of debug that somebody
  /// forgot fills a disk as fast as errors do.
  package static let logRate = Recording(
    "job:log_messages:rate5m", "Mensajes de log por segundo de un job.", of: sum(rate(Logs.messages[5.m]), by: .job))

  package static let hourlyLogRate = Recording(
    "job:log_messages:rate1h", "Mensajes de log por segundo de un job, en el promedio de una hora.",
    of: sum(rate(Logs.messages[1.h]), by: .job))

  /// The busiest of the past hours. A day of them, so that a shop that opens is not compared with its night; not the last
  /// one, so that a storm does not call itself usual.
  package static let usualLogRate = Recording(
    "job:log_messages:rate1h_max1d_offset1h",
    "Mensajes de log por segundo de un job en la hora más cargada del último día, la última hora aparte.",
    of: maxOverTime(hourlyLogRate.selection.offset(1.h)[1.d]))

  static let logs = [logRate, hourlyLogRate, usualLogRate]
}
