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

  /// A busy hour of the past: nine tenths of the last week's were quieter. A week of them, so that a shop that opens is
  /// compared neither with its night nor with its Sunday; not the busiest, so that a storm of a few hours does not hide
  /// the next one; not the last one, so that a storm does not call itself usual.
  package static let usualLogRate = Recording(
    "job:log_messages:rate1h_p90_1w_offset1h",
    """
    Mensajes de log por segundo de un job en una hora cargada: nueve de cada diez de la última semana lo fueron menos, \
    la última hora aparte.
    """,
    of: quantileOverTime(0.9, hourlyLogRate.selection.offset(1.h)[7.d]))

  static let logs = [logRate, hourlyLogRate, usualLogRate]
}
