# shellcheck shell=bash
# shellcheck disable=SC2004,SC2034,SC2153,SC2154 # globals are shared between the parts
# The verbs that start nothing: status, logs, and the end of the processes and, where asked, of the data.

run_status() {
  require_state
  read_programs
  ((${#PROGRAMS[@]})) || fail "No hay nada desplegado en $STATE_DIR: usá scripts/deploy.sh --up."
  PORT[POSTGRES_PORT]=${RENDERED_PORT[postgres]:-}
  show_status || fail "Hay procesos que no están sanos: mirá scripts/deploy.sh --logs, o levantalos con --up."
}

run_logs() {
  require_state
  read_programs
  follow_logs "$ARGUMENT"
}

confirm_deletion() {
  local answer
  [[ $IS_CONFIRMED ]] && return 0
  [[ -t 0 ]] || fail "--volumes borra todos los datos de $STATE_DIR: confirmalo con --yes."
  read -r -p "Se borran la base, las métricas, los logs y los secretos de $STATE_DIR. ¿Seguro? [s/N] " answer
  case ${answer,,} in s | si | sí) ;; *) fail "No se borró nada." ;; esac
}

run_down() {
  if ! state_exists; then
    say "No hay nada desplegado en $STATE_DIR."
    return 0
  fi
  if [[ $WITH_VOLUMES ]]; then confirm_deletion; fi
  mkdir -p -- "$STATE_DIR/run"
  lock_state_directory
  if supervisor_is_running; then
    step "Deteniendo todo"
    stop_supervisor
    green "Todo está detenido."
  else
    remove_stale_supervisor
    say "No había nada en marcha."
  fi
  if [[ $WITH_VOLUMES ]]; then
    rm -rf -- "$STATE_DIR"
    [[ $SOCKET_DIR == "$STATE_DIR"/* ]] || rm -rf -- "$SOCKET_DIR"
    if [[ -L $REPOSITORY/logs && ! -e $REPOSITORY/logs ]]; then rm -f -- "$REPOSITORY/logs"; fi
    green "Se borró $STATE_DIR."
  fi
}
