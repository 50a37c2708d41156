# shellcheck shell=bash
# shellcheck disable=SC2004,SC2034,SC2153,SC2154 # globals are shared between the parts
# Executables: built from the clone, or taken from --bin-dir; either way copied into <state>/bin, each whole or not at
# all, since the clone may be closed to the service user.

readonly MINIMUM_SWIFT=6.3

# Package.swift is the list of products.
products() { sed -n 's/^ *\.executable(name: "\([^"]*\)".*/\1/p' "$REPOSITORY/Package.swift"; }

find_swift() {
  local candidate
  for candidate in "$(command -v swift || true)" /opt/swift/usr/bin/swift /usr/share/swift/usr/bin/swift \
    "${HOME:-/nonexistent}/.local/share/swiftly/bin/swift"; do
    if [[ -n $candidate && -x $candidate ]]; then
      printf '%s\n' "$candidate"
      return 0
    fi
  done
  return 1
}

# check_swift: sets SWIFT, or prints what is wrong and returns 1.
check_swift() {
  local version
  if ! SWIFT=$(find_swift); then
    printf 'No está Swift %s o posterior: instalalo desde https://swift.org/install, o usá --bin-dir con los ejecutables ya compilados.\n' "$MINIMUM_SWIFT"
    return 1
  fi
  version=$("$SWIFT" --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' | head -n 1)
  if [[ -z $version || $(printf '%s\n%s\n' "$MINIMUM_SWIFT" "$version" | sort -V | head -n 1) != "$MINIMUM_SWIFT" ]]; then
    printf '%s es Swift %s y hace falta %s o posterior: actualizalo desde https://swift.org/install.\n' "$SWIFT" "${version:-desconocido}" "$MINIMUM_SWIFT"
    return 1
  fi
}

# Names, sizes and times of everything that a build reads: milliseconds, where swift build itself takes seconds.
source_fingerprint() {
  (
    cd "$REPOSITORY" || exit 1
    find Package.swift Package.resolved Sources -type f -printf '%p %s %T@\n' 2>/dev/null | LC_ALL=C sort
    printf '%s\n' "${SWIFT:-$(find_swift || true)}"
  ) | sha256sum | cut -d ' ' -f 1
}

build_is_current() {
  local product
  [[ -r $STATE_DIR/bin/FINGERPRINT && $(<"$STATE_DIR/bin/FINGERPRINT") == "$(source_fingerprint)" ]] || return 1
  for product in $(products); do [[ -x $STATE_DIR/bin/$product ]] || return 1; done
}

build_products() {
  local product message log=$STATE_DIR/logs/supervisor/build.log fingerprint
  if ! message=$(check_swift); then fail "$message"; fi
  SWIFT=$(find_swift)
  fingerprint=$(source_fingerprint)
  : >"$log"
  for product in $(products); do
    step "Compilando $product (la primera vez tarda varios minutos)"
    "$SWIFT" build --package-path "$REPOSITORY" --scratch-path "$REPOSITORY/.build" -c release \
      --static-swift-stdlib --product "$product" 9>&- 2>&1 | tee -a "$log" \
      || fail "No se pudo compilar $product: corregí el error de más arriba (queda en $log) y repetí el comando."
  done
  install_binaries "$("$SWIFT" build --package-path "$REPOSITORY" --scratch-path "$REPOSITORY/.build" -c release --show-bin-path)"
  printf '%s\n' "$fingerprint" >"$STATE_DIR/bin/FINGERPRINT"
}

revision() {
  git -c "safe.directory=$REPOSITORY" -C "$REPOSITORY" describe --always --dirty --abbrev=12 2>/dev/null || printf 'unknown\n'
}

# install_binaries DIRECTORY: copies what differs. Same size and time means the same file, since copies keep the time.
install_binaries() {
  local directory=$1 product source target changed=
  for product in $(products); do
    source=$directory/$product
    target=$STATE_DIR/bin/$product
    if [[ -e $target && $(stat -L -c '%s %Y' -- "$source") == "$(stat -c '%s %Y' -- "$target")" ]]; then continue; fi
    cp --preserve=timestamps -- "$source" "$target.new" || fail "No se pudo copiar $source a $STATE_DIR/bin: revisá los permisos y el espacio en disco."
    chmod 0755 "$target.new"
    as_service timeout 10 "$target.new" --version >/dev/null 2>&1 \
      || fail "$source no se puede ejecutar en esta máquina con el usuario de los servicios: compilalo acá con --build."
    mv -f -- "$target.new" "$target"
    changed=1
  done
  [[ -z $changed && -e $STATE_DIR/bin/REVISION ]] || revision >"$STATE_DIR/bin/REVISION"
}

# check_binaries: of --bin-dir; prints what is missing and returns 1.
check_binaries() {
  local product
  for product in $(products); do
    [[ -f $BIN_DIR/$product && -x $BIN_DIR/$product ]] && continue
    printf 'Falta el ejecutable %s: compilalo, o corregí --bin-dir.\n' "$BIN_DIR/$product"
    return 1
  done
}

# What supervisord starts its programs through: from the state directory, since the clone may move or go.
install_script() {
  local target=$STATE_DIR/bin/$1
  cmp -s -- "$REPOSITORY/deploy/local/$1" "$target" && return 0
  cp -- "$REPOSITORY/deploy/local/$1" "$target.new" || fail "No se pudo escribir $target: revisá los permisos y el espacio en disco."
  chmod 0644 "$target.new"
  mv -f -- "$target.new" "$target"
}

ensure_binaries() {
  install_script enter-group.sh
  if [[ $BIN_DIR ]]; then
    rm -f -- "$STATE_DIR/bin/FINGERPRINT"
    install_binaries "$BIN_DIR"
  elif ! build_is_current; then
    build_products
  fi
}
