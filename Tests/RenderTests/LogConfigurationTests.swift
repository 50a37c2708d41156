import Foundation
import Testing
import Topology
import Yams

@testable import Render

/// What collects and keeps logs: none of it is a Debian package, so its files are held against its documentation.
struct LogConfigurationTests {
  private func text(_ path: String) throws -> String {
    try #require(try Committed.files().first { $0.path == "observability/\(path)" }, "\(path)").contents
  }

  private func document(_ path: String) throws -> [String: Any] {
    try #require(try Yams.load(yaml: try text(path)) as? [String: Any])
  }

  @Test func lokiKnowsEveryKey() throws {
    let document = try document("loki/loki-config.yml")
    #expect(PublishedKeys.unknown(in: document, known: PublishedKeys.loki) == [])
    let misspelt = ["limits_config": ["retention_periods": "720h"]]
    #expect(PublishedKeys.unknown(in: misspelt, known: PublishedKeys.loki) == ["limits_config.retention_periods"])
  }

  /// Without any one of the three nothing is deleted, or Loki does not start.
  @Test func lokiForgetsAfterThirtyDays() throws {
    let document = try document("loki/loki-config.yml")
    let limits = try #require(document["limits_config"] as? [String: Any])
    #expect(limits["retention_period"] as? String == "720h")
    let compactor = try #require(document["compactor"] as? [String: Any])
    #expect(compactor["retention_enabled"] as? Bool == true)
    #expect(compactor["delete_request_store"] as? String == "filesystem")
  }

  /// Structured metadata needs the TSDB index and version 13; retention an index period of a day.
  @Test func lokiTakesStructuredMetadata() throws {
    let document = try document("loki/loki-config.yml")
    let schema = try #require((document["schema_config"] as? [String: [[String: Any]]])?["configs"]?.first)
    #expect(schema["store"] as? String == "tsdb" && schema["schema"] as? String == "v13")
    #expect((schema["index"] as? [String: String])?["period"] == "24h")
    let limits = try #require(document["limits_config"] as? [String: Any])
    #expect(limits["allow_structured_metadata"] as? Bool == true)
    #expect(try #require(limits["max_label_names_per_series"] as? Int) >= LogCollection.labels.count)
    #expect((limits["discover_service_name"] as? [String]) == [])
  }

  @Test func promtailKnowsEveryKey() throws {
    let document = try document("promtail/promtail-config.yml")
    let unknown = PublishedKeys.unknown(
      in: document, known: PublishedKeys.promtail, open: PublishedKeys.promtailOpen)
    #expect(unknown == [])
  }

