import MetricModel

extension RedisInstance {
  /// What the Lua scripts of `--script` return.
  package enum Scripts {
    package static let result = Family<Gauge, ScriptFile>(
      "redis_script_result", "Result of the collect script evaluation", use: parity)
    package static let values = Family<Gauge, Pair<Key, ScriptFile>>(
      "redis_script_values", "Values returned by the collect script", use: parity)

    package static let all: [FamilyDescriptor] = [
      result.descriptor, values.descriptor,
    ]
  }
}

package enum ScriptFileKey: LabelKey { package static let name = "filename" }
package typealias ScriptFile = OpenValue<ScriptFileKey>
