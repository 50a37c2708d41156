import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_filefd_*`: one line of three numbers, `/proc/sys/fs/file-nr` (proc(5)). The second has been 0 since Linux 2.6.
struct FilefdCollector: NodeCollector {
  let name = "filefd"
  let help = "Descriptores de archivo en uso y su máximo."

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let path = host.proc("sys/fs/file-nr")
    try host.withKeptBytes(of: path) { bytes in
      var fields = bytes.fields
      let allocated = fields.next()?.double
      fields.skip(1)
      guard let allocated, let maximum = fields.next()?.double else {
        throw HostFormatError(path, "has no three numbers")
      }
      batch.add(Host.Filefd.allocated, allocated)
      batch.add(Host.Filefd.maximum, maximum)
    }
  }
}
