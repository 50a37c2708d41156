# shellcheck shell=bash
# shellcheck disable=SC2004,SC2034,SC2153,SC2154 # globals are shared between the parts
# The embedded PostgreSQL 15: made once, its roles kept as Topology has them, migrated before its service starts.

readonly POSTGRES_BIN=/usr/lib/postgresql/15/bin

# Into a directory of its own that is renamed at the end: half a cluster is never taken for one.
ensure_cluster() {
  local data=$STATE_DIR/data/postgres fresh=$STATE_DIR/data/postgres.new log=$STATE_DIR/logs/supervisor/initdb.log
  is_external_database && return 0
  [[ -e $data/PG_VERSION ]] && return 0
  step "Creando la base de datos"
  rm -rf -- "$fresh"
  make_directory 0700 service "$fresh"
  # ICU's es-AR puts Ñ after N and á beside a; C.UTF-8 is in every Debian without locales.
  as_service "$POSTGRES_BIN/initdb" -D "$fresh" --username=postgres --pwfile="$STATE_DIR/secrets/POSTGRES_PASSWORD" \
    --auth-local=peer --auth-host=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --locale-provider=icu \
    --icu-locale=es-AR --data-checksums --no-instructions >"$log" 2>&1 \
    || fail "initdb falló: $(tail -n 1 "$log"). La salida está en $log."
  mv -- "$fresh" "$data"
}

# psql as the superuser, through the socket: no password anywhere.
superuser_psql() {
  as_service "$POSTGRES_BIN/psql" -X -q -v ON_ERROR_STOP=1 -h "$SOCKET_DIR/postgres" -p "${PORT[POSTGRES_PORT]}" \
    -U postgres -d postgres "$@"
}

postgres_is_ready() {
  as_service "$POSTGRES_BIN/pg_isready" -q -t 2 -h "$SOCKET_DIR/postgres" -p "${PORT[POSTGRES_PORT]}" 2>/dev/null \
    && superuser_psql -c 'SELECT 1' >/dev/null 2>&1
}

bootstrap_digest() {
  local role password address
  {
    cat -- "$STATE_DIR/config/bootstrap.sql" "$STATE_DIR/secrets/POSTGRES_PASSWORD"
    while IFS=$'\t' read -r role password address; do cat -- "$STATE_DIR/$password"; done <"$STATE_DIR/config/roles.tsv"
  } | sha256sum | cut -d ' ' -f 1
}

# Database, schemas, roles and passwords; only where they are not already what they should be.
bootstrap_database() {
  local digest log=$STATE_DIR/logs/supervisor/bootstrap.log
  digest=$(bootstrap_digest)
  [[ $(applied bootstrap) == "$digest" ]] && return 0
  superuser_psql -f "$STATE_DIR/config/bootstrap.sql" >"$log" 2>&1 \
    || fail "No se pudieron crear la base y sus roles: $(tail -n 1 "$log"). La salida está en $log."
  remember bootstrap "$digest"
}

has_migrations() { [[ ${MIGRATION_SECRETS[$1]:-} ]]; }

# migrate NAME: the service's own command, with secrets by their files that the serving process does not get: the role
# that owns the schema is one.
migrate() {
  local name=$1 log=$STATE_DIR/logs/supervisor/$1.migrate.log path variable
  local -a variables=("LOG_LEVEL=${VALUE[LOG_LEVEL]:-info}") paths=()
  IFS=, read -r -a paths <<<"${MIGRATION_SECRETS[$name]}"
  for path in "${paths[@]}"; do
    variable=${path#secrets/}
    variables+=("${variable#"$name".}_FILE=$STATE_DIR/$path")
  done
  as_service timeout 900 env "${variables[@]}" "$STATE_DIR/bin/$name" migrate >"$log" 2>&1 && return 0
  tail -n 5 -- "$log" | cut -c 1-400 | sed 's/^/    /' >&2
  fail "No se pudo migrar la base de $name: corregí lo que dice $log y repetí el comando."
}
