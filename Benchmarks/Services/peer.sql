-- What pgbench moves: tables like ours, and no more rules than they need.
CREATE TABLE productos (
  id bigint PRIMARY KEY,
  codigo text NOT NULL UNIQUE,
  nombre text NOT NULL,
  stock_actual numeric(18, 3) NOT NULL CHECK (stock_actual >= 0),
  version bigint NOT NULL DEFAULT 1,
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE movimientos (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  producto_id bigint NOT NULL REFERENCES productos (id),
  tipo text NOT NULL,
  cantidad numeric(18, 3) NOT NULL,
  stock_anterior numeric(18, 3) NOT NULL,
  stock_resultante numeric(18, 3) NOT NULL,
  motivo text NOT NULL,
  usuario text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX movimientos_por_producto ON movimientos (producto_id, id);
INSERT INTO productos (id, codigo, nombre, stock_actual) SELECT n, 'p' || n, 'Producto ' || n, 0
FROM generate_series(1, 10000) AS n;
VACUUM ANALYZE;
