-- What each movement costs the database: the rules stay, and are looked at where something can break them.

-- Barcodes were looked at again with each movement of their product: by a function, since ten million digits take one.
-- Now where they are written.
ALTER TABLE deposito.productos DROP CONSTRAINT productos_codigos_barras_ean13;
CREATE OR REPLACE FUNCTION deposito.anotar_codigos_barras() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT deposito.son_ean13(NEW.codigos_barras) THEN
    RAISE EXCEPTION 'a barcode of product % is no EAN-13', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'productos_codigos_barras_ean13';
  END IF;
  DELETE FROM deposito.codigos_barras WHERE producto_id = NEW.id;
  IF NEW.activo THEN
    INSERT INTO deposito.codigos_barras (codigo, producto_id) SELECT unnest(NEW.codigos_barras), NEW.id;
  END IF;
  RETURN NULL;
END
$$;

-- A foreign key looks up and locks the row that it names for each row that names it, and all movements name the same
-- warehouse. What the ledger names is never deleted and never renumbered, and `asentar` looks at what it is given.
CREATE FUNCTION deposito.nombrado_en_el_libro() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger may name rows of %: % is refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'foreign_key_violation', HINT = 'Set activo to false.';
END
$$;
CREATE TRIGGER productos_nombrados BEFORE DELETE OR TRUNCATE OR UPDATE OF id ON deposito.productos
  FOR EACH STATEMENT EXECUTE FUNCTION deposito.nombrado_en_el_libro();
CREATE TRIGGER depositos_nombrados BEFORE DELETE OR TRUNCATE OR UPDATE OF id ON deposito.depositos
  FOR EACH STATEMENT EXECUTE FUNCTION deposito.nombrado_en_el_libro();
ALTER TABLE deposito.movimientos
  DROP CONSTRAINT movimientos_producto_id_fkey,
  DROP CONSTRAINT movimientos_deposito_id_fkey,
  DROP CONSTRAINT movimientos_deposito_destino_id_fkey;

-- Whoever changes what clients see of a product raises its version: what a process knows of it may be old then.
CREATE FUNCTION deposito.subir_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.version := OLD.version + 1;
  RETURN NEW;
END
$$;
CREATE TRIGGER productos_version BEFORE UPDATE OF codigo, nombre, descripcion, categoria, codigos_barras, precio_compra,
    precio_venta, stock_minimo, stock_maximo, ubicacion, activo ON deposito.productos
  FOR EACH ROW WHEN (NEW.version <= OLD.version) EXECUTE FUNCTION deposito.subir_version();

-- Written once and read once, as text.
ALTER TABLE deposito.eventos ALTER COLUMN datos TYPE json;
ALTER TABLE deposito.eventos_enviados ALTER COLUMN datos TYPE json;
ALTER TABLE deposito.eventos_apartados ALTER COLUMN datos TYPE json;

-- Plans for arrays whose length nobody knows beforehand: PostgreSQL would think about each call anew, since a plan for
-- these two elements always looks cheaper than one for any ten, and the thinking was a quarter of the work.
ALTER FUNCTION deposito.asentar_lotes SET plan_cache_mode = force_generic_plan;

