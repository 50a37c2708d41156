extension ModelBooks {
  /// What may never be, whoever wrote it: each counts the rows that break a rule.
  static let violations = [
    (
      "every movement starts where the one before it ended, the first at nothing",
      """
      SELECT count(*) FROM (
        SELECT stock_anterior, lag(stock_resultante, 1, 0.000) OVER orden AS tras FROM deposito.movimientos
        WINDOW orden AS (PARTITION BY producto_id ORDER BY secuencia)
      ) AS libro WHERE stock_anterior <> tras
      """
    ),
    (
      "every movement ends where its quantity leads",
      """
      SELECT count(*) FROM deposito.movimientos WHERE stock_resultante <> stock_anterior + CASE tipo
        WHEN 'ENTRADA' THEN cantidad WHEN 'SALIDA' THEN -cantidad WHEN 'AJUSTE' THEN cantidad ELSE 0 END
      """
    ),
    (
      "the stock is the sum of its movements and where the last one ended",
      """
      SELECT count(*) FROM deposito.productos AS p LEFT JOIN (
        SELECT producto_id, sum(stock_resultante - stock_anterior) AS suma,
          (array_agg(stock_resultante ORDER BY secuencia DESC))[1] AS ultimo
        FROM deposito.movimientos GROUP BY producto_id
      ) AS m ON m.producto_id = p.id
      WHERE p.stock_actual <> COALESCE(m.suma, 0) OR p.stock_actual <> COALESCE(m.ultimo, 0)
      """
    ),
    (
      "no sequence number is beyond its product's version",
      """
      SELECT count(*) FROM deposito.movimientos AS m JOIN deposito.productos AS p ON p.id = m.producto_id
      WHERE m.secuencia > p.version OR m.secuencia < 1
      """
    ),
    ("each warehouse holds what the ledger brought there", parts),
    (
      "every movement has one event",
      """
      \(outbox) SELECT count(*) FROM (
        SELECT (datos ->> 'movimiento_id')::bigint AS id, count(*) AS veces FROM salida WHERE tipo = 'stock_updated'
        GROUP BY 1
      ) AS e FULL JOIN deposito.movimientos AS m USING (id) WHERE m.id IS NULL OR e.veces IS DISTINCT FROM 1
      """
    ),
    (
      "every product has one event of its creation",
      """
      \(outbox) SELECT count(*) FROM (
        SELECT producto_id AS id, count(*) AS veces FROM salida WHERE tipo = 'product_created' GROUP BY 1
      ) AS e FULL JOIN deposito.productos AS p USING (id) WHERE p.id IS NULL OR e.veces IS DISTINCT FROM 1
      """
    ),
    (
      "every version that no movement made is a change with its event",
      """
      \(outbox) SELECT count(*) FROM deposito.productos AS p
      WHERE p.version - (SELECT count(*) FROM deposito.movimientos AS m WHERE m.producto_id = p.id)
        <> (SELECT count(*) FROM salida AS s WHERE s.producto_id = p.id AND s.tipo = 'product_updated')
      """
    ),
  ]

  /// Nothing leaves while the model runs: what has not left, or never will.
  private static let outbox = """
    WITH salida AS (
      SELECT tipo, producto_id, datos FROM deposito.eventos
      UNION ALL SELECT tipo, producto_id, datos FROM deposito.eventos_apartados
    )
    """

  private static let parts = """
    WITH pasos AS (
      SELECT producto_id, deposito_id AS deposito,
        CASE WHEN tipo IN ('SALIDA', 'TRANSFERENCIA') THEN -cantidad ELSE cantidad END AS paso
      FROM deposito.movimientos
      UNION ALL
      SELECT producto_id, deposito_destino_id, cantidad FROM deposito.movimientos WHERE tipo = 'TRANSFERENCIA'
    ), libro AS (
      SELECT producto_id, deposito, sum(paso) AS cantidad FROM pasos GROUP BY producto_id, deposito
    ), estado AS (
      SELECT id AS producto_id, 1::bigint AS deposito, stock_actual - stock_otros AS cantidad FROM deposito.productos
      UNION ALL
      SELECT producto_id, deposito_id, cantidad FROM deposito.existencias
    )
    SELECT (
      SELECT count(*) FROM libro FULL JOIN estado USING (producto_id, deposito)
      WHERE COALESCE(libro.cantidad, 0) <> COALESCE(estado.cantidad, 0) OR estado.cantidad < 0
    ) + (
      SELECT count(*) FROM deposito.productos AS p WHERE stock_otros
        <> (SELECT COALESCE(sum(cantidad), 0) FROM deposito.existencias AS e WHERE e.producto_id = p.id)
    )
    """
}
