# shellcheck shell=bash
# shellcheck disable=SC2004,SC2034,SC2153,SC2154 # globals are shared between the parts
# <state>/config, written by `observability render-local`; and its list of programs, read back.

declare -a PROGRAMS=()
declare -A READY=() RENDERED_PORT=() START_SECONDS=() STOP_SECONDS=() RESTART_INPUTS=() RELOAD_INPUTS=() RELOAD=() MIGRATION_SECRETS=()

render_configuration() {
  local name log=$STATE_DIR/logs/supervisor/render.log
  local -a variables=("PATH=$PATH" LANG=C.UTF-8) options=(--state-dir "$STATE_DIR" --socket-dir "$SOCKET_DIR")
  for name in "${VARIABLES[@]}"; do
    [[ ${IS_SECRET[$name]:-} || -z ${VALUE[$name]:-} ]] || variables+=("$name=${VALUE[$name]}")
  done
  for name in "${!PORT[@]}"; do variables+=("$name=${PORT[$name]}"); done
  variables+=("REVISION=$(<"$STATE_DIR/bin/REVISION")")
  if is_root; then options+=(--service-user "$SERVICE_USER"); else options+=(--database-user "$(id -un)"); fi
  if is_external_database; then options+=(--external-database); fi
  if is_external_redis; then options+=(--external-redis); fi
  env -i "${variables[@]}" "$STATE_DIR/bin/observability" render-local "${options[@]}" >"$log" 2>&1 \
    || fail "No se pudo generar la configuración: $(tail -n 1 "$log"). Corregilo en .env.production; la salida está en $log."
  if is_root; then
    # Readable for the service, writable for root alone; supervisord's is nobody else's business.
    chown -R "root:$SERVICE_USER" "$STATE_DIR/config"
    find "$STATE_DIR/config" -type f -perm 0600 ! -name supervisord.conf -exec chown "$SERVICE_USER" {} +
  fi
  read_programs
}

read_programs() {
  local name ready port start stop restart reload action migration
  PROGRAMS=()
  [[ -r $STATE_DIR/config/programs.tsv ]] || return 0
  while IFS=$'\t' read -r name ready _ port start stop restart reload action migration; do
    PROGRAMS+=("$name")
    READY[$name]=$ready
    RENDERED_PORT[$name]=$port
    START_SECONDS[$name]=$start
    STOP_SECONDS[$name]=$stop
    [[ $restart == - ]] && restart=''
    RESTART_INPUTS[$name]=$restart
    [[ $reload == - ]] && reload=''
    RELOAD_INPUTS[$name]=$reload
    RELOAD[$name]=$action
    [[ $migration == - ]] && migration=''
    MIGRATION_SECRETS[$name]=$migration
  done <"$STATE_DIR/config/programs.tsv"
}

is_program() { [[ " ${PROGRAMS[*]} " == *" $1 "* ]]; }

require_program() {
  is_program "$1" || fail "No hay ningún servicio $1: los que hay son ${PROGRAMS[*]}."
}

# inputs_digest LIST: of files by content, of executables by size and time.
inputs_digest() {
  local path
  local -a paths=()
  IFS=, read -r -a paths <<<"$1"
  for path in "${paths[@]}"; do
    case $path in
      bin/*) stat -c '%n %s %Y' -- "$STATE_DIR/$path" ;;
      *) [[ ! -r $STATE_DIR/$path ]] || sha256sum -- "$STATE_DIR/$path" ;;
    esac
  done
}

# section NAME: of supervisord.conf, up to the next one; `head` is what comes before the programs.
section() {
  awk -v wanted="$1" '
    BEGIN { current = "head" }
    /^\[(program|eventlistener):/ { current = $0; sub(/^[^:]*:/, "", current); sub(/\]$/, "", current) }
    current == wanted' "$STATE_DIR/config/supervisord.conf"
}

restart_digest() {
  { section "$1"; inputs_digest "${RESTART_INPUTS[$1]:-}"; } | sha256sum | cut -d ' ' -f 1
}
reload_digest() { inputs_digest "${RELOAD_INPUTS[$1]:-}" | sha256sum | cut -d ' ' -f 1; }
head_digest() { section head | sha256sum | cut -d ' ' -f 1; }

applied() { cat -- "$STATE_DIR/run/applied/$1" 2>/dev/null || true; }
remember() { printf '%s\n' "$2" >"$STATE_DIR/run/applied/$1"; }
