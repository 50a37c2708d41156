/// Every recording rule, each after those that it asks for: they are evaluated in this order.
package enum Recordings {
  package static let all: [Recording] = requests + cache + logs + serviceLevels
}
