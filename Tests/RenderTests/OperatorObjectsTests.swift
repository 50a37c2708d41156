import Foundation
import TestSupport
import Testing
import Topology
import Yams

@testable import Render

/// The Prometheus Operator's objects say what the files say.
struct OperatorObjectsTests {
  private static let rules = "observability/prometheus/rules/"

  private func objects(_ name: String) throws -> [[String: Any]] {
    let path = "observability/kubernetes/\(name).yml"
    let text = try #require(try Committed.files().first { $0.path == path }).contents
    return try Yams.load_all(yaml: text).compactMap { $0 as? [String: Any] }
  }

  private func groups(_ document: [String: Any]) -> NSArray { (document["groups"] as? [Any] ?? []) as NSArray }

  @Test func theGroupsAreThoseOfTheRuleFiles() throws {
    let objects = try objects("prometheus-rules")
    let named = Dictionary(
      uniqueKeysWithValues: objects.map { (($0["metadata"] as? [String: Any])?["name"] as? String ?? "", $0) })
    var seen = 0
    for file in try Committed.files() where file.path.hasPrefix(Self.rules) && !file.path.contains("/tests/") {
      let rules = groups(try #require(try Yams.load(yaml: file.contents) as? [String: Any]))
      let name = String(file.path.dropFirst(Self.rules.count).dropLast(".yml".count))
      let spec = named[name]?["spec"] as? [String: Any] ?? [:]
      #expect(groups(spec) == rules, "\(name)")
      seen += rules.count > 0 ? 1 : 0
    }
    #expect(seen == objects.count && seen > 1)
  }

  /// What the operator would hand to Prometheus.
  @Test func promtoolReadsTheSpecs() async throws {
    let directory = try TemporaryDirectory("operator")
    for (index, object) in try objects("prometheus-rules").enumerated() {
      let file = try directory.write(try Yams.dump(object: object["spec"]), to: "\(index).yml")
      let verdict = try await Subprocess.run(["/usr/bin/promtool", "check", "rules", file])
      #expect(verdict.status == 0 && verdict.standardOutput.contains("SUCCESS"), "\(verdict.standardError)")
    }
  }

  @Test func everyFieldIsInTheDefinitions() throws {
    for object in try objects("prometheus-rules") + objects("service-monitors") {
      #expect(object["apiVersion"] as? String == "monitoring.coreos.com/v1")
      let unknown = PublishedKeys.unknown(
        in: object, known: PublishedKeys.kubernetes, open: PublishedKeys.kubernetesOpen)
      #expect(unknown == [])
      // A DNS label, as Kubernetes wants its names.
      let name = (object["metadata"] as? [String: Any])?["name"] as? String ?? ""
      #expect(name.wholeMatch(of: /[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?/) != nil, "\(name)")
    }
  }

  /// Same jobs, same limits: a monitor against the scrape job of its name.
  @Test func monitorsScrapeAsPrometheusDoes() throws {
    let text = try #require(try Committed.files().first { $0.path == "observability/prometheus/prometheus.yml" })
    let configuration = try #require(try Yams.load(yaml: text.contents) as? [String: Any])
    let jobs = try #require(configuration["scrape_configs"] as? [[String: Any]])
    let monitors = try objects("service-monitors")
    #expect(monitors.count == jobs.count)
    for (monitor, job) in zip(monitors, jobs) {
      let spec = try #require(monitor["spec"] as? [String: Any])
      let endpoint = try #require((spec["endpoints"] as? [[String: Any]])?.first)
      #expect((endpoint["relabelings"] as? [[String: String]])?.first?["replacement"] == job["job_name"] as? String)
      for (field, key) in [
        ("sampleLimit", "sample_limit"), ("labelLimit", "label_limit"), ("targetLimit", "target_limit"),
        ("labelNameLengthLimit", "label_name_length_limit"), ("labelValueLengthLimit", "label_value_length_limit"),
      ] {
        #expect(try #require(spec[field] as? Int) == job[key] as? Int, "\(field)")
      }
      #expect(try #require(spec["bodySizeLimit"] as? String) == job["body_size_limit"] as? String)
      #expect(spec["scrapeNativeHistograms"] as? Bool == job["scrape_native_histograms"] as? Bool)
      #expect(spec["scrapeProtocols"] as? [String] == job["scrape_protocols"] as? [String])
    }
  }
}
