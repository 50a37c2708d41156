-- Stock-takes: what was counted in a warehouse, beside what the books said at that moment.

CREATE TABLE deposito.conteos (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  deposito_id bigint NOT NULL REFERENCES deposito.depositos (id),
  nombre text NOT NULL CHECK (length(nombre) BETWEEN 1 AND 200),
  estado text NOT NULL DEFAULT 'abierto' CHECK (estado IN ('abierto', 'cerrado', 'anulado')),
  usuario text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  terminado_at timestamptz,
  terminado_por text,
  CONSTRAINT conteos_terminado CHECK ((estado = 'abierto') = (terminado_at IS NULL))
);

CREATE TABLE deposito.conteo_lineas (
  conteo_id bigint NOT NULL REFERENCES deposito.conteos (id),
  producto_id bigint NOT NULL REFERENCES deposito.productos (id),
  contado numeric(18, 3) NOT NULL CHECK (contado >= 0),
  -- What the warehouse held in the books when it was counted: what moves afterwards is no difference.
  esperado numeric(18, 3) NOT NULL CHECK (esperado >= 0),
  usuario text NOT NULL,
  contado_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (conteo_id, producto_id)
);

-- What has ended is history.
CREATE FUNCTION deposito.conteo_terminado() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.estado <> 'abierto' THEN
    RAISE EXCEPTION 'a stock-take that has ended is not changed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER conteos_terminado BEFORE UPDATE ON deposito.conteos
  FOR EACH ROW EXECUTE FUNCTION deposito.conteo_terminado();

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'deposito_app') THEN
    GRANT SELECT, INSERT, UPDATE (estado, terminado_at, terminado_por) ON deposito.conteos TO deposito_app;
    GRANT SELECT, INSERT, UPDATE (contado, esperado, usuario, contado_at) ON deposito.conteo_lineas TO deposito_app;
  END IF;
END
$$;
