import MetricModel

extension Host {
  /// adjtimex(2): how the kernel disciplines its clock.
  package enum Timex {
    package static let offset = Family<Gauge, NoLabels>(
      "node_timex_offset_seconds", "Time offset in between local system and reference clock.", unit: .seconds,
      use: parity)
    package static let frequencyAdjustment = Family<Gauge, NoLabels>(
      "node_timex_frequency_adjustment_ratio", "Local clock frequency adjustment.", unit: .ratio, use: parity)
    package static let maximumError = Family<Gauge, NoLabels>(
      "node_timex_maxerror_seconds", "Maximum error in seconds.", unit: .seconds, use: parity)
    package static let estimatedError = Family<Gauge, NoLabels>(
      "node_timex_estimated_error_seconds", "Estimated error in seconds.", unit: .seconds, use: parity)
    package static let status = Family<Gauge, NoLabels>(
      "node_timex_status", "Value of the status array bits.", use: parity)
    package static let loopTimeConstant = Family<Gauge, NoLabels>(
      "node_timex_loop_time_constant", "Phase-locked loop time constant.", use: parity)
    package static let tick = Family<Gauge, NoLabels>(
      "node_timex_tick_seconds", "Seconds between clock ticks.", unit: .seconds, use: parity)
    package static let ppsFrequency = Family<Gauge, NoLabels>(
      "node_timex_pps_frequency_hertz", "Pulse per second frequency.", use: parity)
    package static let ppsJitter = Family<Gauge, NoLabels>(
      "node_timex_pps_jitter_seconds", "Pulse per second jitter.", unit: .seconds, use: parity)
    package static let ppsShift = Family<Gauge, NoLabels>(
      "node_timex_pps_shift_seconds", "Pulse per second interval duration.", unit: .seconds, use: parity)
    package static let ppsStability = Family<Gauge, NoLabels>(
      "node_timex_pps_stability_hertz",
      "Pulse per second stability, average of recent frequency changes.", use: parity)
    package static let ppsJitterExceeded = Family<Counter, NoLabels>(
      "node_timex_pps_jitter_total", "Pulse per second count of jitter limit exceeded events.", use: parity)
    package static let ppsCalibrations = Family<Counter, NoLabels>(
      "node_timex_pps_calibration_total", "Pulse per second count of calibration intervals.", use: parity)
    package static let ppsErrors = Family<Counter, NoLabels>(
      "node_timex_pps_error_total", "Pulse per second count of calibration errors.", use: parity)
    package static let ppsStabilityExceeded = Family<Counter, NoLabels>(
      "node_timex_pps_stability_exceeded_total",
      "Pulse per second count of stability limit exceeded events.", use: parity)
    package static let taiOffset = Family<Gauge, NoLabels>(
      "node_timex_tai_offset_seconds", "International Atomic Time (TAI) offset.", unit: .seconds, use: parity)
    package static let syncStatus = Family<Gauge, NoLabels>(
      "node_timex_sync_status", "Is clock synchronized to a reliable server (1 = yes, 0 = no).", use: parity)

    package static let all: [FamilyDescriptor] = [
      offset.descriptor, frequencyAdjustment.descriptor, maximumError.descriptor, estimatedError.descriptor,
      status.descriptor, loopTimeConstant.descriptor, tick.descriptor, ppsFrequency.descriptor, ppsJitter.descriptor,
      ppsShift.descriptor, ppsStability.descriptor, ppsJitterExceeded.descriptor, ppsCalibrations.descriptor,
      ppsErrors.descriptor, ppsStabilityExceeded.descriptor, taiOffset.descriptor, syncStatus.descriptor,
    ]
  }
}
