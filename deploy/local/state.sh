# shellcheck shell=bash
# shellcheck disable=SC2004,SC2034,SC2153,SC2154 # globals are shared between the parts
# The state directory: where it is, whose it is, whether it can be used, what is in it.

readonly SERVICE_USER=minimarket
readonly CLOSED_CLONE_STATE=/var/lib/minimarket
# Above the users and below the containers' ranges.
readonly UNUSED_UID=61999
readonly MINIMUM_FREE_MEBIBYTES=500
readonly MINIMUM_BUILD_MEBIBYTES=3072
# sun_path holds 107 bytes; supervisord binds a name with its pid at the end first.
readonly LONGEST_SOCKET_DIRECTORY_BYTES=70

is_root() { ((EUID == 0)); }

# as_service COMMAND…: as the user that everything but supervisord runs as, in a directory that it can enter, with
# nothing of the operator's environment.
as_service() (
  cd "$STATE_DIR" || exit 1
  local clean=(env -i "PATH=$PATH" LANG=C.UTF-8 "HOME=$STATE_DIR")
  if is_root; then
    exec setpriv --reuid="$SERVICE_USER" --regid="$SERVICE_USER" --init-groups "${clean[@]}" "$@"
  fi
  exec "${clean[@]}" "$@"
)

# The directory itself, or the nearest parent that exists.
nearest_existing() {
  local path=$1
  while [[ ! -e $path ]]; do path=$(dirname -- "$path"); done
  printf '%s\n' "$path"
}

# Whether the service user can enter; where it does not exist yet, whether a user who owns nothing can.
is_open_to_service() {
  local user=$UNUSED_UID
  if getent passwd "$SERVICE_USER" >/dev/null; then user=$SERVICE_USER; fi
  setpriv --reuid="$user" --regid="$user" --clear-groups test -x "$(nearest_existing "$1")" 2>/dev/null
}

