import Render
import Testing

/// The writers of YAML and JSON. Whether a whole file is YAML is for promtool and amtool to say.
struct FormatTests {
  @Test func yamlQuotesWhatWouldBeSomethingElse() throws {
    let yaml: YAML = [
      "plain": "15s", "word": "true", "digits": "15", "nothing": "null", "colon": "a: b", "hash": "#minimarket-alerts",
      "template": "{{ $labels.job }}", "quote": "it's", "empty": "", "tilde": "~", "star": "*x", "number": 15,
      "flag": true, "accents": "réplicas",
    ]
    #expect(
      try yaml.rendered(header: "h") == """
        # h

        plain: 15s
        word: 'true'
        digits: '15'
        nothing: 'null'
        colon: 'a: b'
        hash: '#minimarket-alerts'
        template: '{{ $labels.job }}'
        quote: it's
        empty: ''
        tilde: '~'
        star: '*x'
        number: 15
        flag: true
        accents: réplicas

        """)
  }

  @Test func yamlNestsAndComments() throws {
    let yaml: YAML = [
      "list": .list([.commented("why", ["a": 1, "b": ["x", "y"]]), "z"]), "none": [], "empty": [:],
      "lines": "one\n\n  two\n", "open": "one\ntwo",
    ]
    #expect(
      try yaml.rendered(header: "h") == """
        # h

        list:
          # why
          - a: 1
            b:
              - x
              - y
          - z
        none: []
        empty: {}
        lines: |
          one

            two
        open: |-
          one
          two

        """)
  }

  @Test func jsonKeepsItsOrderAndEscapes() {
    let json: JSON = ["b": [1, .number(0.5), nil, true], "a": "\"\\\n\u{1}é", "c": [:], "d": []]
    #expect(
      json.rendered == """
        {
          "b": [
            1,
            0.5,
            null,
            true
          ],
          "a": "\\"\\\\\\n\\u0001é",
          "c": {},
          "d": []
        }

        """)
  }
}
