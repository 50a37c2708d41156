import NIOCore
import NIOPosix

/// Runs tasks on an event loop: pages are made by the thread that asks for them and sends them, instead of two threads
/// that wake each other at each step, which was a fifth of a scrape's cost. Meant for pages that take no longer than
/// other connections may wait; what blocks belongs on a thread of its own.
public final class EventLoopTaskExecutor: TaskExecutor {
  private let loop: any EventLoop

  /// For tasks that belong to what runs on this loop already.
  public init(_ loop: any EventLoop) { self.loop = loop }

  /// The one of the loop that runs now; nil elsewhere. For tasks that outlive their parent, which inherit none.
  public static var current: EventLoopTaskExecutor? {
    MultiThreadedEventLoopGroup.currentEventLoop.map(EventLoopTaskExecutor.init)
  }

  public func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
