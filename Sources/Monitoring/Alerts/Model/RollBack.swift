import Catalog
import PromQL

extension Step {
  /// The way back to the revision that ran before a deployment. Migrations are no obstacle: a program accepts those that
  /// are newer than its own.
  static func rollBack(_ service: String) -> [Step] {
    [
      Step(
        """
        Si empezó con un despliegue, volvé a la versión anterior. Buscá en la etiqueta revision cuáles corrieron en la \
        última semana: la que no es la de ahora es la que hay que poner.
        """,
        run: .query(
          sum(
            lastOverTime(Process.buildInfo(of: service)[7.d]), by: .job, LabelName(BuildLabels.Version.self),
            LabelName(BuildLabels.Revision.self)))),
      Step(
        "Poné esa revisión en lugar de REVISION. Compila, instala, y reinicia sólo lo que cambió.", run: .redeploy),
    ]
  }
}
