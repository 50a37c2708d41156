#!/usr/bin/env bash
# The operator's front door. The local engine's parts are in deploy/local, a file each.
set -euo pipefail

CALLER_DIRECTORY=$PWD
REPOSITORY=$(cd -- "$(dirname -- "$(realpath -- "${BASH_SOURCE[0]}")")/.." && pwd)
ENGINE_DIRECTORY=$REPOSITORY/deploy/local
# cron's is shorter than what we need.
PATH=${PATH:-/usr/bin:/bin}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
readonly CALLER_DIRECTORY REPOSITORY ENGINE_DIRECTORY

VERB='' ARGUMENT='' ENGINE=local STATE_DIR='' BIN_DIR='' WITH_VOLUMES='' IS_CLOSED_CLONE=''
# Read by the parts.
export -n IS_CONFIRMED=''

for part in messages environment validation state packages ports build secrets assets render supervisor database redis silence start \
  status verbs check; do
  # shellcheck source=/dev/null
  source "$ENGINE_DIRECTORY/$part.sh"
done

show_help() {
  cat <<'HELP'
MiniMarket: despliegue.

Uso: scripts/deploy.sh VERBO [OPCIONES]

Verbos:
  --check              Revisa los requisitos, uno por línea; no cambia nada.
  --build              Compila los ejecutables en modo release.
  --up                 Instala lo que falte, compila, migra e inicia todo. Repetirlo no cambia nada.
  --status             Muestra los procesos y su salud; termina con 1 si algo no está sano.
  --logs [SERVICIO]    Sigue los logs, de todos o de uno.
  --restart [SERVICIO] Reinicia todo, o un servicio, con la configuración actual de .env.production.
  --down               Detiene todo y deja los datos. Con --volumes, además los borra (pregunta antes).
  --help               Esta ayuda.

Opciones:
  --engine local       El único motor de esta versión; no usa contenedores.
  --state-dir DIR      Datos, logs, configuración y secretos (por defecto .minimarket en el clon; como root en un
                       clon cerrado a los demás usuarios, /var/lib/minimarket).
  --bin-dir DIR        Toma los ejecutables ya compilados de DIR en lugar de compilar.
  --volumes            Con --down: borra el directorio de estado.
  --yes                Con --volumes: no pregunta.

La configuración se lee de .env.production; .env.production.template explica cada variable. El ambiente del proceso
gana al archivo. Dos copias corren en una máquina con otro --state-dir y otros puertos (NOMBRE_PORT).
HELP
}

set_verb() {
  [[ -z $VERB ]] || usage_error "$VERB y $1 no van juntos"
  VERB=$1
}

# set_option OPTION VALUE…
set_option() {
  [[ -n ${2:-} && $2 != --* ]] || usage_error "$1 necesita un valor"
  case $1 in
    --engine) ENGINE=$2 ;;
    --state-dir) STATE_DIR=$2 ;;
    --bin-dir) BIN_DIR=$2 ;;
  esac
}

parse_arguments() {
  while (($#)); do
    case $1 in
      --check | --build | --up | --status | --down | --help) set_verb "$1" ;;
      --logs | --restart)
        set_verb "$1"
        if [[ -n ${2:-} && $2 != --* ]]; then
          ARGUMENT=$2
          shift
        fi
        ;;
      --engine | --state-dir | --bin-dir)
        set_option "$@"
        shift
        ;;
      --engine=* | --state-dir=* | --bin-dir=*) set_option "${1%%=*}" "${1#*=}" ;;
      --volumes) WITH_VOLUMES=1 ;;
      --yes) export -n IS_CONFIRMED=1 ;;
      -h) set_verb --help ;;
      *) usage_error "No existe la opción $1" ;;
    esac
    shift
  done
  [[ $VERB ]] || usage_error "Falta el verbo, por ejemplo --up"
  [[ -z $WITH_VOLUMES || $VERB == --down ]] || usage_error "--volumes sólo va con --down"
}

check_engine() {
  case $ENGINE in
    local) ;;
    docker) fail "El motor docker todavía no es parte de esta versión (no hay archivos de compose): usá --engine local." ;;
    *) usage_error "No existe el motor $ENGINE" ;;
  esac
}

on_exit() {
  local code=$?
  trap - EXIT
  lift_silences
  undo_start
  if [[ -n ${STATE_DIR:-} && -d $STATE_DIR/run ]]; then
    find "$STATE_DIR/run" -maxdepth 1 -name 'assets.*' -type d -exec rm -rf {} + 2>/dev/null || true
  fi
  exit "$code"
}

# Everything that changes the state: packages, user, directories, lock.
open_state() {
  local message
  check_disk
  [[ $VERB == --restart ]] || check_build_disk
  if [[ $BIN_DIR ]] && ! message=$(check_binaries); then fail "$message"; fi
  install_packages
  ensure_service_user
  prepare_state_directory
  lock_state_directory
  if [[ $IS_CLOSED_CLONE ]]; then
    say "El clon está cerrado al usuario $SERVICE_USER: el estado queda en $STATE_DIR."
  fi
}

# deploy [NAME…]: ports, executables, secrets, configuration, processes.
deploy() {
  read_programs
  remove_stale_supervisor
  read_states
  choose_ports
  check_ports
  [[ $VERB == --restart && -z $BIN_DIR ]] || ensure_binaries
  ensure_secrets
  ensure_assets
  render_configuration
  ensure_database_addresses
  ensure_redis_users
  ensure_cluster
  apply "$@"
  lift_silences
}

run_up() {
  open_state
  deploy
  show_addresses
}

run_build() {
  open_state
  ensure_binaries
  green "Los ejecutables están en $STATE_DIR/bin. Con --restart empiezan a correr."
}

run_restart() {
  require_state
  read_programs
  [[ -z $ARGUMENT ]] || require_program "$ARGUMENT"
  supervisor_is_running || fail "No hay nada en marcha en $STATE_DIR: usá scripts/deploy.sh --up."
  open_state
  if [[ $ARGUMENT ]]; then deploy "$ARGUMENT"; else deploy "${PROGRAMS[@]}"; fi
  green "Reiniciado: ${ARGUMENT:-todo}."
}

main() {
  parse_arguments "$@"
  if [[ $VERB == --help ]]; then
    show_help
    return 0
  fi
  check_engine
  [[ -z $BIN_DIR ]] || BIN_DIR=$(cd -- "$CALLER_DIRECTORY" && realpath -m -- "$BIN_DIR")
  trap on_exit EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  resolve_state_directory
  if [[ $VERB == --check ]]; then
    run_check
    return 0
  fi
  case $VERB in
    --up | --build | --restart)
      load_environment
      validate_environment
      ;;
  esac
  check_state_directory
  case $VERB in
    --up) run_up ;;
    --build) run_build ;;
    --restart) run_restart ;;
    --status) run_status ;;
    --logs) run_logs ;;
    --down) run_down ;;
  esac
}

main "$@"
