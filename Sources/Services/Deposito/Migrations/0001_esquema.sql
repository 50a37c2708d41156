-- Users, products and the ledger of stock. The application's role gets what it needs and no more.

CREATE TABLE deposito.usuarios (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  usuario text NOT NULL CHECK (length(usuario) BETWEEN 1 AND 64),
  clave_hash text NOT NULL CHECK (clave_hash LIKE '$argon2id$%'),
  rol text NOT NULL CHECK (rol IN ('admin', 'deposito', 'negocio', 'ml_service')),
  activo boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT usuarios_usuario_unico UNIQUE (usuario)
);

CREATE TABLE deposito.productos (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  codigo text NOT NULL CHECK (length(codigo) BETWEEN 1 AND 64),
  nombre text NOT NULL CHECK (length(nombre) BETWEEN 1 AND 200),
  descripcion text,
  categoria text NOT NULL CHECK (length(categoria) BETWEEN 1 AND 64),
  codigo_barras text CHECK (codigo_barras ~ '^[0-9]{13}$'),
  precio_compra numeric(18, 2) NOT NULL CHECK (precio_compra >= 0),
  precio_venta numeric(18, 2) NOT NULL CHECK (precio_venta >= 0),
  stock_actual numeric(18, 3) NOT NULL DEFAULT 0,
  stock_minimo numeric(18, 3) NOT NULL DEFAULT 0 CHECK (stock_minimo >= 0),
  stock_maximo numeric(18, 3) NOT NULL DEFAULT 0 CHECK (stock_maximo >= 0),
  ubicacion text,
  activo boolean NOT NULL DEFAULT true,
  version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT productos_stock_no_negativo CHECK (stock_actual >= 0)
);

-- A product that was taken out of use frees its code.
CREATE UNIQUE INDEX productos_codigo_unico ON deposito.productos (codigo) WHERE activo;
CREATE INDEX productos_por_categoria ON deposito.productos (categoria) WHERE activo;

CREATE TABLE deposito.movimientos (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  producto_id bigint NOT NULL REFERENCES deposito.productos (id),
  tipo text NOT NULL CHECK (tipo IN ('ENTRADA', 'SALIDA')),
  cantidad numeric(18, 3) NOT NULL CHECK (cantidad > 0),
  stock_anterior numeric(18, 3) NOT NULL CHECK (stock_anterior >= 0),
  stock_resultante numeric(18, 3) NOT NULL CHECK (stock_resultante >= 0),
  motivo text NOT NULL CHECK (length(motivo) BETWEEN 1 AND 200),
  referencia text CHECK (length(referencia) BETWEEN 1 AND 200),
  usuario text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT movimientos_cuadra CHECK (
    stock_resultante = stock_anterior + CASE tipo WHEN 'ENTRADA' THEN cantidad ELSE -cantidad END
  )
);

CREATE INDEX movimientos_por_producto ON deposito.movimientos (producto_id, id);

CREATE FUNCTION deposito.libro_inalterable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger is append-only: % on deposito.movimientos is refused', TG_OP
    USING ERRCODE = 'insufficient_privilege', HINT = 'Record a movement that corrects the other.';
END
$$;

CREATE TRIGGER movimientos_inalterable BEFORE UPDATE OR DELETE OR TRUNCATE ON deposito.movimientos
  FOR EACH STATEMENT EXECUTE FUNCTION deposito.libro_inalterable();

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'deposito_app') THEN
    GRANT USAGE ON SCHEMA deposito TO deposito_app;
    GRANT SELECT ON deposito.schema_migrations, deposito.usuarios TO deposito_app;
    GRANT SELECT, INSERT, UPDATE ON deposito.productos TO deposito_app;
    GRANT SELECT, INSERT ON deposito.movimientos TO deposito_app;
  END IF;
END
$$;
