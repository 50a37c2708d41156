-- Barcodes, search without accents.

CREATE EXTENSION IF NOT EXISTS unaccent SCHEMA deposito;
CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA deposito;

-- unaccent() itself is not IMMUTABLE, since its dictionary could be changed; this one names it, and nobody changes it.
CREATE FUNCTION deposito.sin_acentos(texto text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT lower(deposito.unaccent('deposito.unaccent'::regdictionary, texto)) $$;

CREATE INDEX productos_busqueda ON deposito.productos
  USING gin (deposito.sin_acentos(nombre || ' ' || codigo) deposito.gin_trgm_ops) WHERE activo;

-- GS1 General Specifications §7.9: weights 1 and 3 from the left, up to the next ten.
CREATE FUNCTION deposito.son_ean13(codigos text[]) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT COALESCE(bool_and(CASE WHEN codigo ~ '^[0-9]{13}$' THEN (
      SELECT sum(substr(codigo, i, 1)::int * CASE WHEN i % 2 = 0 THEN 3 ELSE 1 END) FROM generate_series(1, 13) AS i
    ) % 10 = 0 ELSE false END), true)
  FROM unnest(codigos) AS codigo
$$;

ALTER TABLE deposito.productos ADD COLUMN codigos_barras text[] NOT NULL DEFAULT '{}';

-- Each belongs to one product in use.
CREATE TABLE deposito.codigos_barras (
  codigo text CONSTRAINT codigos_barras_unicos PRIMARY KEY,
  producto_id bigint NOT NULL REFERENCES deposito.productos (id)
);
CREATE INDEX codigos_barras_por_producto ON deposito.codigos_barras (producto_id);

INSERT INTO deposito.codigos_barras (codigo, producto_id)
SELECT codigo_barras, id FROM deposito.productos
WHERE activo AND codigo_barras IS NOT NULL AND deposito.son_ean13(ARRAY[codigo_barras]) ORDER BY id
ON CONFLICT DO NOTHING;
UPDATE deposito.productos AS p SET codigos_barras = ARRAY[c.codigo]
FROM deposito.codigos_barras AS c WHERE c.producto_id = p.id;

ALTER TABLE deposito.productos
  DROP COLUMN codigo_barras,
  ADD CONSTRAINT productos_codigos_barras_ean13 CHECK (deposito.son_ean13(codigos_barras)),
  ADD CONSTRAINT productos_codigos_barras_pocos CHECK (cardinality(codigos_barras) <= 20);

CREATE FUNCTION deposito.anotar_codigos_barras() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM deposito.codigos_barras WHERE producto_id = NEW.id;
  IF NEW.activo THEN
    INSERT INTO deposito.codigos_barras (codigo, producto_id) SELECT unnest(NEW.codigos_barras), NEW.id;
  END IF;
  RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION deposito.anotar_codigos_barras FROM PUBLIC;

-- A movement changes neither column, and does not come here.
CREATE TRIGGER productos_codigos_barras AFTER INSERT OR UPDATE OF codigos_barras, activo ON deposito.productos
  FOR EACH ROW EXECUTE FUNCTION deposito.anotar_codigos_barras();

-- The event of a product's change, in the change's own transaction.
CREATE FUNCTION deposito.anunciar_producto() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO deposito.eventos (tipo, producto_id, datos) VALUES (
    CASE WHEN TG_OP = 'INSERT' THEN 'product_created' WHEN NOT NEW.activo THEN 'product_deleted'
      ELSE 'product_updated' END,
    NEW.id,
    jsonb_build_object(
      'producto_id', NEW.id, 'codigo', NEW.codigo, 'nombre', NEW.nombre, 'categoria', NEW.categoria,
      'codigos_barras', to_jsonb(NEW.codigos_barras), 'precio_compra', NEW.precio_compra,
      'precio_venta', NEW.precio_venta, 'stock_minimo', NEW.stock_minimo, 'stock_maximo', NEW.stock_maximo,
      'ubicacion', NEW.ubicacion, 'activo', NEW.activo, 'version', NEW.version));
  RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION deposito.anunciar_producto FROM PUBLIC;

CREATE TRIGGER productos_anuncio AFTER INSERT OR UPDATE OF codigo, nombre, descripcion, categoria, codigos_barras,
    precio_compra, precio_venta, stock_minimo, stock_maximo, ubicacion, activo ON deposito.productos
  FOR EACH ROW EXECUTE FUNCTION deposito.anunciar_producto();

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'deposito_app') THEN
    GRANT SELECT ON deposito.codigos_barras TO deposito_app;
    GRANT INSERT (codigos_barras), UPDATE (codigos_barras) ON deposito.productos TO deposito_app;
  END IF;
END
$$;
