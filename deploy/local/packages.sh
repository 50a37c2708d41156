# shellcheck shell=bash
# shellcheck disable=SC2004,SC2034,SC2153,SC2154 # globals are shared between the parts
# What the local engine needs from Debian 12: a package and a file that proves that it is there.

readonly RUNTIME_PACKAGES=(
  'postgresql-15:/usr/lib/postgresql/15/bin/postgres'
  'redis-server:/usr/bin/redis-server'
  'prometheus:/usr/bin/prometheus'
  'prometheus-alertmanager:/usr/bin/prometheus-alertmanager'
  'nginx:/usr/sbin/nginx'
  'supervisor:/usr/bin/supervisord'
  'curl:/usr/bin/curl'
  'libargon2-1:/usr/lib/*/libargon2.so.1'
  'procps:/usr/bin/ps'
  'libsystemd0:/usr/lib/*/libsystemd.so.0'
  'libhiredis0.14:/usr/lib/*/libhiredis.so.0.14'
  'libsnappy1v5:/usr/lib/*/libsnappy.so.1'
  'libzstd1:/usr/lib/*/libzstd.so.1'
  'libcrypt1:/lib/*/libcrypt.so.1'
  'libyaml-0-2:/usr/lib/*/libyaml-0.so.2'
  'zlib1g:/usr/lib/*/libz.so.1'
)
readonly BUILD_PACKAGES=(
  'libpq-dev:/usr/include/postgresql/libpq-fe.h'
  'libargon2-dev:/usr/include/argon2.h'
  'libsystemd-dev:/usr/include/systemd/sd-journal.h'
  'libhiredis-dev:/usr/include/hiredis/hiredis.h'
  'libsnappy-dev:/usr/include/snappy-c.h'
  'libzstd-dev:/usr/include/zstd.h'
  'libcrypt-dev:/usr/include/crypt.h'
  'libyaml-dev:/usr/include/yaml.h'
  'zlib1g-dev:/usr/include/zlib.h'
  'pkg-config:/usr/bin/pkg-config'
  'git:/usr/bin/git'
)

# needed_packages: what this command line asks for; with --bin-dir nothing is compiled.
needed_packages() {
  printf '%s\n' "${RUNTIME_PACKAGES[@]}"
  [[ $BIN_DIR ]] || printf '%s\n' "${BUILD_PACKAGES[@]}"
}

is_present() { compgen -G "$1" >/dev/null; }

missing_packages() {
  local entry
  while IFS= read -r entry; do
    is_present "${entry#*:}" || printf '%s\n' "${entry%%:*}"
  done < <(needed_packages)
}

has_pip() { /usr/bin/python3 -m pip --version >/dev/null 2>&1; }

install_packages() {
  local -a missing=() as_root=()
  mapfile -t missing < <(missing_packages)
  ((${#missing[@]})) || return 0
  # Swagger UI comes from PyPI; without pip the platform comes up all the same, so it is only added to what is missing.
  has_pip || missing+=(python3-pip)
  command -v apt-get >/dev/null \
    || fail "Faltan ${missing[*]} y este sistema no tiene apt-get: el motor local es para Debian 12."
  if ! is_root; then
    if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [[ -t 0 ]]; }; then
      as_root=(sudo)
    else
      fail "Faltan paquetes y no hay permisos para instalarlos. Ejecutá como root: bash $ENGINE_DIRECTORY/install-packages.sh ${missing[*]} (es apt-get install --no-install-recommends ${missing[*]}, sin arrancar los servicios de esos paquetes)."
    fi
  fi
  step "Instalando de Debian: ${missing[*]}"
  "${as_root[@]}" bash "$ENGINE_DIRECTORY/install-packages.sh" "${missing[@]}" \
    || fail "No se pudieron instalar ${missing[*]}: revisá la salida de apt-get de más arriba y la conexión, y repetí el comando."
  mapfile -t missing < <(missing_packages)
  ((${#missing[@]} == 0)) || fail "apt-get terminó bien pero siguen faltando ${missing[*]}: el motor local es para Debian 12."
}
