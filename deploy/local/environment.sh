# shellcheck shell=bash
# shellcheck disable=SC2004,SC2034,SC2153,SC2154 # globals are shared between the parts
# The configuration: .env.production read as data (never executed), the process environment over it.
# Names, secrets and ports come from .env.production.template, which is generated from Topology.

declare -A VALUE=() IS_KNOWN=() IS_SECRET=() DEFAULT_PORT=() PORT_OWNER=()
declare -a VARIABLES=() PORT_VARIABLES=()

# The template: "# (secreto) …" marks the next variable, "#X_PORT=1  # process" declares a port.
read_template() {
  local template=$REPOSITORY/.env.production.template line secret='' name
  [[ -r $template ]] || fail "Falta $template: el clon está incompleto, probá con git checkout -- .env.production.template."
  while IFS= read -r line; do
    if [[ $line =~ ^'# (secreto) ' ]]; then
      secret=1
    elif [[ $line =~ ^#?([A-Z][A-Z0-9_]*_PORT)=([0-9]+)' '+'# '(.+)$ ]]; then
      name=${BASH_REMATCH[1]}
      PORT_VARIABLES+=("$name")
      DEFAULT_PORT[$name]=${BASH_REMATCH[2]}
      PORT_OWNER[$name]=${BASH_REMATCH[3]}
      VARIABLES+=("$name")
      IS_KNOWN[$name]=1
    elif [[ $line =~ ^#?([A-Z][A-Z0-9_]*)= ]]; then
      name=${BASH_REMATCH[1]}
      VARIABLES+=("$name")
      IS_KNOWN[$name]=1
      if [[ $secret ]]; then
        IS_SECRET[$name]=1
        IS_KNOWN[${name}_FILE]=1
      fi
      secret=''
    fi
  done <"$template"
}

# unquote TEXT: sets UNQUOTED, or returns 1 where quotes do not match.
unquote() {
  local text=$1
  case $text in
    \"*) [[ $text =~ ^\"([^\"]*)\"[[:space:]]*(#.*)?$ ]] || return 1 ;;
    \'*) [[ $text =~ ^\'([^\']*)\'[[:space:]]*(#.*)?$ ]] || return 1 ;;
    *)
      text=${text%%[[:space:]]#*}
      [[ $text == '#'* ]] && text=''
      UNQUOTED=${text%"${text##*[![:space:]]}"}
      return 0
      ;;
  esac
  UNQUOTED=${BASH_REMATCH[1]}
}

# Lines are not repeated in messages: they may carry secrets.
read_environment_file() {
  local file=$1 line name number=0
  [[ -e $file ]] || return 0
  [[ -f $file && -r $file ]] || fail "No se puede leer $file: revisá su dueño y sus permisos."
  while IFS= read -r line || [[ $line ]]; do
    number=$((number + 1))
    line=${line%$'\r'}
    line=${line#"${line%%[![:space:]]*}"}
    [[ -z $line || $line == '#'* ]] && continue
    [[ $line =~ ^(export[[:space:]]+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)$ ]] \
      || fail "$file, línea $number: no tiene la forma NOMBRE=valor. Corregila o borrala."
    name=${BASH_REMATCH[2]}
    unquote "${BASH_REMATCH[3]}" || fail "$file, línea $number: las comillas de $name no cierran. Corregila."
    if [[ -z ${IS_KNOWN[$name]:-} ]]; then
      warn "$file, línea $number: $name no es una variable de MiniMarket y se ignora. Las que hay están en .env.production.template."
      continue
    fi
    VALUE[$name]=$UNQUOTED
  done <"$file"
}

# take_from_process NAME: the process environment wins, and children do not inherit it.
take_from_process() {
  local name=$1 pair=$2
  [[ -n ${!name:-} ]] || return 0
  VALUE[$name]=${!name}
  # The other spelling of the same secret, from the file, is overruled as well.
  [[ -n ${!pair:-} ]] || unset "VALUE[$pair]"
}

# A secret from the file that NAME_FILE names.
resolve_secret_file() {
  local name=$1 path=${VALUE[${1}_FILE]:-}
  [[ $path ]] || return 0
  [[ -z ${VALUE[$name]:-} ]] || fail "$name y ${name}_FILE están definidas a la vez: dejá una sola."
  [[ -f $path && -r $path ]] || fail "${name}_FILE=$path no se puede leer: revisá que el archivo exista y sus permisos."
  VALUE[$name]=$(<"$path")
  [[ ${VALUE[$name]} ]] || fail "${name}_FILE=$path está vacío: escribí el secreto en ese archivo."
}

load_environment() {
  local name
  read_template
  read_environment_file "$REPOSITORY/.env.production"
  for name in "${VARIABLES[@]}"; do
    take_from_process "$name" "${name}_FILE"
    [[ ${IS_SECRET[$name]:-} ]] && take_from_process "${name}_FILE" "$name"
  done
  for name in "${VARIABLES[@]}"; do
    unset "$name" "${name}_FILE"
    [[ ${IS_SECRET[$name]:-} ]] && resolve_secret_file "$name"
  done
  local level=${VALUE[LOG_LEVEL]:-}
  VALUE[LOG_LEVEL]=${level,,}
}

is_external_database() { [[ -n ${VALUE[DATABASE_URL]:-} ]]; }
is_external_redis() { [[ -n ${VALUE[REDIS_URL]:-} ]]; }
