-- Plans for arrays whose length nobody knows beforehand: PostgreSQL would think about each call anew, since a plan for
-- these two elements always looks cheaper than one for any ten, and the thinking was a quarter of the work.

ALTER FUNCTION deposito.asentar SET plan_cache_mode = force_generic_plan;
ALTER FUNCTION deposito.asentar_lotes SET plan_cache_mode = force_generic_plan;

-- In the order of their identifiers, as everybody locks them.
CREATE FUNCTION deposito.bloquear(ids bigint[]) RETURNS SETOF deposito.productos LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  RETURN QUERY SELECT * FROM deposito.productos WHERE id = ANY (ids) AND activo ORDER BY id FOR NO KEY UPDATE;
END
$$;
REVOKE ALL ON FUNCTION deposito.bloquear FROM PUBLIC;

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'deposito_app') THEN
    GRANT EXECUTE ON FUNCTION deposito.bloquear TO deposito_app;
  END IF;
END
$$;
