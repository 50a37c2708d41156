/// The name of a label whose values the platform does not choose.
public protocol LabelKey: Sendable {
  /// As exposed.
  static var name: String { get }
}

/// An open label that is no more than its name: `typealias Device = OpenValue<DeviceKey>`.
public struct OpenValue<Key: LabelKey>: OpenLabel, ExpressibleByStringLiteral {
  public static var labelName: String { Key.name }
  public let labelValue: String
  public init(_ labelValue: String) { self.labelValue = labelValue }
  /// A value that the source itself names.
  public init(stringLiteral value: String) { labelValue = value }
}
