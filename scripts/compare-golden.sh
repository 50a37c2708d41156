#!/usr/bin/env bash
# Compara nuestro node-exporter con la salida de referencia de node_exporter, serie por serie.
#
#   scripts/compare-golden.sh EJECUTABLE FUENTES
#
#   EJECUTABLE   nuestro node-exporter
#   FUENTES      el directorio del código de node_exporter, como lo trae su tarball de GitHub; no se escribe en él
#
# Corre EJECUTABLE sobre los archivos de prueba de FUENTES, con las opciones de su end-to-end-test.sh, e informa cuántas
# series tienen igual nombre, etiquetas y valor. Tarda cerca de un minuto: desempaquetar los archivos es lento.
# Termina con 1 si alguna falta, sobra o difiere, o si son menos de 2.000.
set -euo pipefail

readonly MINIMUM_EQUAL=2000 START_SECONDS=20 SCRAPE_SECONDS=30

show_help() { sed -n '2,11s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; }

fail() {
  printf 'Error: %s\n' "$*" >&2
  exit 1
}

wrong() {
  printf '%s: mirá scripts/compare-golden.sh --help\n' "$*" >&2
  exit 2
}

# block NAME: the lines that upstream's script gives the variable, without the blanks before them.
block() {
  sed -n "/^$1=\$(cat << /,/^[A-Z]*\$/p" "$SOURCES/end-to-end-test.sh" | sed '1d;$d;s/^ *//'
}

# golden_flags: what upstream's script gives its exporter; its variables as on x86_64, where the fixtures come from.
golden_flags() {
  block enabled_collectors | sed 's/^/--collector./'
  block disabled_collectors | sed 's/^/--no-collector./'
  # shellcheck disable=SC2016 # the names of upstream's variables
  block collector_flags | sed \
    -e '/^${extra_flags}$/d' -e 's/^${cpu_info_collector}$/--collector.cpu.info/' \
    -e 's/${cpu_info_bugs}/^(cpu_meltdown|spectre_.*|mds)$/' -e 's/${cpu_info_flags}/^(aes|avx.?|constant_tsc)$/'
}

# Sets FLAGS to those of golden_flags that ours has, and says which it has not.
choose_flags() {
  local known flag name
  known=$("$EXPORTER" --help | sed -nE 's/^ +--(\[no-\])?([a-zA-Z0-9_.-]+).*/\2/p')
  FLAGS=()
  while read -r flag; do
    name=${flag#--}
    name=${name#no-}
    if grep --quiet --line-regexp --fixed-strings -- "${name%%=*}" <<<"$known"; then
      FLAGS+=("$flag")
    else
      printf 'Sin la opción %s, que el nuestro no tiene.\n' "$flag"
    fi
  done < <(golden_flags)
  ((${#FLAGS[@]})) || fail "no se encontraron opciones en $SOURCES/end-to-end-test.sh"
}

# Copies the fixtures and unpacks the archives among them, with upstream's own script.
unpack_fixtures() {
  local archive
  mkdir -p -- "$FIXTURES"
  tar --create --directory "$SOURCES/collector/fixtures" --exclude=./sys --exclude=./udev . |
    tar --extract --directory "$FIXTURES"
  for archive in "$FIXTURES"/*.ttar; do
    bash "$SOURCES/ttar" -C "$FIXTURES" -x -f "$archive" >"$SCRATCH/ttar.log" ||
      fail "no se pudo desempaquetar $archive: $(tail -n 1 "$SCRATCH/ttar.log")"
  done
}

# Starts our exporter on a free port, in the folder from which upstream's flags name the fixtures, and fetches its page.
fetch_page() {
  local port='' log=$SCRATCH/exporter.log
  : >"$log"
  (
    cd -- "$SCRATCH"
    exec "$EXPORTER" --path.rootfs=collector/fixtures --path.procfs=collector/fixtures/proc \
      --path.sysfs=collector/fixtures/sys --path.udev.data=collector/fixtures/udev/data "${FLAGS[@]}" \
      --web.listen-address=127.0.0.1:0
  ) >>"$log" 2>&1 &
  EXPORTER_PID=$!
  local limit=$((SECONDS + START_SECONDS))
  until port=$(sed -nE 's/.*"message":"listening".*"port":"([0-9]+)".*/\1/p' "$log") && [[ -n $port ]]; do
    kill -0 "$EXPORTER_PID" 2>/dev/null || fail "el exportador terminó: $(tail -n 1 "$log")"
    ((SECONDS < limit)) || fail "el exportador no escucha después de $START_SECONDS s: $(tail -n 1 "$log")"
    sleep 0.1
  done
  curl --silent --show-error --fail --max-time "$SCRAPE_SECONDS" --output "$SCRATCH/page.txt" \
    "http://127.0.0.1:$port/metrics" || fail 'el exportador no dio su página'
}

# compare GOLDEN PAGE: Go's own metrics are left out, as is what upstream's script leaves out.
compare() {
  python3 - "$1" "$2" "$(sed -n 's/^skip_re="\(.*\)"$/\1/p' "$SOURCES/end-to-end-test.sh")" "$MINIMUM_EQUAL" <<'PYTHON'
import re, sys

golden_path, page_path, upstreams_skip, minimum = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
if not upstreams_skip:
    sys.exit("Error: end-to-end-test.sh no dice qué series saltea (skip_re)")
skip = re.compile(f"{upstreams_skip}|^promhttp_")
line_form = re.compile(r'([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$')
label_form = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')

def read(path):
    series, types = {}, {}
    for line in open(path, encoding="utf-8", errors="surrogateescape"):
        if line.startswith("# TYPE "):
            _, _, name, kind = line.split()
            types[name] = kind
        if line.startswith("#") or not line.strip():
            continue
        match = line_form.match(line)
        if not match:
            sys.exit(f"Error: {path} tiene una línea que no es una serie: {line!r}")
        name, labels, value = match.groups()
        if not skip.search(name):
            series[name, tuple(sorted(label_form.findall(labels or "")))] = value
    return series, types

# Values are compared as the numbers that they stand for; a sum of decimals may differ in its last digits.
def is_same(one, other):
    one, other = float(one), float(other)
    return one == other or one != one and other != other or abs(one - other) <= 1e-9 * abs(other)

def text(key):
    name, labels = key
    return name + "{" + ",".join(f'{label}="{value}"' for label, value in labels) + "}" if labels else name

(golden, golden_types), (page, page_types) = read(golden_path), read(page_path)
names = {name for name, _ in golden}
# Collectors that upstream has not, or does not run, say of themselves whether they succeeded.
others = {"node_scrape_collector_success"}
faults = [f"falta    {text(key)} {value}" for key, value in golden.items() if key not in page]
faults += [
    f"sobra    {text(key)} {value}" for key, value in page.items() if key[0] in names - others and key not in golden]
faults += [
    f"difiere  {text(key)}: {value} en la referencia, {page[key]} en el nuestro"
    for key, value in golden.items() if key in page and not is_same(page[key], value)]
faults += [
    f"tipo     {name}: {kind} en la referencia, {page_types[name]} en el nuestro"
    for name, kind in golden_types.items() if not skip.search(name) and page_types.get(name, kind) != kind]
equal = sum(key in page and is_same(page[key], value) for key, value in golden.items())
for fault in sorted(faults):
    print(fault.encode("utf-8", "replace").decode())
print(f"{equal} de {len(golden)} series iguales; {len(faults)} diferencias")
sys.exit(1 if faults or equal < minimum else 0)
PYTHON
}

clean_up() {
  if [[ -n $EXPORTER_PID ]]; then
    kill -KILL "$EXPORTER_PID" 2>/dev/null || true
    # The shell says nothing of a child that was waited for.
    wait "$EXPORTER_PID" 2>/dev/null || true
  fi
  rm -rf -- "$SCRATCH"
}

main() {
  if [[ ${1:-} == -h || ${1:-} == --help ]]; then
    show_help
    exit 0
  fi
  (($# == 2)) || wrong 'hacen falta EJECUTABLE y FUENTES'
  EXPORTER=$(realpath -- "$1") SOURCES=$(realpath -- "$2") EXPORTER_PID=''
  [[ -f $EXPORTER && -x $EXPORTER ]] || wrong "$1 no es un ejecutable"
  [[ -f $SOURCES/ttar && -f $SOURCES/end-to-end-test.sh && -d $SOURCES/collector/fixtures ]] ||
    wrong "$2 no es el código de node_exporter"
  local golden=$SOURCES/collector/fixtures/e2e-output.txt
  # What depends on the size of a page, as upstream chooses it.
  case $(uname -m) in aarch64 | ppc64le) golden=$SOURCES/collector/fixtures/e2e-64k-page-output.txt ;; esac
  command -v curl >/dev/null || fail 'falta curl: instalá el paquete curl'
  command -v python3 >/dev/null || fail 'falta python3: instalá el paquete python3'
  choose_flags
  SCRATCH=$(mktemp --directory --tmpdir compare-golden.XXXXXX)
  FIXTURES=$SCRATCH/collector/fixtures
  trap clean_up EXIT
  unpack_fixtures
  fetch_page
  compare "$golden" "$SCRATCH/page.txt"
}

main "$@"
