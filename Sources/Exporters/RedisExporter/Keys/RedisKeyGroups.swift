import Catalog
import MetricModel
import Redis
import Telemetry

/// Keys counted by what the captures of a Lua pattern make of their names (`--check-key-groups`). A script of ours does it
/// on the server, one step of SCAN at a time, so that no keys travel.
struct KeyGroups {
  private struct Sum {
    var keys = 0.0
    var bytes = 0.0
  }

  private var sums: [String: Sum] = [:]

  static func command(cursor: String, patterns: [String], batchSize: Int) -> RedisCommand {
    RedisCommand(["EVAL", script, "0", cursor, "\(batchSize)"] + patterns)
  }

  private static let script = """
    local step = redis.call('SCAN', ARGV[1], 'COUNT', ARGV[2])
    local keys, bytes, names = {}, {}, {}
    for _, key in ipairs(step[2]) do
      local name = 'unclassified'
      for i = 3, #ARGV do
        local found = {string.find(key, ARGV[i])}
        if found[1] then name = table.concat(found, '', 3); break end
      end
      if not keys[name] then keys[name] = 0; bytes[name] = 0; names[#names + 1] = name end
      local usage = redis.pcall('MEMORY', 'USAGE', key)
      keys[name] = keys[name] + 1
      if type(usage) == 'number' then bytes[name] = bytes[name] + usage end
    end
    local groups = {}
    for i, name in ipairs(names) do groups[i] = {name, keys[name], bytes[name]} end
    return {step[1], groups}
    """

  /// - Returns: how many keys it added.
  mutating func add(_ reply: RedisReply) -> Int {
    var count = 0
    for group in reply.elements {
      let parts = Array(group.elements)
      guard parts.count > 2, let name = parts[0].string, let keys = parts[1].integer, let bytes = parts[2].integer
      else { continue }
      sums[name, default: Sum()].keys += Double(keys)
      sums[name, default: Sum()].bytes += Double(bytes)
      count += Int(keys)
    }
    return count
  }

  /// Those that take the most memory, and the others together as `overflow`.
  func add(to batch: inout SampleBatch, database: Int, maximumGroups: Int) {
    let ranked = sums.sorted { a, b in
      if a.value.bytes != b.value.bytes { return a.value.bytes > b.value.bytes }
      return a.value.keys != b.value.keys ? a.value.keys < b.value.keys : a.key < b.key
    }
    for (name, sum) in ranked.prefix(maximumGroups) { Self.add(name, sum, database, to: &batch) }
    let others = ranked.dropFirst(maximumGroups).reduce(into: Sum()) { total, group in
      total.keys += group.value.keys
      total.bytes += group.value.bytes
    }
    if ranked.count > maximumGroups { Self.add("overflow", others, database, to: &batch) }
    batch.add(RedisInstance.KeyGroups.distinct, Database("db\(database)"), Double(ranked.count))
  }

  private static func add(_ name: String, _ sum: Sum, _ database: Int, to batch: inout SampleBatch) {
    let labels = GroupLabels(database: database, group: name)
    batch.add(RedisInstance.KeyGroups.count, labels, sum.keys)
    batch.add(RedisInstance.KeyGroups.memoryUsageBytes, labels, sum.bytes)
  }
}
