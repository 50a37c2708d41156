import Testing

/// What the operator's guide lists, panel by panel: "Dashboards de Grafana".
struct GuidePanelTests {
  struct Item: CustomTestStringConvertible, Sendable {
    let guide: String
    let dashboard: String
    let title: String
    let unit: String
    /// What its queries ask for, among other things.
    let asks: [String]
    var testDescription: String { "\(dashboard): \(guide)" }

    init(_ dashboard: String, _ guide: String, _ title: String, _ unit: String, _ asks: String...) {
      (self.guide, self.title, self.unit, self.asks) = (guide, title, unit, asks)
      self.dashboard = "minimarket-\(dashboard)"
    }
  }

  static let overview = [
    Item("system-overview", "Salud de los 4 servicios (UP/DOWN)", "Salud de los servicios", "none", "up{"),
    Item("system-overview", "Request rate por servicio", "Pedidos por segundo", "reqps", "http_requests_total"),
    Item(
      "system-overview", "Error rate % con thresholds", "Errores %", "percent", "http_errors_total",
      "http_requests_total"),
    Item("system-overview", "P95 latency en milisegundos", "Latencia P95", "ms", "0.95", "_bucket"),
    Item("system-overview", "Uptime % de última semana", "Uptime % de la última semana", "percent", "[1w]"),
  ]

  static let business = [
    Item(
      "business-kpis", "Productos depositados por hora", "Productos depositados por hora", "suffix:/h",
      "deposito_productos_procesados_total", "[1h]"),
    Item(
      "business-kpis", "Alertas de stock crítico", "Alertas de stock crítico", "short",
      "negocio_stock_critico_productos"),
    Item(
      "business-kpis", "Órdenes de compra generadas", "Órdenes de compra generadas", "short",
      "negocio_ordenes_generadas_total"),
    Item(
      "business-kpis", "Inflación calculada vs baseline", "Inflación calculada vs baseline", "percent",
      "ml_inflacion_calculada_percent", "ml_inflacion_baseline_percent"),
    Item(
      "business-kpis", "Revenue proyectado vs real", "Revenue proyectado vs real", "currency:$",
      "negocio_revenue_proyectado_ars", "negocio_revenue_real_ars"),
    Item(
      "business-kpis", "Distribución de productos por categoría", "Distribución de productos por categoría", "short",
      "deposito_productos_por_categoria"),
    Item(
      "business-kpis", "Trending de órdenes (hourly)", "Trending de órdenes por hora", "suffix:/h",
      "negocio_ordenes_generadas_total", "[1h]"),
  ]

  static let performance = [
    Item(
      "performance", "CPU usage % por contenedor", "CPU usage % por contenedor", "percent",
      "container_cpu_usage_seconds_total", "container_spec_cpu_quota"),
    Item(
      "performance", "Memory usage % por contenedor", "Memory usage % por contenedor", "percent",
      "container_memory_working_set_bytes", "container_spec_memory_limit_bytes"),
    Item(
      "performance", "Disk I/O (read/write) en Bps", "Disk I/O por contenedor (read/write)", "Bps",
      "container_fs_reads_bytes_total", "container_fs_writes_bytes_total"),
    Item(
      "performance", "Network I/O (RX/TX) en Bps", "Network I/O por contenedor (RX/TX), y de la máquina", "Bps",
      "container_network_receive_bytes_total", "container_network_transmit_bytes_total",
      "node_network_receive_bytes_total", "node_network_transmit_bytes_total"),
    Item(
      "performance", "PostgreSQL connections activas vs max", "PostgreSQL connections activas vs max", "short",
      "pg_stat_activity_count", "pg_settings_max_connections"),
    Item(
      "performance", "Redis cache hit rate %", "Redis cache hit rate %", "percent", "redis_keyspace_hits_total",
      "redis_keyspace_misses_total"),
    Item(
      "performance", "Redis clients y keys activos", "Redis clients y keys activos", "short",
      "redis_connected_clients", "redis_db_keys"),
  ]

