import MetricModel

extension Host {
  /// The processes and threads of `/proc/PID`, proc(5).
  package enum Processes {
    package enum StateKey: LabelKey { package static let name = "state" }
    /// One letter, for example `S`.
    package typealias State = OpenValue<StateKey>

    package enum ThreadStateKey: LabelKey { package static let name = "thread_state" }
    /// One letter, for example `S`.
    package typealias ThreadState = OpenValue<ThreadStateKey>

    package static let threads = Family<Gauge, NoLabels>(
      "node_processes_threads", "Allocated threads in system", use: parity)
    package static let maxThreads = Family<Gauge, NoLabels>(
      "node_processes_max_threads", "Limit of threads in the system", use: parity)
    package static let threadsState = Family<Gauge, ThreadState>(
      "node_processes_threads_state", "Number of threads in each state.", use: parity)
    package static let state = Family<Gauge, State>(
      "node_processes_state", "Number of processes in each state.", use: parity)
    package static let pids = Family<Gauge, NoLabels>("node_processes_pids", "Number of PIDs", use: parity)
    package static let maxProcesses = Family<Gauge, NoLabels>(
      "node_processes_max_processes", "Number of max PIDs limit", use: parity)

    package static let all: [FamilyDescriptor] = [
      threads.descriptor, maxThreads.descriptor, threadsState.descriptor, state.descriptor, pids.descriptor,
      maxProcesses.descriptor,
    ]
  }
}
