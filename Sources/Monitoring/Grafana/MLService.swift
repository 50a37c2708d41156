extension Dashboards {
  /// The models and the reader of invoices, for whoever trains them.
  package static let mlService = Dashboard(
    uid: "minimarket-ml-service",
    title: "ML Service Monitor",
    description: "Lectura de facturas, precisión y deriva de los modelos, predicciones y su caché.",
    variables: [.model],
    annotations: Annotation.everywhere,
    rows: [MLService.reading, MLService.models, MLService.service])
}

/// Its rows, one a file.
enum MLService {}
