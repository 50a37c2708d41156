import ExporterKit

/// What udev wrote down about a block device, in the lines `E:KEY=VALUE` of its file (systemd's `device-private.c`; the
/// keys are of the rules that systemd, lvm2 and sg3-utils bring). Without the file everything is nil.
struct UdevProperties {
  enum Key: Int, CaseIterable {
    case ata, ataRotationRate, ataWriteCache, ataWriteCacheEnabled
    case fileSystemType, fileSystemUsage, fileSystemUUID, fileSystemVersion
    case mapperName, mapperUUID, volumeGroup, logicalVolume, logicalVolumeLayer
    case path, wwn, model, revision, scsiSerial, shortSerial, serial

    fileprivate var text: StaticString {
      switch self {
      case .ata: "ID_ATA"
      case .ataRotationRate: "ID_ATA_ROTATION_RATE_RPM"
      case .ataWriteCache: "ID_ATA_WRITE_CACHE"
      case .ataWriteCacheEnabled: "ID_ATA_WRITE_CACHE_ENABLED"
      case .fileSystemType: "ID_FS_TYPE"
      case .fileSystemUsage: "ID_FS_USAGE"
      case .fileSystemUUID: "ID_FS_UUID"
      case .fileSystemVersion: "ID_FS_VERSION"
      case .mapperName: "DM_NAME"
      case .mapperUUID: "DM_UUID"
      case .volumeGroup: "DM_VG_NAME"
      case .logicalVolume: "DM_LV_NAME"
      case .logicalVolumeLayer: "DM_LV_LAYER"
      case .path: "ID_PATH"
      case .wwn: "ID_WWN"
      case .model: "ID_MODEL"
      case .revision: "ID_REVISION"
      case .scsiSerial: "SCSI_IDENT_SERIAL"
      case .shortSerial: "ID_SERIAL_SHORT"
      case .serial: "ID_SERIAL"
      }
    }
  }

  private var values: [String?]

  /// - Parameter number: major and minor, for example `8:16`.
  init(_ host: NodeHost, ofBlockDevice number: String) {
    var values = [String?](repeating: nil, count: Key.allCases.count)
    try? host.withBytes(of: "\(host.udevData)/b\(number)") { text in
      text.forEachLine { line in
        guard line.hasPrefix("E:"), let equals = line.firstIndex(of: UInt8(ascii: "=")) else { return }
        let name = line.part(2..<max(2, equals))
        guard let key = Key.allCases.first(where: { name == $0.text }) else { return }
        values[key.rawValue] = line.part((equals + 1)..<line.count).string
      }
    }
    self.values = values
  }

  /// nil where it is not there or empty.
  subscript(key: Key) -> String? { values[key.rawValue].flatMap { $0.isEmpty ? nil : $0 } }
}
