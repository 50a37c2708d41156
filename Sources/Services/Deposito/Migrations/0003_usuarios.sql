-- Users that administrators manage, and tokens that end before their time.

ALTER TABLE deposito.usuarios
  ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now(),
  -- Tokens that were issued before are not accepted. A whole second, like the `iat` that it is compared with.
  ADD COLUMN tokens_desde timestamptz CHECK (tokens_desde = date_trunc('second', tokens_desde));

CREATE INDEX usuarios_tokens_desde ON deposito.usuarios (tokens_desde) WHERE tokens_desde IS NOT NULL;

-- Somebody has to be able to let the others in: a program that forgets it is refused. The lock, held until the end of
-- the transaction, makes two that take the last two administrators away at once see each other.
CREATE FUNCTION deposito.usuarios_queda_un_admin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('deposito.usuarios', 0));
  IF NOT EXISTS (SELECT FROM deposito.usuarios WHERE rol = 'admin' AND activo) THEN
    RAISE EXCEPTION 'the last active administrator has to stay one'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'usuarios_ultimo_admin';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER usuarios_queda_un_admin AFTER UPDATE OF rol, activo ON deposito.usuarios
  FOR EACH ROW WHEN (OLD.rol = 'admin' AND OLD.activo AND NOT (NEW.rol = 'admin' AND NEW.activo))
  EXECUTE FUNCTION deposito.usuarios_queda_un_admin();
CREATE TRIGGER usuarios_queda_un_admin_al_borrar AFTER DELETE ON deposito.usuarios
  FOR EACH ROW WHEN (OLD.rol = 'admin' AND OLD.activo) EXECUTE FUNCTION deposito.usuarios_queda_un_admin();

-- Single tokens whose owner logged out, until they would have expired anyway.
CREATE TABLE deposito.tokens_revocados (
  jti text NOT NULL CHECK (length(jti) BETWEEN 1 AND 128),
  usuario text NOT NULL,
  expira_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT tokens_revocados_jti PRIMARY KEY (jti)
);
-- What every replica asks each second: what is new.
CREATE INDEX tokens_revocados_por_fecha ON deposito.tokens_revocados (created_at);
CREATE INDEX tokens_revocados_por_vencimiento ON deposito.tokens_revocados (expira_at);

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'deposito_app') THEN
    GRANT INSERT (usuario, clave_hash, rol), UPDATE (clave_hash, rol, activo, updated_at, tokens_desde)
      ON deposito.usuarios TO deposito_app;
    GRANT SELECT, INSERT (jti, usuario, expira_at), DELETE ON deposito.tokens_revocados TO deposito_app;
  END IF;
END
$$;
