/// Every dashboard, in the order of the folder.
package enum Dashboards {
  package static let all: [Dashboard] = [systemOverview, businessKPIs, performance, mlService]
}
