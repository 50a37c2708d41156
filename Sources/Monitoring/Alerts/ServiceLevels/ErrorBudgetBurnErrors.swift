import Catalog
import PromQL
import Recording
import Topology

extension Alerts {
  /// Requests answered with 5xx, against the 0.5 % that the service level allows. HighErrorRate calls sooner about a
  /// sudden 5 %; these see the 1 % that lasts a day.
  static let errorBurns = ErrorBudgetBurn(
    level: ServiceLevels.errors, symptom: .errors, dashboard: .systemOverview, runbook: errorBurnRunbook,
    drill: .revokeDatabaseRights, section: "ErrorBudgetBurnErrors"
  ).alerts()

  private static let burning =
    ServiceLevels.errors.badRatio(over: 5.m) > Scalar(ServiceLevels.errors.threshold(of: .slowest))

  private static let errorBurnRunbook = Runbook(
    meaning: """
      Más pedidos de los prometidos (uno de cada doscientos) terminan en un error del servidor. En la caja se ve como \
      una operación que falla y al repetirla sale: molesta, y si sigue se va a quedar sin margen para un día malo.
      """,
    firstFiveMinutes: [
      Step("Mirá qué procesos están en pie.", run: .deploy("--status")),
      Step("Si HighErrorRate o DatabaseDown están activas, atendé primero esas: esto es su consecuencia."),
      Step("Preguntá si hubo un despliegue o un cambio de configuración en la ventana de la alerta."),
      Step("Avisá en #minimarket-alerts que lo estás mirando."),
    ],
    diagnosis: [
      Diagnosis(
        "¿Sigue pasando?", run: .query(burning), fault: .contains("\"job\":\"agente_deposito\""),
        conclusion: "El servicio nombrado falla ahora. Con la lista vacía ya paró, y la ventana larga lo recuerda."),
      Diagnosis(
        "¿En qué rutas, en la última hora?",
        run: .query(
          topk(
            5,
            sum(
              increase(HTTP.errors[1.h]), by: .job, LabelName(RouteLabel.self), LabelName(HTTPStatus.self)) > 0)),
        fault: .contains("\"status\":\"5"),
        conclusion: """
          Son las cinco que más fallan, con su estado. Una sola ruta señala su código; un 503 en todas, una \
          dependencia que va y viene.
          """),
      Diagnosis(
        "¿Puede la aplicación usar su esquema?",
        run: .sql(mayUseSchema), fault: .contains("SIN PERMISO"),
        conclusion: "SIN PERMISO dice que perdió el permiso: falla todo lo que toca la base."),
    ],
    fix: [
      Step("Buscá el error en el log, por la ruta que encontraste.", run: .deploy("--logs agente-deposito")),
      Step(
        "Si falta el permiso, devolvelo.", run: .sql("GRANT USAGE ON SCHEMA deposito TO deposito_app"), isRemedy: true),
    ] + Step.rollBack(Platform.deposito.name),
    verify: [
      Step("Ya no pasa: la lista está vacía.", run: .query(burning)),
      Step(
        "Cuánto queda del presupuesto de 30 días: 1 es todo, menos de 0 es que no alcanzó.",
        run: .query(ServiceLevels.errors.budgetLeft)),
    ],
    escalate: """
      Con la de 1h o la de 6h, si no encontrás la causa en 30 minutos, llamá al equipo de la etiqueta team. Las de 1d y \
      3d son una tarea del día: asignala.
      """,
    afterwards: [
      "Anotá la ruta, el error y cuántos pedidos tocó.",
      "Con menos de un cuarto del presupuesto, lo próximo que se despliega es lo que evita estos errores.",
    ])
}
