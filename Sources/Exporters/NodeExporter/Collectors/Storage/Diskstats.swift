import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_disk_*`: one line a block device of `/proc/diskstats`
/// (https://docs.kernel.org/admin-guide/iostats.html), `queue/rotational`, and what udev wrote down about the device.
/// It costs one file, and two more a device that the filter allows.
struct DiskstatsCollector: NodeCollector {
  let name = "diskstats"
  let help = "Lecturas, escrituras y datos de los discos (/proc/diskstats y udev)."

  /// As Debian 12 has it; newer versions of the standard exporter leave zram out too.
  private static let exclude = Flag(
    "collector.diskstats.device-exclude", placeholder: "REGEXP",
    default: #"^(ram|loop|fd|(h|s|v|xv)d[a-z]|nvme\d+n\d+p)\d+$"#,
    "Discos que no se exportan; no va con device-include.")
  private static let include = Flag(
    "collector.diskstats.device-include", placeholder: "REGEXP",
    "Los únicos discos que se exportan; no va con device-exclude.")
  private static let ignored = Flag(
    "collector.diskstats.ignored-devices", placeholder: "REGEXP", "Nombre viejo de device-exclude.")
  static let flags = [exclude, include, ignored]

  private let filter: NameFilter

  init(_ flags: FlagValues) throws {
    let given = [Self.exclude, Self.include, Self.ignored].filter { flags.text($0) != nil && flags.isGiven($0) }
    guard given.count <= 1 else {
      throw FlagMistake("\(given.map { "--\($0.name)" }.joined(separator: " y ")) se excluyen: use uno solo")
    }
    switch given.first {
    case Self.include?: filter = try NameFilter(flags, include: Self.include, exclude: nil)
    case Self.ignored?: filter = try NameFilter(flags, include: nil, exclude: Self.ignored)
    default: filter = try NameFilter(flags, include: nil, exclude: Self.exclude)
    }
  }

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let disks = try host.withBytes(of: host.proc("diskstats")) { text in
      var disks: [BlockDevice] = []
      text.forEachLine { line in if let disk = BlockDevice(line, allowedBy: filter) { disks.append(disk) } }
      return disks
    }
    // Family by family, so that the batch finds each where it left it.
    for (index, column) in Self.columns.enumerated() {
      for disk in disks where index < disk.counters.count {
        batch.add(column.family, labelValues: disk.label, Double(disk.counters[index]) * column.scale)
      }
    }
    let properties = disks.map { UdevProperties(host, ofBlockDevice: $0.number) }
    addInfo(of: disks, properties, host, into: &batch)
    addATA(of: disks, properties, into: &batch)
  }

  private func addInfo(
    of disks: [BlockDevice], _ properties: [UdevProperties], _ host: NodeHost, into batch: inout SampleBatch
  ) {
    typealias Families = Host.Diskstats
    for (disk, udev) in zip(disks, properties) {
      // What is printed on the disk, else what the bus says, else what virtio disks have.
      let serial = udev[.scsiSerial] ?? udev[.shortSerial] ?? udev[.serial] ?? ""
      let isRotational = host.unsigned(host.sys("block/\(disk.directory)/queue/rotational")) ?? 0
      batch.add(
        Families.info,
        Families.Info(
          device: disk.name, major: disk.major, minor: disk.minor, path: udev[.path] ?? "", wwn: udev[.wwn] ?? "",
          model: udev[.model] ?? "", serial: serial, revision: udev[.revision] ?? "",
          rotational: String(isRotational, radix: 2)), 1)
    }
    for (disk, udev) in zip(disks, properties) {
      guard let type = udev[.fileSystemType] else { continue }
      batch.add(
        Families.filesystemInfo,
        Families.FilesystemInfo(
          device: disk.name, type: type, usage: udev[.fileSystemUsage] ?? "", uuid: udev[.fileSystemUUID] ?? "",
          version: udev[.fileSystemVersion] ?? ""), 1)
    }
    for (disk, udev) in zip(disks, properties) {
      guard let name = udev[.mapperName] else { continue }
      batch.add(
        Families.deviceMapperInfo,
        Families.DeviceMapperInfo(
          device: disk.name, name: name, uuid: udev[.mapperUUID] ?? "", vgName: udev[.volumeGroup] ?? "",
          lvName: udev[.logicalVolume] ?? "", lvLayer: udev[.logicalVolumeLayer] ?? ""), 1)
    }
  }

  private func addATA(of disks: [BlockDevice], _ properties: [UdevProperties], into batch: inout SampleBatch) {
    for (key, family) in Self.ata {
      for (disk, udev) in zip(disks, properties) where udev[.ata] != nil {
        guard let value = udev[key].flatMap(Double.init) else { continue }
        batch.add(family.descriptor, labelValues: disk.label, value)
      }
    }
  }

  private static let ata: [(UdevProperties.Key, Family<Gauge, Host.Device>)] = [
    (.ataWriteCache, Host.Diskstats.ataWriteCache), (.ataWriteCacheEnabled, Host.Diskstats.ataWriteCacheEnabled),
    (.ataRotationRate, Host.Diskstats.ataRotationRateRpm),
  ]

  /// A sector of these statistics has 512 bytes, whatever the device's have.
  private static let sectorBytes = 512.0
  private static let secondsPerTick = 0.001

  /// In the order of the columns behind the name.
  private static let columns: [(family: FamilyDescriptor, scale: Double)] = [
    (Host.Diskstats.readsCompleted.descriptor, 1), (Host.Diskstats.readsMerged.descriptor, 1),
    (Host.Diskstats.readBytes.descriptor, sectorBytes),
    (Host.Diskstats.readTimeSeconds.descriptor, secondsPerTick),
    (Host.Diskstats.writesCompleted.descriptor, 1), (Host.Diskstats.writesMerged.descriptor, 1),
    (Host.Diskstats.writtenBytes.descriptor, sectorBytes),
    (Host.Diskstats.writeTimeSeconds.descriptor, secondsPerTick),
    (Host.Diskstats.ioNow.descriptor, 1), (Host.Diskstats.ioTimeSeconds.descriptor, secondsPerTick),
    (Host.Diskstats.ioTimeWeightedSeconds.descriptor, secondsPerTick),
    (Host.Diskstats.discardsCompleted.descriptor, 1), (Host.Diskstats.discardsMerged.descriptor, 1),
    // The one family in sectors: the standard exporter has it so.
    (Host.Diskstats.discardedSectors.descriptor, 1),
    (Host.Diskstats.discardTimeSeconds.descriptor, secondsPerTick),
    (Host.Diskstats.flushRequests.descriptor, 1),
    (Host.Diskstats.flushRequestsTimeSeconds.descriptor, secondsPerTick),
  ]
}
