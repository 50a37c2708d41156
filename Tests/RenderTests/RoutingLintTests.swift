import Alerts
import Catalog
import PromQL
import Render
import Routing
import Testing
import Topology

/// Each rule about the routing can say no, and names what is wrong.
struct RoutingLintTests {
  private func routing(
    _ route: Route, inhibitions: [Inhibition] = []
  ) -> Routing {
    Routing(
      receivers: [Receiver(name: "slack", channel: nil)], root: Route([], to: "slack", pace: .of(.medium)),
      routes: [route], timeIntervals: [.workingHours], inhibitions: inhibitions)
  }

  private func alert(_ mutes: [Mute]) -> Alert {
    let model = Alerts.highErrorRate
    return Alert(
      "X", when: model.expression, for: 5.m, severity: .high, symptom: .errors, subject: .eachService,
      texts: model.texts, dashboard: .systemOverview, mutes: mutes, runbook: model.runbook, cases: model.cases,
      drill: model.drill)
  }

  @Test func nothingIsWrong() { #expect(RoutingLint.problems() == []) }

  @Test func routesNameWhatExists() {
    let label = routing(Route([LabelMatch("severidad", .equals, "high")], to: "slack", pace: .of(.high)))
    #expect(RoutingLint.problems(routing: label) == ["route to slack: no alert has the label severidad"])
    let receiver = routing(Route([], to: "pager", pace: .of(.high)))
    #expect(RoutingLint.problems(routing: receiver) == ["route to pager: there is no such receiver"])
    let hours = routing(Route([], to: "slack", pace: .of(.high), activeIntervals: ["noche"]))
    #expect(RoutingLint.problems(routing: hours) == ["route to slack: there is no time interval noche"])
  }

  @Test func inhibitionsNameWhatExists() {
    let inhibition = Inhibition(
      source: [LabelMatch("alertname", .equals, "A")], targets: [LabelMatch("zona", .equals, "x")], equal: [])
    let found = RoutingLint.problems(
      routing: routing(Route([], to: "slack", pace: .of(.high)), inhibitions: [inhibition]))
    #expect(found == ["inhibition by alertname=\"A\": no alert has the label zona"])
  }

  @Test func mutesNameAlertsThatExist() {
    func problems(_ mute: Mute) -> [String] { RoutingLint.problems(alerts: Alerts.all + [alert([mute])]) }
    #expect(problems(.alerts(["Nada"], equal: [])).first?.contains("X: mutes Nada, which is no alert") == true)
    let byInstance = problems(.alerts(["ServiceDown"], equal: [.instance]))
    #expect(byInstance.last?.hasSuffix("X: mutes ServiceDown by instance, which one of them never has") == true)
    #expect(
      problems(.ownSeriesHaving(LabelName(RouteLabel.self), equal: [.job])).last?.hasSuffix("which it never has")
        == true)
    #expect(problems(.symptomsOfDependants([.errors])).first?.contains("is about no process") == true)
    #expect(problems(.alerts(["ServiceDown"], equal: [.job])) == [])
  }

  @Test func silencesNameWhatExists() {
    let names = DeploymentSilence(program: "p", matchers: [LabelMatch("alertname", .matches, "ServiceDown|Nada")])
    #expect(RoutingLint.problems(silences: [names]) == ["silence while p restarts: Nada is no alert"])
    let labels = DeploymentSilence(program: "p", matchers: [LabelMatch("zona", .equals, "x")])
    #expect(RoutingLint.problems(silences: [labels]) == ["silence while p restarts: no alert has the label zona"])
  }

  @Test func brokenTemplatesAreNamed() {
    let text = SlackMessage.templates
    func problems(_ change: (String) -> String) -> [String] { RoutingLint.problems(templates: change(text)) }
    #expect(problems { $0 + "{{ end }}" }.first?.contains("an end too many") == true)
    #expect(problems { $0 + "{{ define \"otra\" }}" } == ["template: otra: has no end"])
    #expect(
      problems { $0.replacing("define \"minimarket.color\"", with: "define \"minimarket.colour\"") }
        == ["template minimarket.color: is not defined"])
    #expect(problems { $0 + "{{ .Status" }.first?.contains("an action never ends") == true)
  }
}