  private func stages() throws -> [String: Any] {
    let scrape = try #require(
      (try document("promtail/promtail-config.yml")["scrape_configs"] as? [[String: Any]])?.first)
    let stages = try #require(scrape["pipeline_stages"] as? [[String: Any]])
    return Dictionary(uniqueKeysWithValues: stages.flatMap { $0.map { ($0.key, $0.value) } })
  }

  /// The label set of the contract, and the fields of a line of ours (JSONLine and the push's structured metadata).
  @Test func labelsAreFewAndTheRestIsMetadata() throws {
    let stages = try stages()
    #expect(stages["labelallow"] as? [String] == ["job", "level", "instance"])
    #expect(stages["labels"] as? [String: String] == ["level": "level"])
    let metadata = try #require(stages["structured_metadata"] as? [String: String])
    #expect(Set(metadata.keys) == ["logger", "request_id", "trace_id", "span_id"])
    let expressions = (stages["json"] as? [String: [String: String]])?["expressions"] ?? [:]
    #expect(Set(expressions.keys) == Set(metadata.keys).union(["time", "level"]))
    #expect((stages["timestamp"] as? [String: String])?["source"] == "time")
  }

  /// Relabelling as Promtail does it, for a container with these labels of Docker's.
  private func labels(service: String, pushed: String? = nil) throws -> [String: String]? {
    var labels = [
      "__meta_docker_container_label_com_docker_compose_service": service,
      "__meta_docker_container_name": "/minimarket-\(service)-1",
    ]
    labels["__meta_docker_container_label_minimarket_logs_pushed"] = pushed
    let scrape = try #require(
      (try document("promtail/promtail-config.yml")["scrape_configs"] as? [[String: Any]])?.first)
    for rule in try #require(scrape["relabel_configs"] as? [[String: Any]]) {
      let value = (rule["source_labels"] as? [String] ?? []).map { labels[$0] ?? "" }.joined(separator: ";")
      let match = value.wholeMatch(of: try Regex("(?:\(rule["regex"] as? String ?? ""))"))
      switch rule["action"] as? String {
      case "keep": if match == nil { return nil }
      case "drop": if match != nil { return nil }
      default:
        guard let match, let target = rule["target_label"] as? String else { continue }
        let first = match.count > 1 ? String(match[1].substring ?? "") : ""
        labels[target] = (rule["replacement"] as? String ?? "").replacing("$1", with: first)
      }
    }
    return labels.filter { !$0.key.hasPrefix("__") }
  }

  @Test func jobsAreThoseOfPrometheus() throws {
    for process in Platform.processes + Platform.containerProcesses {
      let labels = try labels(service: process.name)
      #expect(
        labels == ["job": process.job?.rawValue ?? process.name, "instance": "minimarket-\(process.name)-1"])
    }
    #expect(try labels(service: "somebody-elses") == nil)
  }

  /// Else every line would be there twice.
  @Test func whoPushesIsNotReadToo() throws {
    #expect(try labels(service: "agente-deposito", pushed: "true") == nil)
    #expect(try labels(service: "agente-deposito", pushed: "") != nil)
  }

  @Test func alloyKnowsEveryNameAndDoesWhatPromtailDoes() throws {
    var blocks: [String] = []
    var names: [String: [String]] = [:]
    let text = try text("alloy/config.alloy")
    for line in text.split(separator: "\n").map({ $0.drop { $0 == "\t" } }) where !line.hasPrefix("//") {
      if line == "}" {
        blocks.removeLast()
      } else if let kind = line.wholeMatch(of: /([a-z._]+)( "[a-z]+")? \{/)?.1 {
        if let outer = blocks.last { names[outer, default: []].append(String(kind)) }
        blocks.append(String(kind))
      } else if let name = line.firstMatch(of: #/^([a-z_]+) += /#)?.1, let block = blocks.last {
        names[block, default: []].append(String(name))
      } else {
        Issue.record("not Alloy's syntax: \(line)")
      }
    }
    #expect(blocks == [])
    for (block, used) in names { #expect(Set(used).subtracting(PublishedKeys.alloy[block] ?? []) == [], "\(block)") }
    let stages = try #require(names["loki.process"]).filter { $0 != "forward_to" }.map { String($0.dropFirst(6)) }
    #expect(stages.map { $0 == "label_keep" ? "labelallow" : $0 }.sorted() == (try self.stages()).keys.sorted())
    #expect(names["discovery.relabel"]?.filter { $0 == "rule" }.count == LogCollection.rules.count)
    for rule in LogCollection.rules { #expect(text.contains("\"\(rule.regex)\"")) }
  }

  @Test func anAlloyReferenceHasItsComponent() {
    let lonely = AlloySyntax(components: [
      .init("loki.process", "x", [.attribute("forward_to", .list([.reference("loki.write", "gone", "receiver")]))])
    ])
    #expect(throws: RenderingError.self) { try lonely.rendered(header: "h") }
  }

  @Test func alloyStringsAreEscaped() throws {
    let block = AlloySyntax(components: [.init("a.b", "c", [.attribute("x", .text("\"\\\n"))])])
    #expect(try block.rendered(header: "h") == "// h\n\na.b \"c\" {\n\tx = \"\\\"\\\\\\n\"\n}\n")
  }

  /// From a line, or an exemplar, to all lines of its request: what Grafana opens is JSON again when it is decoded.
  @Test func datasourcesLeadToLogs() throws {
    let loki = try #require(
      (try document("grafana/provisioning/datasources/loki.yml")["datasources"] as? [[String: Any]])?.first)
    #expect(loki["uid"] as? String == "loki" && loki["type"] as? String == "loki")
    let fields = try #require((loki["jsonData"] as? [String: Any])?["derivedFields"] as? [[String: String]])
    #expect(fields.map { $0["matcherRegex"] } == ["request_id", "trace_id"])
    let prometheus = try #require(
      (try document("grafana/provisioning/datasources/prometheus.yml")["datasources"] as? [[String: Any]])?.first)
    let exemplars = try #require(
      (prometheus["jsonData"] as? [String: Any])?["exemplarTraceIdDestinations"] as? [[String: String]])
    // What our exposition names it (TextRenderer).
    #expect(exemplars.map { $0["name"] } == ["trace_id"])
    for url in (fields + exemplars).compactMap({ $0["url"] }) {
      let filled = url.replacing("$${__value.raw}", with: "4bf92f35")
      let panes = try #require(URLComponents(string: filled)?.queryItems?.first { $0.name == "panes" }?.value)
      let json = try #require(
        try JSONSerialization.jsonObject(with: Data(panes.utf8)) as? [String: [String: Any]])
      let query = try #require((json["logs"]?["queries"] as? [[String: Any]])?.first)
      #expect((query["expr"] as? String)?.hasPrefix("{job=~\".+\"} | ") == true)
      #expect((query["expr"] as? String)?.hasSuffix("_id=`4bf92f35`") == true)
    }
  }
}
