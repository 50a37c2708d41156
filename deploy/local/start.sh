# shellcheck shell=bash
# shellcheck disable=SC2004,SC2034,SC2153,SC2154 # globals are shared between the parts
# Brings what runs to what is configured: in dependency order, each waited for by its own readiness, nothing touched
# that is already right. What this command started is stopped again when a later step fails; what ran before is not.

declare -a STARTED=()
declare -A RAN_BEFORE=()
SUPERVISOR_IS_NEW=
IS_STARTING=

# undo_start: from the EXIT trap.
undo_start() {
  local index
  [[ $IS_STARTING ]] || return 0
  IS_STARTING=
  if [[ $SUPERVISOR_IS_NEW && ${#RAN_BEFORE[@]} -eq 0 ]]; then
    say "Se detiene lo que este comando había iniciado."
    stop_supervisor
  elif ((${#STARTED[@]})); then
    say "Se detiene lo que este comando había iniciado: ${STARTED[*]}."
    for ((index = ${#STARTED[@]} - 1; index >= 0; index--)); do ctl stop "${STARTED[index]}" >/dev/null 2>&1 || true; done
  fi
}

program_url() { printf 'http://127.0.0.1:%s%s' "${RENDERED_PORT[$1]}" "${READY[$1]}"; }

is_ready() {
  case ${READY[$1]} in
    postgres) postgres_is_ready ;;
    redis) redis_is_ready ;;
    *) /usr/bin/curl -fsS --noproxy '*' --max-time 3 -o /dev/null "$(program_url "$1")" 2>/dev/null ;;
  esac
}

# wait_until_ready NAME: gives up at its bound, or at once where the process does not stay up.
wait_until_ready() {
  local name=$1 deadline=$((SECONDS + START_SECONDS[$1])) next=$((SECONDS + 2))
  until is_ready "$name"; do
    if ((SECONDS >= next)); then
      case $(state_of "$name") in RUNNING | STARTING) ;; *) return 1 ;; esac
      next=$((SECONDS + 2))
    fi
    ((SECONDS < deadline)) || return 1
    sleep 0.1
  done
}

fail_start() {
  local name=$1 what="no respondió en ${START_SECONDS[$1]} s"
  case $(state_of "$name") in RUNNING | STARTING) ;; *) what='terminó apenas iniciado' ;; esac
  last_log_lines "$name" >&2
  fail "$name $what: corregí lo que dicen sus logs, en $STATE_DIR/logs, y repetí el comando."
}

# What a program would refuse is better refused while the old one still runs.
check_configuration() {
  local name=$1 log=$STATE_DIR/logs/supervisor/$1.check.log
  local -a command=()
  case $name in
    nginx) command=(/usr/sbin/nginx -t -q -e stderr -p "$STATE_DIR/data/nginx" -c "$STATE_DIR/config/nginx.conf") ;;
    prometheus) command=(/usr/bin/promtool check config "$(monitoring_file prometheus prometheus.yml)") ;;
    alertmanager) command=(/usr/bin/amtool check-config "$(monitoring_file alertmanager alertmanager.yml)") ;;
    *) return 0 ;;
  esac
  # A port below 1024 is nginx's by a capability that its test does not have.
  as_service "${command[@]}" >"$log" 2>&1 || grep -q 'bind() to .* failed (13:' "$log" \
    || fail "La configuración generada para $name no es válida: $(tail -n 1 "$log"). La salida está en $log."
}

monitoring_file() {
  tr ',' '\n' <<<"${RELOAD_INPUTS[$1]}" | grep "/$2\$" | head -n 1 | sed "s|^|$STATE_DIR/|"
}

before_start() {
  local name=$1
  if has_migrations "$name"; then
    step "Migrando la base de $name"
    migrate "$name"
  fi
}

after_start() {
  local name=$1
  remember "$name" "$(restart_digest "$name") $(reload_digest "$name")"
  if [[ ${READY[$name]} == postgres ]]; then bootstrap_database; fi
}

# start_program NAME: from a stopped one, or from an old one of another configuration.
start_program() {
  local name=$1 verb=Iniciando
  [[ ${STATE_OF[$name]:-} == RUNNING ]] && verb=Reiniciando
  before_start "$name"
  step "$verb $name"
  # Takes over a changed section, and stops the old process with it; starts nothing by itself.
  [[ $SUPERVISOR_IS_NEW ]] || ctl update "$name" >/dev/null 2>&1 || true
  case $(state_of "$name") in
    STOPPED | EXITED | FATAL) ;;
    *) ctl stop "$name" >/dev/null 2>&1 || true ;;
  esac
  [[ ${RAN_BEFORE[$name]:-} ]] || STARTED+=("$name")
  # Until it is ready with the new one, it has no configuration that can be relied on.
  rm -f -- "$STATE_DIR/run/applied/$name"
  ctl start "$name" >/dev/null 2>&1 || fail_start "$name"
  wait_until_ready "$name" || fail_start "$name"
  after_start "$name"
}

