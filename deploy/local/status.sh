# shellcheck shell=bash
# shellcheck disable=SC2004,SC2034,SC2153,SC2154 # globals are shared between the parts
# What the operator looks at: the table, the URLs, the logs.

# resident_mebibytes PID: of the process and its children.
resident_mebibytes() {
  ps -o rss= --pid "$1" --ppid "$1" 2>/dev/null | awk '{ sum += $1 } END { printf "%.0f MB", sum / 1024 }'
}

# show_status: the table; returns 1 where something that should run is not healthy.
show_status() {
  local name pid uptime memory health place broken=
  read_states
  printf '%-18s %-9s %8s %14s %8s  %-30s %s\n' PROCESO ESTADO PID DESDE RSS DIRECCIÓN SALUD
  for name in "${PROGRAMS[@]}"; do
    pid=- uptime=- memory=- health=-
    place=127.0.0.1:${RENDERED_PORT[$name]}
    [[ ${READY[$name]} == /* ]] && place=http://localhost:${RENDERED_PORT[$name]}
    if [[ ${DETAIL_OF[$name]:-} =~ ^pid\ ([0-9]+),\ uptime\ (.*)$ ]]; then
      pid=${BASH_REMATCH[1]} uptime=${BASH_REMATCH[2]}
      memory=$(resident_mebibytes "$pid")
    fi
    if [[ ${STATE_OF[$name]:-} == RUNNING ]] && is_ready "$name"; then
      health="${GREEN}sano$PLAIN"
    else
      health="${RED}no responde$PLAIN"
      broken=1
    fi
    printf '%-18s %-9s %8s %14s %8s  %-30s %s\n' "$name" "${STATE_OF[$name]:-DETENIDO}" "$pid" "$uptime" "$memory" "$place" "$health"
  done
  [[ -z $broken ]]
}

show_addresses() {
  local site=http://localhost:${RENDERED_PORT[nginx]}
  [[ ${RENDERED_PORT[nginx]} == 80 ]] && site=http://localhost
  printf '\n%sMiniMarket está en marcha.%s\n' "$BOLD" "$PLAIN"
  say "Sitio:          $site/"
  say "API Depósito:   $site/api/deposito/   (documentación: $site/api/deposito/docs)"
  say "Runbooks:       $site/runbooks/"
  say "Prometheus:     http://localhost:${RENDERED_PORT[prometheus]}/targets"
  say "Alertmanager:   http://localhost:${RENDERED_PORT[alertmanager]}/"
  say "Usuario admin:  clave inicial en $STATE_DIR/secrets/ADMIN_PASSWORD"
  say "Logs:           $STATE_DIR/logs"
}

# follow_logs [NAME]: until interrupted.
follow_logs() {
  local name=${1:-}
  local -a files=() recent=(-mmin -1440 ! -name '*.[0-9]' ! -name '*.gz')
  if [[ $name ]]; then
    require_program "$name"
    mapfile -t files < <(log_files "$name" "${recent[@]}" | sort)
  else
    mapfile -t files < <(find "$STATE_DIR/logs" -maxdepth 2 -type f "${recent[@]}" | sort)
  fi
  ((${#files[@]})) || fail "Todavía no hay logs de ${name:-ningún servicio} en $STATE_DIR/logs."
  exec tail -n 20 -F -- "${files[@]}" 2>/dev/null
}