resolve_state_directory() {
  IS_DEFAULT_STATE=
  if [[ -z $STATE_DIR ]]; then
    IS_DEFAULT_STATE=1
    STATE_DIR=$REPOSITORY/.minimarket
    if is_root && ! is_open_to_service "$REPOSITORY"; then
      STATE_DIR=$CLOSED_CLONE_STATE
      IS_CLOSED_CLONE=1
    fi
  fi
  [[ $STATE_DIR == /* ]] || STATE_DIR=$CALLER_DIRECTORY/$STATE_DIR
  STATE_DIR=$(realpath -m -- "$STATE_DIR")
  [[ $STATE_DIR != *[[:space:]\"\'%\;\#\$\\\{\}\*\?,]* ]] \
    || fail "El directorio de estado $STATE_DIR tiene espacios u otros caracteres que no se admiten: elegí otro con --state-dir."
  [[ $STATE_DIR != / && $STATE_DIR != "$REPOSITORY" ]] || fail "$STATE_DIR no puede ser el directorio de estado: elegí uno vacío con --state-dir."
  SOCKET_DIR=$STATE_DIR/run
  if ((${#SOCKET_DIR} > LONGEST_SOCKET_DIRECTORY_BYTES)); then
    local name
    name=$(printf '%s' "$STATE_DIR" | sha256sum)
    SOCKET_DIR=/tmp/minimarket-$EUID-${name:0:12}
    if is_root; then SOCKET_DIR=/run/minimarket-${name:0:12}; fi
  fi
}

expected_state_version() {
  sed -n 's/.*stateVersion = \([0-9][0-9]*\).*/\1/p' "$REPOSITORY/Sources/Model/Topology/Platform.swift"
}

# Refuses what is not ours, without writing anything.
check_state_directory() {
  local version expected owner parent
  expected=$(expected_state_version)
  [[ $expected ]] || fail "No se encuentra la versión del estado en $REPOSITORY/Sources/Model/Topology/Platform.swift: el clon está incompleto."
  if [[ ! -e $STATE_DIR ]]; then
    parent=$(nearest_existing "$STATE_DIR")
    [[ -d $parent && -w $parent ]] \
      || fail "No se puede crear $STATE_DIR: el usuario $(id -un) no puede escribir en $parent. Elegí otro con --state-dir."
    if is_root && ! is_open_to_service "$parent"; then
      fail "El usuario $SERVICE_USER no puede entrar en $parent: elegí otro --state-dir, por ejemplo $CLOSED_CLONE_STATE."
    fi
    return 0
  fi
  [[ -d $STATE_DIR ]] || fail "$STATE_DIR no es un directorio: elegí otro con --state-dir."
  owner=$(stat -c %U -- "$STATE_DIR")
  [[ -O $STATE_DIR ]] || fail "$STATE_DIR es de $owner y este comando corre como $(id -un): ejecutalo como $owner, o elegí otro --state-dir."
  if is_root && ! is_open_to_service "$STATE_DIR"; then
    fail "El usuario $SERVICE_USER no puede entrar en $STATE_DIR: abrí los directorios que lo contienen con chmod a+x, o elegí otro --state-dir."
  fi
  [[ -r $STATE_DIR && -w $STATE_DIR && -x $STATE_DIR ]] || fail "No se puede escribir en $STATE_DIR: revisá sus permisos o elegí otro --state-dir."
  if [[ ! -e $STATE_DIR/VERSION ]]; then
    [[ -z $(ls -A -- "$STATE_DIR") ]] \
      || fail "$STATE_DIR no está vacío y no es un estado de MiniMarket: elegí otro con --state-dir."
    return 0
  fi
  version=$(<"$STATE_DIR/VERSION")
  [[ $version == "$expected" ]] \
    || fail "$STATE_DIR es de la versión $version y este clon usa la $expected: elegí otro --state-dir, o volvé al clon con el que se creó."
}

free_mebibytes() { df --output=avail -BM -- "$1" | tail -n 1 | tr -dc '0-9'; }

check_disk() {
  local place free
  place=$(nearest_existing "$STATE_DIR")
  free=$(free_mebibytes "$place")
  ((free >= MINIMUM_FREE_MEBIBYTES)) \
    || fail "Quedan $free MB libres en el disco de $place y hacen falta $MINIMUM_FREE_MEBIBYTES: liberá espacio o elegí otro --state-dir."
}

# Where something has to be compiled: in the clone, which may be on another disk.
check_build_disk() {
  local free
  if [[ $BIN_DIR ]] || build_is_current; then return 0; fi
  free=$(free_mebibytes "$REPOSITORY")
  ((free >= MINIMUM_BUILD_MEBIBYTES)) \
    || fail "Quedan $free MB libres en el disco del clon, $REPOSITORY, y compilar necesita $MINIMUM_BUILD_MEBIBYTES: liberá espacio, o usá --bin-dir con los ejecutables ya compilados."
}

state_exists() { [[ -e $STATE_DIR/VERSION ]]; }

require_state() {
  state_exists || fail "No hay nada desplegado en $STATE_DIR: usá scripts/deploy.sh --up."
}

ensure_service_user() {
  is_root || return 0
  if getent passwd "$SERVICE_USER" >/dev/null; then return 0; fi
  # Two stacks may be doing this at once.
  useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin "$SERVICE_USER" \
    || getent passwd "$SERVICE_USER" >/dev/null \
    || fail "No se pudo crear el usuario $SERVICE_USER: crealo con useradd --system --user-group $SERVICE_USER."
}

# make_directory MODE OWNER PATH: OWNER is `ours` (root's when we are root) or `service`.
make_directory() {
  local mode=$1 owner=$2 path=$3
  mkdir -p -- "$path" || fail "No se pudo crear $path: revisá los permisos y el espacio en disco."
  if is_root; then
    local user=root
    [[ $owner == service ]] && user=$SERVICE_USER
    chown -- "$user:$SERVICE_USER" "$path"
  fi
  chmod "$mode" -- "$path"
}

# As root, the service user writes below data/ and textfile/ and adds files to logs/, and nowhere else: what root executes, reads as
# configuration or writes to is out of its reach.
prepare_state_directory() {
  local name open=0700
  is_root && open=0750
  umask 027
  make_directory 0755 ours "$STATE_DIR"
  make_directory 0755 ours "$STATE_DIR/bin"
  make_directory 0755 ours "$STATE_DIR/run"
  make_directory 0755 ours "$STATE_DIR/assets"
  make_directory "$open" ours "$STATE_DIR/config"
  make_directory "$open" ours "$STATE_DIR/secrets"
  make_directory 1770 ours "$STATE_DIR/logs"
  make_directory 0750 ours "$STATE_DIR/logs/supervisor"
  make_directory 0750 ours "$STATE_DIR/run/applied"
  make_directory 0755 ours "$STATE_DIR/data"
  for name in redis nginx prometheus alertmanager; do make_directory 0700 service "$STATE_DIR/data/$name"; done
  make_directory 0755 service "$STATE_DIR/textfile"
  make_socket_directory
  make_directory 0700 service "$SOCKET_DIR/postgres"
  state_exists || expected_state_version >"$STATE_DIR/VERSION"
  chmod 0644 "$STATE_DIR/VERSION"
  link_logs
}

# In a directory that everybody writes to: ours by the kernel's word, or not used. mkdir follows no link, and what is
# ours there nobody else can take away.
make_socket_directory() {
  [[ $SOCKET_DIR == "$STATE_DIR"/* ]] && return 0
  mkdir -m 0755 -- "$SOCKET_DIR" 2>/dev/null || true
  [[ $(stat -c '%F %u %a' -- "$SOCKET_DIR" 2>/dev/null) == "directory $EUID 755" ]] \
    || fail "$SOCKET_DIR, para los sockets, no es un directorio propio con modo 755: borralo, o elegí un --state-dir con una ruta más corta."
  if is_root; then chown -- "root:$SERVICE_USER" "$SOCKET_DIR"; fi
}

link_logs() {
  [[ $IS_DEFAULT_STATE && -w $REPOSITORY ]] || return 0
  if [[ -e $REPOSITORY/logs && ! -L $REPOSITORY/logs ]]; then
    warn "$REPOSITORY/logs no es un enlace y se deja como está: los logs están en $STATE_DIR/logs."
    return 0
  fi
  ln -sfn -- "$STATE_DIR/logs" "$REPOSITORY/logs"
}

# One deployment at a time. The descriptor is closed for what outlives us.
lock_state_directory() {
  exec 9>"$STATE_DIR/run/lock"
  flock -n 9 || fail "Otro deploy.sh está trabajando sobre $STATE_DIR: esperá a que termine y repetí el comando."
}
