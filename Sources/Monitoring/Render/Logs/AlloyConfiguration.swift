import Topology

/// `config.alloy` for Grafana Alloy: what `promtail-config.yml` does, component by component.
/// Format: the reference pages of `discovery.docker`, `discovery.relabel`, `loki.source.docker`, `loki.process` and
/// `loki.write` (docs/sources/reference/components of grafana/alloy).
struct AlloyConfiguration {
  let stack: Stack

  func syntax() -> AlloySyntax {
    let name = "contenedores"
    let host = AlloySyntax.Statement.attribute("host", .text(LogCollection.dockerSocket))
    let discovery = AlloySyntax.Block(
      "discovery.docker", name,
      [host, .attribute("refresh_interval", .text("\(LogCollection.refreshSeconds)s"))])
    let relabel = AlloySyntax.Block(
      "discovery.relabel", name,
      [.attribute("targets", discovery.exporting("targets"))] + LogCollection.rules.map { .block(rule($0)) })
    let write = AlloySyntax.Block("loki.write", "loki", [.block(endpoint)])
    let process = AlloySyntax.Block(
      "loki.process", name,
      [.attribute("forward_to", .list([write.exporting("receiver")]))] + stages.map { .block($0) })
    let source = AlloySyntax.Block(
      "loki.source.docker", name,
      [
        host, .attribute("targets", relabel.exporting("output")),
        .attribute("forward_to", .list([process.exporting("receiver")])),
      ])
    return AlloySyntax(components: [discovery, relabel, source, process, write])
  }

  private func rule(_ rule: LogCollection.Rule) -> AlloySyntax.Block {
    let condition: [AlloySyntax.Statement] = [
      .attribute("source_labels", .list([.text(rule.source)])), .attribute("regex", .text(rule.regex)),
    ]
    switch rule.action {
    case .keep: return .init("rule", nil, condition + [.attribute("action", .text("keep"))])
    case .drop: return .init("rule", nil, condition + [.attribute("action", .text("drop"))])
    case .replace(let label, let value):
      return .init(
        "rule", nil,
        condition + [.attribute("target_label", .text(label)), .attribute("replacement", .text(value))])
    }
  }

  private var stages: [AlloySyntax.Block] {
    [
      .init("stage.json", nil, [.attribute("expressions", named(LogCollection.fields))]),
      .init(
        "stage.template", nil,
        [.attribute("source", .text("level")), .attribute("template", .text(LogCollection.levelTemplate))]),
      .init("stage.labels", nil, [.attribute("values", named(["level"]))]),
      .init("stage.structured_metadata", nil, [.attribute("values", named(LogCollection.structuredMetadata))]),
      .init(
        "stage.timestamp", nil,
        [
          .attribute("source", .text(LogCollection.timeField)), .attribute("format", .text(LogCollection.timeFormat)),
          .attribute("action_on_failure", .text("fudge")),
        ]),
      .init("stage.label_keep", nil, [.attribute("values", .list(LogCollection.labels.map { .text($0) }))]),
    ]
  }

  private var endpoint: AlloySyntax.Block {
    .init(
      "endpoint", nil,
      [
        .attribute("url", .text(LogCollection.pushURL(in: stack))),
        .attribute("batch_size", .text("\(LogBatch.maximumBytes >> 20)MiB")),
        .attribute("batch_wait", .text("\(LogBatch.maximumWaitSeconds)s")),
        .attribute("min_backoff_period", .text("\(LogBatch.minimumBackoffMilliseconds)ms")),
        .attribute("max_backoff_period", .text("\(LogBatch.maximumBackoffMinutes)m")),
        .attribute("max_backoff_retries", .number(LogBatch.maximumAttempts)),
      ])
  }

  private func named(_ fields: [String]) -> AlloySyntax.Value { .map(fields.map { ($0, $0) }) }
}
