-- Events that Redis has acknowledged and may not have on its disk yet: with `appendfsync everysec` a crash loses the last
-- two seconds. They stay for a few seconds more, and a Redis that is not the one that acknowledged them gets them again.

CREATE TABLE deposito.eventos_enviados (
  id bigint PRIMARY KEY,
  tipo text NOT NULL,
  producto_id bigint NOT NULL,
  datos jsonb NOT NULL,
  intentos smallint NOT NULL,
  created_at timestamptz NOT NULL,
  enviado_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- The `run_id` of the Redis that acknowledged it: another one after each start.
  enviado_a text NOT NULL
);

-- Rows of both tables live for seconds: what they leave is cleared by number, whatever the tables' size.
ALTER TABLE deposito.eventos SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
ALTER TABLE deposito.eventos_enviados SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'deposito_app') THEN
    GRANT SELECT, INSERT, DELETE ON deposito.eventos_enviados TO deposito_app;
  END IF;
END
$$;