  static let ml = [
    Item(
      "ml-service", "OCR processing time (P50/P95/P99)", "OCR processing time (P50/P95/P99)", "s",
      "ocr_processing_duration_seconds_bucket", "0.5,", "0.95,", "0.99,"),
    Item(
      "ml-service", "OCR timeout events por hora", "OCR timeout events por hora", "suffix:/h",
      "ocr_timeout_events_total", "[1h]"),
    Item(
      "ml-service", "Price prediction accuracy %", "Price prediction accuracy %", "percent",
      #"ml_prediction_accuracy_percent{model_name="precio"}"#),
    Item("ml-service", "ML model drift score", "ML model drift score", "short", "ml_model_drift_score"),
    Item(
      "ml-service", "CPU/Memory del servicio ML", "CPU/Memory del servicio ML", "percent",
      #"process_cpu_seconds_total{job="ml_service"}"#, #"process_resident_memory_bytes{job="ml_service"}"#),
    Item(
      "ml-service", "Predictions & cache performance", "Predictions & cache performance", "ops",
      "ml_predictions_total", "ml_cache_hits_total", "ml_cache_misses_total"),
    Item(
      "ml-service", "Distribución de modelos en uso", "Distribución de modelos en uso", "short",
      "ml_predictions_total", "$__range"),
    Item(
      "ml-service", "ML/OCR errors por minuto", "ML/OCR errors por minuto", "opm", "ml_errors_total", "ocr_errors_total"
    ),
  ]

  @Test(arguments: overview + business + performance + ml)
  func isThere(_ item: Item) throws {
    let dashboard = try WrittenDashboards.dashboard(item.dashboard)
    let panel = try #require(dashboard.panels.first { $0.title == item.title })
    #expect(panel.fieldConfig?.defaults.unit == item.unit)
    let asked = (panel.targets ?? []).map(\.expr).joined(separator: "\n")
    for part in item.asks { #expect(asked.contains(part), "\(part) is not in \(asked)") }
  }

  @Test func theThresholdsAreTheGuides() throws {
    let expected: [(dashboard: String, title: String, steps: [WrittenDashboards.Step])] = [
      (
        "system-overview", "Errores %",
        [.init(color: "green", value: nil), .init(color: "yellow", value: 0.5), .init(color: "red", value: 5)]
      ),
      ("system-overview", "Latencia P95", [.init(color: "green", value: nil), .init(color: "red", value: 300)]),
      (
        "business-kpis", "Alertas de stock crítico",
        [.init(color: "green", value: nil), .init(color: "red", value: 50)]
      ),
      (
        "performance", "CPU usage % por contenedor",
        [.init(color: "green", value: nil), .init(color: "red", value: 70)]
      ),
      (
        "performance", "Memory usage % por contenedor",
        [.init(color: "green", value: nil), .init(color: "red", value: 80)]
      ),
      ("performance", "Redis cache hit rate %", [.init(color: "red", value: nil), .init(color: "green", value: 70)]),
      ("performance", "Espacio libre en disco %", [.init(color: "red", value: nil), .init(color: "green", value: 10)]),
      (
        "ml-service", "OCR timeout events por hora",
        [.init(color: "green", value: nil), .init(color: "red", value: 10)]
      ),
      (
        "ml-service", "Price prediction accuracy %",
        [.init(color: "red", value: nil), .init(color: "green", value: 90)]
      ),
      ("ml-service", "ML model drift score", [.init(color: "green", value: nil), .init(color: "red", value: 0.15)]),
    ]
    for item in expected {
      let dashboard = try WrittenDashboards.dashboard("minimarket-\(item.dashboard)")
      let panel = try #require(dashboard.panels.first { $0.title == item.title })
      #expect(panel.fieldConfig?.defaults.thresholds?.steps == item.steps, "\(item.title)")
    }
  }
}
