/// What every generated file says of itself.
enum Generated {
  static func header(from source: String) -> String {
    """
    Generado por «observability generate»: no lo edites.
    Se cambia en \(source).
    """
  }
}
