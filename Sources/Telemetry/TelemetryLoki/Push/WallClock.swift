import Glibc

enum WallClock {
  static var secondsSinceEpoch: Int { time(nil) }
}