-- As before, and for callers that have not locked the products, since they know them from before: what they know is
-- compared with what is there, under the lock. `k_` are the answers of idempotency keys, their `huella` in hexadecimal;
-- `en` is when it happened. Returns as many identifiers for movements to come as `reservar` says, and the time in
-- microseconds since 1970.
DROP FUNCTION deposito.asentar;
CREATE FUNCTION deposito.asentar(
  p_id bigint[], p_version bigint[], p_stock numeric[], p_otros numeric[],
  m_id bigint[], m_producto bigint[], m_secuencia bigint[], m_tipo text[], m_cantidad numeric[], m_anterior numeric[],
  m_resultante numeric[], m_deposito bigint[], m_destino bigint[], m_motivo text[], m_referencia text[],
  m_usuario text[],
  e_producto bigint[], e_deposito bigint[], e_cantidad numeric[],
  k_usuario text[] DEFAULT '{}', k_clave text[] DEFAULT '{}', k_huella text[] DEFAULT '{}',
  k_estado bigint[] DEFAULT '{}', k_cuerpo text[] DEFAULT '{}', k_ubicacion text[] DEFAULT '{}',
  k_etag text[] DEFAULT '{}',
  en timestamptz DEFAULT now(), reservar bigint DEFAULT 0, OUT identificadores bigint[], OUT reloj bigint
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  filas bigint;
  distintos bigint;
BEGIN
  IF en NOT BETWEEN clock_timestamp() - interval '1 minute' AND clock_timestamp() + interval '1 minute' THEN
    RAISE EXCEPTION 'a movement happens now, and not at %', en USING ERRCODE = 'serialization_failure';
  END IF;
  -- Rows that somebody else holds are as if they were not there: nobody waits here, and who wants to wait has locked
  -- them before.
  SELECT count(*), count(DISTINCT producto) INTO filas, distintos FROM (
    SELECT m.producto, m.anterior, m.resultante, m.secuencia, p.otros, a.stock_otros,
      COALESCE(lag(m.resultante) OVER orden, a.stock_actual) AS de,
      COALESCE(lag(m.secuencia) OVER orden, a.version) AS tras,
      CASE WHEN lead(m.secuencia) OVER orden IS NULL THEN p.stock ELSE m.resultante END AS hasta,
      CASE WHEN lead(m.secuencia) OVER orden IS NULL THEN p.version ELSE m.secuencia END AS ultima
    FROM unnest(m_producto, m_secuencia, m_anterior, m_resultante) AS m(producto, secuencia, anterior, resultante)
    JOIN unnest(p_id, p_version, p_stock, p_otros) AS p(id, version, stock, otros) ON p.id = m.producto
    JOIN (
      SELECT id, version, stock_actual, stock_otros FROM deposito.productos WHERE id = ANY (p_id)
      ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
    ) AS a ON a.id = m.producto
    WINDOW orden AS (PARTITION BY m.producto ORDER BY m.secuencia)
  ) AS libro
  WHERE anterior = de AND secuencia = tras + 1 AND resultante = hasta AND secuencia = ultima
    AND (otros = stock_otros OR producto = ANY (e_producto));
  IF filas <> cardinality(m_producto) OR distintos <> cardinality(p_id) THEN
    RAISE EXCEPTION 'the movements do not lead from the stock that is there to the one that is left'
      USING ERRCODE = 'serialization_failure';
  END IF;
  IF NOT 1 = ALL (m_deposito) OR cardinality(array_remove(m_destino, NULL)) > 0 OR cardinality(e_producto) > 0 THEN
    PERFORM FROM unnest(m_deposito || m_destino) AS m(deposito)
    WHERE deposito IS NOT NULL AND NOT EXISTS (SELECT FROM deposito.depositos WHERE id = deposito);
    IF FOUND THEN
      RAISE EXCEPTION 'a movement names a warehouse that is not there' USING ERRCODE = 'foreign_key_violation';
    END IF;
    PERFORM FROM (
      SELECT producto, deposito, sum(cambio) AS cambio FROM (
        SELECT producto, deposito, CASE WHEN tipo IN ('SALIDA', 'TRANSFERENCIA') THEN -cantidad ELSE cantidad END
          AS cambio
        FROM unnest(m_producto, m_tipo, m_cantidad, m_deposito) AS m(producto, tipo, cantidad, deposito)
        UNION ALL
        SELECT * FROM unnest(m_producto, m_destino, m_cantidad) AS m(producto, deposito, cambio)
      ) AS partes WHERE deposito <> 1 GROUP BY producto, deposito
    ) AS m
    FULL JOIN unnest(e_producto, e_deposito, e_cantidad) AS e(producto, deposito, cantidad) USING (producto, deposito)
    LEFT JOIN deposito.existencias AS a ON a.producto_id = producto AND a.deposito_id = deposito
    WHERE COALESCE(a.cantidad, 0) + COALESCE(m.cambio, 0) <> COALESCE(e.cantidad, a.cantidad, 0);
    IF FOUND THEN
      RAISE EXCEPTION 'the movements do not lead to the parts that are left' USING ERRCODE = 'serialization_failure';
    END IF;
  END IF;

  UPDATE deposito.productos AS p
  SET stock_actual = n.stock, stock_otros = n.otros, version = n.version, updated_at = en
  FROM unnest(p_id, p_version, p_stock, p_otros) AS n(id, version, stock, otros)
  WHERE p.id = n.id AND p.activo;
  GET DIAGNOSTICS filas = ROW_COUNT;
  IF filas <> cardinality(p_id) THEN
    RAISE EXCEPTION 'a product is gone' USING ERRCODE = 'serialization_failure';
  END IF;

  IF cardinality(e_producto) > 0 THEN
    INSERT INTO deposito.existencias AS e (producto_id, deposito_id, cantidad)
    SELECT * FROM unnest(e_producto, e_deposito, e_cantidad)
    ON CONFLICT (producto_id, deposito_id) DO UPDATE SET cantidad = EXCLUDED.cantidad;
    IF EXISTS (
      SELECT FROM deposito.productos AS p
      WHERE p.id = ANY (e_producto)
        AND p.stock_otros <> (SELECT COALESCE(sum(cantidad), 0) FROM deposito.existencias WHERE producto_id = p.id)
    ) THEN
      RAISE EXCEPTION 'the parts of a stock are not its sum' USING ERRCODE = 'serialization_failure';
    END IF;
  END IF;

  WITH m AS (
    INSERT INTO deposito.movimientos (id, producto_id, secuencia, tipo, cantidad, stock_anterior, stock_resultante,
      deposito_id, deposito_destino_id, motivo, referencia, usuario, created_at)
    SELECT *, en FROM unnest(m_id, m_producto, m_secuencia, m_tipo, m_cantidad, m_anterior, m_resultante, m_deposito,
      m_destino, m_motivo, m_referencia, m_usuario)
    RETURNING *
  )
  INSERT INTO deposito.eventos (tipo, producto_id, datos)
  SELECT 'stock_updated', producto_id, json_build_object(
    'producto_id', producto_id, 'movimiento_id', id, 'tipo', tipo, 'cantidad', cantidad,
    'stock_anterior', stock_anterior, 'stock_actual', stock_resultante, 'deposito_id', deposito_id,
    'deposito_destino_id', deposito_destino_id, 'motivo', motivo, 'version', secuencia, 'usuario', usuario)
  FROM m;

  IF cardinality(k_clave) > 0 THEN
    INSERT INTO deposito.idempotencia (usuario, clave, huella, estado, cuerpo, ubicacion, etag)
    SELECT usuario, clave, decode(huella, 'hex'), estado, cuerpo, ubicacion, etag
    FROM unnest(k_usuario, k_clave, k_huella, k_estado, k_cuerpo, k_ubicacion, k_etag)
      AS k(usuario, clave, huella, estado, cuerpo, ubicacion, etag);
  END IF;

  IF reservar > 0 THEN
    identificadores := ARRAY(SELECT nextval('deposito.movimientos_id_seq') FROM generate_series(1, reservar));
  END IF;
  reloj := extract(epoch FROM clock_timestamp()) * 1000000;
END
$$;
REVOKE ALL ON FUNCTION deposito.asentar FROM PUBLIC;

-- In the order of their identifiers, as everybody locks them; `saltear` leaves out those that somebody holds.
CREATE FUNCTION deposito.bloquear(ids bigint[], saltear boolean) RETURNS SETOF deposito.productos LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  IF saltear THEN
    RETURN QUERY SELECT * FROM deposito.productos WHERE id = ANY (ids) AND activo
      ORDER BY id FOR NO KEY UPDATE SKIP LOCKED;
  ELSE
    RETURN QUERY SELECT * FROM deposito.productos WHERE id = ANY (ids) AND activo ORDER BY id FOR NO KEY UPDATE;
  END IF;
END
$$;
REVOKE ALL ON FUNCTION deposito.bloquear FROM PUBLIC;

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'deposito_app') THEN
    GRANT EXECUTE ON FUNCTION deposito.asentar, deposito.bloquear TO deposito_app;
  END IF;
END
$$;
