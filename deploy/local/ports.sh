# shellcheck shell=bash
# shellcheck disable=SC2004,SC2034,SC2153,SC2154 # globals are shared between the parts
# Which port each process takes, and whether somebody else has it.

readonly FIRST_FALLBACK_PORT=8088
readonly LAST_FALLBACK_PORT=8187
readonly REMEMBERED_PORT=run/NGINX_HTTP_PORT
declare -A PORT=()

configured_port() { printf '%s' "${VALUE[$1]:-${DEFAULT_PORT[$1]}}"; }

# bind_error ADDRESS PORT: EADDRINUSE, EACCES, … or nothing where the port can be taken. It asks the kernel by taking it.
bind_error() {
  /usr/bin/python3 - "$1" "$2" <<'PYTHON'
import errno, socket, sys
with socket.socket() as s:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        s.bind((sys.argv[1], int(sys.argv[2])))
        s.listen(1)
    except OSError as error:
        print(errno.errorcode.get(error.errno, error.errno))
PYTHON
}

listening_address() {
  case $1 in
    NGINX_HTTP_PORT) printf '0.0.0.0' ;;
    # Whoever reaches Prometheus' lifecycle API can stop it.
    POSTGRES_PORT | REDIS_PORT | PROMETHEUS_PORT | ALERTMANAGER_PORT) printf '127.0.0.1' ;;
    *) printf '%s' "${VALUE[BIND_ADDRESS]:-127.0.0.1}" ;;
  esac
}

# " (nginx, pid 12)" where ss may see it.
port_holder() {
  local line
  line=$(ss -Hltnp "sport = :$1" 2>/dev/null | head -n 1) || true
  if [[ $line =~ \(\(\"([^\"]+)\",pid=([0-9]+) ]]; then
    printf ' (%s, pid %s)' "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"
  fi
}

# Whether our own running process holds this port.
is_ours() {
  local name=${PORT_OWNER[$1]}
  [[ ${STATE_OF[$name]:-} =~ ^(RUNNING|STARTING)$ && ${RENDERED_PORT[$name]:-} == "$2" ]]
}

# Port 80 unless it cannot be had: then the next free one from 8088, and the same one the next time.
choose_nginx_port() {
  local variable=NGINX_HTTP_PORT port=${DEFAULT_PORT[NGINX_HTTP_PORT]} remembered
  if [[ ${VALUE[$variable]:-} ]]; then
    PORT[$variable]=$((10#${VALUE[$variable]}))
    rm -f -- "$STATE_DIR/$REMEMBERED_PORT"
    return 0
  fi
  remembered=$(cat -- "$STATE_DIR/$REMEMBERED_PORT" 2>/dev/null || true)
  for port in $remembered "$port" $(seq "$FIRST_FALLBACK_PORT" "$LAST_FALLBACK_PORT"); do
    [[ " ${PORT[*]} " == *" $port "* ]] && continue
    if is_ours "$variable" "$port" || [[ -z $(bind_error 0.0.0.0 "$port") ]]; then
      PORT[$variable]=$port
      if [[ $port != "${DEFAULT_PORT[$variable]}" ]]; then
        [[ $port == "$remembered" ]] || say "El puerto 80 no está disponible para nginx: usa el $port."
        printf '%s\n' "$port" >"$STATE_DIR/$REMEMBERED_PORT"
      fi
      return 0
    fi
  done
  fail "No hay un puerto libre para nginx, ni el 80 ni de $FIRST_FALLBACK_PORT a $LAST_FALLBACK_PORT: definí NGINX_HTTP_PORT."
}

# choose_ports: fills PORT with what is configured.
choose_ports() {
  local variable
  for variable in "${PORT_VARIABLES[@]}"; do
    [[ $variable == NGINX_HTTP_PORT ]] || PORT[$variable]=$((10#$(configured_port "$variable")))
  done
  choose_nginx_port
  if [[ -z ${VALUE[PUBLIC_URL]:-} && ${PORT[NGINX_HTTP_PORT]} != 80 ]]; then
    VALUE[PUBLIC_URL]=http://localhost:${PORT[NGINX_HTTP_PORT]}
  fi
}

# port_problem VARIABLE: one line, or nothing.
port_problem() {
  local variable=$1 port=${PORT[$1]} reason
  if [[ $variable == POSTGRES_PORT ]] && is_external_database; then return 0; fi
  if [[ $variable == REDIS_PORT ]] && is_external_redis; then return 0; fi
  is_ours "$variable" "$port" && return 0
  reason=$(bind_error "$(listening_address "$variable")" "$port")
  case $reason in
    '') ;;
    EADDRINUSE) printf 'El puerto %s de %s está ocupado%s: liberalo, o elegí otro con %s.\n' \
      "$port" "${PORT_OWNER[$variable]}" "$(port_holder "$port")" "$variable" ;;
    EACCES) printf 'El usuario %s no puede usar el puerto %s de %s: elegí uno desde 1024 con %s.\n' \
      "$(id -un)" "$port" "${PORT_OWNER[$variable]}" "$variable" ;;
    *) printf 'No se puede usar el puerto %s de %s (%s): elegí otro con %s.\n' \
      "$port" "${PORT_OWNER[$variable]}" "$reason" "$variable" ;;
  esac
}

check_ports() {
  local variable text
  for variable in "${PORT_VARIABLES[@]}"; do
    text=$(port_problem "$variable")
    [[ -z $text ]] || fail "$text"
  done
}
