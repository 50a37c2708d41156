# shellcheck shell=bash
# shellcheck disable=SC2004,SC2034,SC2153,SC2154 # globals are shared between the parts
# <state>/secrets: what the operator gave, or what was generated at the first start. Never on a command line: written
# by the shell itself.

readonly GENERATED_SECRETS=(JWT_SECRET_KEY POSTGRES_PASSWORD ADMIN_PASSWORD)

# write_secret NAME VALUE: keeps the file where the value is the same, so that nobody restarts for nothing.
# Without a line end, since Alertmanager takes an address from its file as it is.
write_secret() {
  local path=$STATE_DIR/secrets/$1
  [[ -e $path && $(<"$path") == "$2" ]] && return 0
  rm -f -- "$path.new"
  (
    umask 077
    printf '%s' "$2" >"$path.new"
  ) || fail "No se pudo escribir $path: revisá los permisos y el espacio en disco."
  if is_root; then chown "$SERVICE_USER:$SERVICE_USER" "$path.new"; fi
  mv -f -- "$path.new" "$path"
}

# 32 random bytes in hexadecimal.
random_secret() { od -An -vtx1 -N32 /dev/urandom | tr -d ' \n'; }

# Letters and digits, short enough to be typed: 119 random bits.
random_password() { head -c 60 /dev/urandom | base64 -w 0 | tr -dc 'A-Za-z0-9' | cut -c 1-20; }

# The operator's secrets, and those that nobody gave.
ensure_secrets() {
  local name
  for name in "${!IS_SECRET[@]}"; do
    case $name in DATABASE_URL | MIGRATION_DATABASE_URL | REDIS_URL) continue ;; esac
    if [[ ${VALUE[$name]:-} ]]; then
      write_secret "$name" "${VALUE[$name]}"
    elif [[ " ${GENERATED_SECRETS[*]} " != *" $name "* ]]; then
      rm -f -- "$STATE_DIR/secrets/$name"
    fi
  done
  [[ -e $STATE_DIR/secrets/JWT_SECRET_KEY ]] || write_secret JWT_SECRET_KEY "$(random_secret)"
  [[ -e $STATE_DIR/secrets/POSTGRES_PASSWORD ]] || write_secret POSTGRES_PASSWORD "$(random_secret)"
  [[ -e $STATE_DIR/secrets/ADMIN_PASSWORD ]] || write_secret ADMIN_PASSWORD "$(random_password)"
}

# The addresses of the database, a role each; of an external one, as the operator wrote them.
ensure_database_addresses() {
  local role password address port=${PORT[POSTGRES_PORT]}
  if is_external_database; then
    write_secret agente-deposito.DATABASE_URL "${VALUE[DATABASE_URL]}"
    write_secret agente-deposito.MIGRATION_DATABASE_URL "${VALUE[MIGRATION_DATABASE_URL]}"
    write_secret postgres-exporter.DATABASE_URL "${VALUE[DATABASE_URL]}"
    return 0
  fi
  while IFS=$'\t' read -r role password address; do
    [[ -e $STATE_DIR/$password ]] || write_secret "${password#secrets/}" "$(random_secret)"
    write_secret "${address#secrets/}" \
      "postgresql://$role:$(<"$STATE_DIR/$password")@127.0.0.1:$port/inventario_retail"
  done <"$STATE_DIR/config/roles.tsv"
}
