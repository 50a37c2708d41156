# shellcheck shell=bash
# shellcheck disable=SC2004,SC2034,SC2153,SC2154 # globals are shared between the parts
# Swagger UI's static files, from a pinned package on PyPI: served by us, not committed. A luxury: without them the
# platform runs.

# Swagger UI 5.33.1; older lines (swagger-ui-bundle's 4.15) cannot show OpenAPI 3.1.
readonly SWAGGER_UI='drf-spectacular-sidecar==2026.10.1 --hash=sha256:fe1d005d8ac9b5d0472f2fe5deeb2e7d6dcffaa24118044f22578b4b8c4b31f2'
readonly SWAGGER_FILES=(swagger-ui.css swagger-ui-bundle.js)

assets_are_present() {
  local name
  for name in "${SWAGGER_FILES[@]}"; do [[ -s $STATE_DIR/assets/swagger-ui/$name ]] || return 1; done
}

# Into TEMPORARY/swagger-ui; everything it says goes to the log.
fetch_assets() {
  local temporary=$1
  printf '%s\n' "$SWAGGER_UI" >"$temporary/requirements.txt"
  timeout 120 /usr/bin/python3 -m pip download --no-deps --require-hashes --only-binary :all: --no-cache-dir --retries 1 \
    --timeout 10 --disable-pip-version-check -r "$temporary/requirements.txt" -d "$temporary" || return 1
  /usr/bin/python3 - "$temporary" "${SWAGGER_FILES[@]}" <<'PYTHON'
import glob, os, sys, zipfile
temporary, names = sys.argv[1], sys.argv[2:]
os.mkdir(f"{temporary}/swagger-ui", 0o755)
with zipfile.ZipFile(glob.glob(f"{temporary}/*.whl")[0]) as wheel:
    for name in names:
        entry, = (e for e in wheel.namelist() if e.endswith(f"/swagger-ui-dist/{name}"))
        with open(f"{temporary}/swagger-ui/{name}", "wb") as file:
            file.write(wheel.read(entry))
PYTHON
}

# Where it failed, it is tried again an hour later, not at each --up.
ensure_assets() {
  local temporary log=$STATE_DIR/logs/supervisor/assets.log failed=$STATE_DIR/run/assets-failed
  assets_are_present && return 0
  if [[ -n $(find "$failed" -mmin -60 2>/dev/null) ]]; then return 0; fi
  step "Bajando Swagger UI para /docs"
  temporary=$(mktemp -d "$STATE_DIR/run/assets.XXXXXX")
  if fetch_assets "$temporary" >"$log" 2>&1; then
    rm -rf -- "$STATE_DIR/assets/swagger-ui"
    mv -- "$temporary/swagger-ui" "$STATE_DIR/assets/swagger-ui"
    chmod -R u=rwX,go=rX "$STATE_DIR/assets/swagger-ui"
    rm -f -- "$failed"
  else
    touch "$failed"
    warn "No se pudo bajar Swagger UI: /docs va a decir que faltan sus archivos. El motivo está en $log; --up lo intenta otra vez dentro de una hora."
  fi
  rm -rf -- "$temporary"
}
