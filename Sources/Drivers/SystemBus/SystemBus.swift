import CSystemd
import Glibc

/// A connection to D-Bus' system bus over sd-bus(3). Every call blocks, within the connection's limit: for threads of
/// one's own. One thread at a time.
package final class SystemBus {
  /// Where to connect.
  package enum Address: Sendable, Equatable {
    /// The system's bus; `DBUS_SYSTEM_BUS_ADDRESS` says where another one is.
    case system
    /// A service itself, without a bus in between, in D-Bus' own notation: `unix:path=/run/a-socket`.
    case service(String)

    /// systemd's own socket, for root alone.
    package static let manager = Address.service("unix:path=/run/systemd/private")
  }

  private let bus: OpaquePointer
  private let deadline: ContinuousClock.Instant

  /// - Parameter limit: of all calls together; past it each fails with ETIMEDOUT.
  package init(_ address: Address = .system, limit: Duration) throws(BusError) {
    deadline = .now + limit
    bus = try Self.open(address, until: deadline)
  }

  /// Without flushing: it would wait for a peer that reads nothing, without a limit.
  deinit { sd_bus_close_unref(bus) }

  private static func open(
    _ address: Address, until deadline: ContinuousClock.Instant
  ) throws(BusError) -> OpaquePointer {
    var bus: OpaquePointer?
    var result: Int32
    switch address {
    case .system: result = sd_bus_open_system(&bus)
    case .service(let address): result = connect(to: address, &bus)
    }
    if result >= 0 { result = bus.map { authenticate($0, until: deadline) } ?? 0 &- EIO }
    guard result >= 0, let bus else {
      sd_bus_unref(bus)
      throw BusError("system bus", result)
    }
    return bus
  }

  /// The first call would wait for this too, but for 90 s, whatever its own limit.
  private static func authenticate(_ bus: OpaquePointer, until deadline: ContinuousClock.Instant) -> Int32 {
    while true {
      let ready = sd_bus_is_ready(bus)
      guard ready == 0 else { return ready }
      let left = microseconds(until: deadline)
      guard left > 1 else { return 0 &- ETIMEDOUT }
      let result = sd_bus_process(bus, nil)
      if result < 0 { return result }
      if result == 0 { sd_bus_wait(bus, left) }
    }
  }

  private static func connect(to address: String, _ bus: inout OpaquePointer?) -> Int32 {
    var result = sd_bus_new(&bus)
    if result >= 0 { result = sd_bus_set_address(bus, address) }
    return result < 0 ? result : sd_bus_start(bus)
  }

  private var remaining: UInt64 { Self.microseconds(until: deadline) }

  /// At least one, since 0 means sd-bus' own limit.
  private static func microseconds(until deadline: ContinuousClock.Instant) -> UInt64 {
    let left = (deadline - .now) / .microseconds(1)
    return left < 1 ? 1 : UInt64(left)
  }

  private func prepare(_ subject: String) throws(BusError) {
    guard ContinuousClock.now < deadline else { throw BusError(subject, 0 &- ETIMEDOUT) }
    sd_bus_set_method_call_timeout(bus, remaining)
  }

  package func string(_ property: BusProperty) throws(BusError) -> String {
    try prepare(property.name)
    var text: UnsafeMutablePointer<CChar>?
    let result = sd_bus_get_property_string(
      bus, property.destination, property.path, property.interface, property.name, nil, &text)
    defer { free(text) }
    guard result >= 0, let text else { throw BusError(property.name, result < 0 ? result : 0 &- EIO) }
    return String(cString: text)
  }

  package func unsigned32(_ property: BusProperty) throws(BusError) -> UInt32 { try number(property, "u", 0) }

  package func unsigned64(_ property: BusProperty) throws(BusError) -> UInt64 { try number(property, "t", 0) }

  package func bool(_ property: BusProperty) throws(BusError) -> Bool { try number(property, "b", Int32(0)) != 0 }

  private func number<Number: BitwiseCopyable>(
    _ property: BusProperty, _ type: Unicode.Scalar, _ initial: Number
  ) throws(BusError) -> Number {
    try prepare(property.name)
    var number = initial
    let result = sd_bus_get_property_trivial(
      bus, property.destination, property.path, property.interface, property.name, nil,
      CChar(truncatingIfNeeded: type.value), &number)
    guard result >= 0 else { throw BusError(property.name, result) }
    return number
  }

  /// Calls a method without arguments that answers an array of structures.
  /// - Parameters:
  ///   - structure: its types, in D-Bus' notation.
  ///   - read: reads one.
  func list<Element>(
    _ destination: String, _ path: String, _ interface: String, _ method: String, structure: String,
    _ read: (BusReader) -> Element
  ) throws(BusError) -> [Element] {
    try prepare(method)
    var (call, reply): (OpaquePointer?, OpaquePointer?)
    defer {
      sd_bus_message_unref(call)
      sd_bus_message_unref(reply)
    }
    var result = sd_bus_message_new_method_call(bus, &call, destination, path, interface, method)
    if result >= 0 { result = sd_bus_call(bus, call, remaining, nil, &reply) }
    guard result >= 0, let reply else { throw BusError(method, result < 0 ? result : 0 &- EIO) }
    var elements: [Element] = []
    result = sd_bus_message_enter_container(reply, array, "(\(structure))")
    while result > 0 {
      result = sd_bus_message_enter_container(reply, self.structure, structure)
      guard result > 0 else { break }
      let reader = BusReader(reply)
      elements.append(read(reader))
      result = reader.failure ?? sd_bus_message_exit_container(reply)
    }
    guard result >= 0 else { throw BusError(method, result) }
    return elements
  }

  private var array: CChar { CChar(truncatingIfNeeded: UInt8(ascii: "a")) }
  private var structure: CChar { CChar(truncatingIfNeeded: UInt8(ascii: "r")) }
}

/// A property of an object on the bus.
package struct BusProperty: Sendable, Hashable {
  package let destination: String
  package let path: String
  package let interface: String
  package let name: String

  package init(_ destination: String, _ path: String, _ interface: String, _ name: String) {
    self.destination = destination
    self.path = path
    self.interface = interface
    self.name = name
  }
}

/// Reads the fields of a structure one after the other. After a failure every further one is empty.
final class BusReader {
  private let message: OpaquePointer
  /// Of the first field that could not be read, as sd-bus returns it.
  private(set) var failure: Int32?

  init(_ message: OpaquePointer) { self.message = message }

  func string(_ type: Unicode.Scalar = "s") -> String {
    var text: UnsafePointer<CChar>?
    read(type, &text)
    return failure == nil ? text.map { String(cString: $0) } ?? "" : ""
  }

  func unsigned32() -> UInt32 {
    var number: UInt32 = 0
    read("u", &number)
    return number
  }

  private func read<Value>(_ type: Unicode.Scalar, _ value: inout Value) {
    guard failure == nil else { return }
    let result = withUnsafeMutablePointer(to: &value) {
      sd_bus_message_read_basic(message, CChar(truncatingIfNeeded: type.value), $0)
    }
    if result <= 0 { failure = result < 0 ? result : 0 &- ENXIO }
  }
}
