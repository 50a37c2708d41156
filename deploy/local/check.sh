# shellcheck shell=bash
# shellcheck disable=SC2004,SC2034,SC2153,SC2154 # globals are shared between the parts
# --check: every prerequisite a line, green or red. Changes nothing.

CHECK_FAILED=

# check_that DESCRIPTION COMMAND…: the command's last line says what is wrong.
check_that() {
  local description=$1 output
  shift
  if output=$("$@" 2>&1); then
    green "$description"
    if [[ $output ]]; then printf '%s\n' "$output" | sed 's/^/  /'; fi
  else
    red "$description: $(printf '%s\n' "$output" | sed 's/^.*Error:[^ ]* //' | paste -sd ' ')"
    CHECK_FAILED=1
  fi
}

check_package() {
  is_present "${1#*:}" && return 0
  printf 'falta. Lo instala --up con permisos de root, o vos con sudo bash %s %s\n' "$ENGINE_DIRECTORY/install-packages.sh" "${1%%:*}"
  return 1
}

check_environment() {
  load_environment
  validate_environment
}

check_all_ports() {
  local variable text failed=
  read_programs
  read_states
  for variable in "${PORT_VARIABLES[@]}"; do
    # Port 80 has its fallback where nobody asked for it.
    [[ $variable == NGINX_HTTP_PORT && -z ${VALUE[$variable]:-} ]] && continue
    PORT[$variable]=$((10#$(configured_port "$variable")))
    text=$(port_problem "$variable")
    if [[ $text ]]; then
      printf '%s\n' "$text"
      failed=1
    fi
  done
  [[ -z $failed ]]
}

run_check() {
  local entry
  while IFS= read -r entry; do check_that "Paquete ${entry%%:*}" check_package "$entry"; done < <(needed_packages)
  if [[ $BIN_DIR ]]; then
    check_that "Ejecutables en $BIN_DIR" check_binaries
  else
    check_that "Swift $MINIMUM_SWIFT o posterior" check_swift
  fi
  check_that "Directorio de estado $STATE_DIR" check_state_directory
  check_that "Espacio en disco" check_disk
  [[ $BIN_DIR ]] || check_that "Espacio en disco para compilar" check_build_disk
  check_that "Configuración (.env.production y ambiente)" check_environment
  if (check_environment) >/dev/null 2>&1; then
    load_environment 2>/dev/null
    if is_present /usr/bin/python3; then check_that "Puertos libres" check_all_ports; fi
  fi
  [[ -z $CHECK_FAILED ]] || fail "Falta algo para desplegar: corregí lo que está en rojo."
  green "Todo listo para scripts/deploy.sh --up."
}
