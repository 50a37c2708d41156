# shellcheck shell=bash
# shellcheck disable=SC2004,SC2034,SC2153,SC2154 # globals are shared between the parts
# Values that cannot work, each as one line. Secrets are not repeated.

declare -a PROBLEMS=()

problem() { PROBLEMS+=("$*"); }

is_number_between() { [[ $1 =~ ^[0-9]{1,5}$ ]] && ((10#$1 >= $2 && 10#$1 <= $3)); }

validate_ports() {
  local name value other
  local -A owner=()
  for name in "${PORT_VARIABLES[@]}"; do
    value=$(configured_port "$name")
    if ! is_number_between "$value" 1 65535; then
      problem "$name=$value no es un puerto: tiene que ser un número de 1 a 65535."
      continue
    fi
    other=${owner[$value]:-}
    if [[ $other ]]; then
      problem "$name y $other tienen el mismo puerto, $value: cambiá uno de los dos."
    fi
    owner[$value]=$name
  done
}

validate_database_urls() {
  local name url='^postgres(ql)?://[^@/[:space:]]+@[^@/[:space:]]+/[^/?[:space:]]+([?][^[:space:]]*)?$'
  for name in DATABASE_URL MIGRATION_DATABASE_URL; do
    [[ -z ${VALUE[$name]:-} || ${VALUE[$name]} =~ $url ]] \
      || problem "$name no tiene la forma postgresql://usuario:clave@host:5432/base. Corregila."
  done
  if is_external_database && [[ -z ${VALUE[MIGRATION_DATABASE_URL]:-} ]]; then
    problem "DATABASE_URL está definida y MIGRATION_DATABASE_URL no: definila con el rol dueño del esquema, o quitá DATABASE_URL para usar la base embebida."
  fi
  if ! is_external_database && [[ -n ${VALUE[MIGRATION_DATABASE_URL]:-} ]]; then
    problem "MIGRATION_DATABASE_URL está definida sin DATABASE_URL: definí las dos o ninguna."
  fi
}

# As the exporter reads it: Drivers/Redis' RedisURL. A user and a password cannot carry what ends them.
validate_redis_url() {
  local server='^(rediss?|valkeys?)://([^@/?#[:space:]]*@)?[^@/?#[:space:]]+(/[0-9]*)?([?][^[:space:]]*)?$'
  local socket='^unix://([^@/?#[:space:]]*@)?/[^@?#[:space:]]+([?][^[:space:]]*)?$'
  [[ -z ${VALUE[REDIS_URL]:-} || ${VALUE[REDIS_URL]} =~ $server || ${VALUE[REDIS_URL]} =~ $socket ]] \
    || problem "REDIS_URL no tiene la forma redis://[usuario:clave@]host:6379/0, rediss://… ni unix:///ruta. Corregila; @ : / ? # y % en la clave se escriben %40 %3A %2F %3F %23 %25."
}

validate_addresses() {
  local name web='^https?://[^[:space:]/]+[^[:space:]]*$'
  for name in PUBLIC_URL GRAFANA_URL PROMETHEUS_URL ALERTMANAGER_URL SLACK_WEBHOOK_URL PAGE_WEBHOOK_URL HEARTBEAT_URL REMOTE_WRITE_URL; do
    [[ -z ${VALUE[$name]:-} || ${VALUE[$name]} =~ $web ]] \
      || problem "$name no es una dirección http:// o https://. Corregila."
  done
  case ${VALUE[BIND_ADDRESS]:-127.0.0.1} in
    127.0.0.1 | 0.0.0.0) ;;
    *) problem "BIND_ADDRESS=${VALUE[BIND_ADDRESS]} no vale para el motor local: usá 127.0.0.1 o 0.0.0.0." ;;
  esac
}

# As the service reads them: separated by commas, spaces around them left out.
validate_origins() {
  local origin form='^[a-z][a-z0-9+.-]*://(\[[0-9A-Fa-f:.]+\]|[^]/:?@*[[:space:]]+)(:[0-9]{1,5})?$'
  local -a origins=()
  has_forbidden_characters "${VALUE[CORS_ORIGINS]:-}" && return 0
  IFS=, read -r -a origins <<<"${VALUE[CORS_ORIGINS]:-}"
  for origin in "${origins[@]}"; do
    origin=${origin#"${origin%%[! ]*}"}
    origin=${origin%"${origin##*[! ]}"}
    [[ -z $origin || $origin =~ $form ]] \
      || problem "CORS_ORIGINS tiene $origin, que no es un origen: escribí esquema://host[:puerto], sin barra final y sin *."
  done
}

validate_secrets() {
  local name LC_ALL=C
  if [[ -n ${VALUE[JWT_SECRET_KEY]:-} ]] && ((${#VALUE[JWT_SECRET_KEY]} < 32)); then
    problem "JWT_SECRET_KEY tiene ${#VALUE[JWT_SECRET_KEY]} bytes y hacen falta 32 o más: generá una con openssl rand -hex 32, o dejala vacía y --up genera una."
  fi
  if [[ -n ${VALUE[JWT_SECRET_KEY_PREVIOUS]:-} ]] && ((${#VALUE[JWT_SECRET_KEY_PREVIOUS]} < 32)); then
    problem "JWT_SECRET_KEY_PREVIOUS tiene ${#VALUE[JWT_SECRET_KEY_PREVIOUS]} bytes y hacen falta 32 o más: corregila, o dejala vacía."
  fi
  for name in "${!IS_SECRET[@]}"; do
    [[ ${VALUE[$name]:-} != *[[:cntrl:]]* ]] || problem "$name tiene un salto de línea u otro carácter de control: quitalo."
  done
}

has_forbidden_characters() { [[ $1 == *[[:cntrl:]\"\'\;\#]* ]]; }

# Values that go into supervisord's configuration, which knows no escapes.
validate_plain_text() {
  local name
  for name in "${VARIABLES[@]}"; do
    [[ ${IS_SECRET[$name]:-} ]] && continue
    if has_forbidden_characters "${VALUE[$name]:-}"; then
      problem "$name tiene comillas, ; o #, que no se admiten: quitalos."
    fi
  done
}

validate_environment() {
  local level=${VALUE[LOG_LEVEL]:-info} name
  validate_ports
  case $level in
    trace | debug | info | notice | warning | error | critical) ;;
    *) problem "LOG_LEVEL=$level no existe: usá trace, debug, info, notice, warning, error o critical." ;;
  esac
  # The service's own limits: ServiceKit's TokenConfiguration.
  is_number_between "${VALUE[JWT_EXPIRY_HOURS]:-8}" 1 720 \
    || problem "JWT_EXPIRY_HOURS=${VALUE[JWT_EXPIRY_HOURS]} no vale: tiene que ser un número de horas, de 1 a 720."
  for name in LOG_DIRECTORY ASSETS_DIRECTORY; do
    [[ -z ${VALUE[$name]:-} || ${VALUE[$name]} == /* ]] || problem "$name=${VALUE[$name]} no es una ruta absoluta. Corregila."
  done
  validate_secrets
  validate_database_urls
  validate_redis_url
  validate_addresses
  validate_origins
  validate_plain_text
  ((${#PROBLEMS[@]} == 0)) && return 0
  for name in "${PROBLEMS[@]}"; do error "$name"; done
  exit 1
}
