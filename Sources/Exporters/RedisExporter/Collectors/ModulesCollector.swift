import Catalog
import ExporterKit
import Redis
import Telemetry

/// `INFO MODULES`: `module:name=search,ver=21005,api=1,filters=0,usedby=[],using=[],options=[]`, and fields that modules
/// add themselves.
struct ModulesCollector: PipelinedCollector {
  let name = "modules"
  let isDefault = false
  let help = "INFO MODULES: módulos cargados y RediSearch; también con --include-modules-metrics."

  func isWanted(_ options: RedisOptions) -> Bool { options.includesModules }

  func questions(to session: RedisSession) -> [RedisCommand] { [Self.command] }

  private static let command = RedisCommand("INFO", "MODULES")
  /// In the order of `ModuleLabels`.
  private static let fields: [StaticString] = ["name", "ver", "api", "filters", "usedby", "using"]

  func read(
    _ answers: RedisAnswers, from session: RedisSession, into reading: inout RedisReading
  ) throws(RedisError) {
    try answers[0].withText { text in
      text.forEachReplyLine { line in
        guard let (name, value) = line.cut(at: UInt8(ascii: ":")) else { return }
        guard name == "module" else {
          return InfoCollector.plainReader.readField(name, value, into: &reading.batch)
        }
        var labels = Self.fields.map { _ in "" }
        value.forEachPair { key, value in
          for (index, field) in Self.fields.enumerated() where key == field { labels[index] = value.string }
        }
        reading.batch.add(RedisInstance.Modules.moduleInfo, ModuleLabels(labels), 1)
      }
    }
  }
}