# reload_program NAME: new configuration without a restart.
reload_program() {
  local name=$1
  step "Recargando $name"
  case ${RELOAD[$name]} in
    HUP) ctl signal HUP "$name" >/dev/null 2>&1 || fail "No se pudo recargar $name: probá con --restart $name." ;;
    /*)
      /usr/bin/curl -fsS --noproxy '*' --max-time 30 -X POST -o /dev/null \
        "http://127.0.0.1:${RENDERED_PORT[$name]}${RELOAD[$name]}" 2>/dev/null \
        || fail "$name no aceptó la configuración nueva: mirá $STATE_DIR/logs/supervisor/$name.log."
      ;;
  esac
  wait_until_ready "$name" || fail_start "$name"
  after_start "$name"
}

# needed_step NAME RESTARTED…: start, reload or nothing. What is named is restarted in any case.
needed_step() {
  local name=$1 old
  shift
  old=$(applied "$name")
  if [[ ${STATE_OF[$name]:-} != RUNNING || " $* " == *" $name "* || ${old%% *} != "$(restart_digest "$name")" ]]; then
    printf 'start\n'
  elif [[ ${old#* } != "$(reload_digest "$name")" ]]; then
    printf 'reload\n'
  fi
}

# Everything is looked at before the first program is touched: what would not come up again is left running.
check_what_changes() {
  local name
  for name in "${PROGRAMS[@]}"; do
    [[ -z $(needed_step "$name" "$@") ]] || check_configuration "$name"
  done
}

# touched_programs NAME…: those that `apply` would start again. What does not run yet has nothing to keep quiet about.
touched_programs() {
  local name
  for name in "${PROGRAMS[@]}"; do
    [[ ${STATE_OF[$name]:-} == RUNNING ]] || continue
    if [[ $(applied supervisord) != "$(head_digest)" || $(needed_step "$name" "$@") == start ]]; then
      printf '%s\n' "$name"
    fi
  done
}

# apply [NAME…]: what is named is restarted in any case.
apply() {
  local name
  local -a touched=()
  for name in "${PROGRAMS[@]}"; do
    [[ ${STATE_OF[$name]:-} != RUNNING ]] || RAN_BEFORE[$name]=1
  done
  check_what_changes "$@"
  mapfile -t touched < <(touched_programs "$@")
  silence_alerts "${touched[@]}"
  if supervisor_is_running && [[ $(applied supervisord) != "$(head_digest)" ]]; then
    step "La configuración del supervisor cambió: se reinicia todo"
    stop_supervisor
  fi
  IS_STARTING=1
  start_supervisor
  remember supervisord "$(head_digest)"
  read_states
  remove_undeclared_programs
  update_log_cleaner
  update_restart_counter
  for name in "${PROGRAMS[@]}"; do
    case $(needed_step "$name" "$@") in
      start) start_program "$name" ;;
      reload) reload_program "$name" ;;
      *)
        wait_until_ready "$name" || fail_start "$name"
        if [[ ${READY[$name]} == postgres ]]; then bootstrap_database; fi
        ;;
    esac
  done
  IS_STARTING=
}

# supervisord starts and repeats it by itself; nobody waits for it.
update_log_cleaner() {
  local digest
  digest=$(section log-cleaner | sha256sum | cut -d ' ' -f 1)
  [[ $(applied log-cleaner) == "$digest" ]] && return 0
  [[ $SUPERVISOR_IS_NEW ]] || ctl update log-cleaner >/dev/null 2>&1 || true
  remember log-cleaner "$digest"
}

# The same, and it is started again for a new executable.
update_restart_counter() {
  local digest
  digest=$({ section restart-counter; inputs_digest bin/observability; } | sha256sum | cut -d ' ' -f 1)
  [[ $(applied restart-counter) == "$digest" ]] && return 0
  if [[ ! $SUPERVISOR_IS_NEW ]]; then
    ctl update restart-counter >/dev/null 2>&1 || true
    ctl restart restart-counter >/dev/null 2>&1 || true
  fi
  remember restart-counter "$digest"
}

remove_undeclared_programs() {
  local name
  for name in "${!STATE_OF[@]}"; do
    is_program "$name" || [[ $name == log-cleaner || $name == restart-counter ]] || ctl update "$name" >/dev/null 2>&1 || true
  done
}
