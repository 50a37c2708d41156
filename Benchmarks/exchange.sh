# shellcheck shell=bash
# shellcheck disable=SC2153,SC2154 # globals are those of scripts/bench.sh
# agente-deposito reads and writes files of 100,000 rows, CSV and lines of JSON, in bounded memory, and loses none.

# shellcheck source=Benchmarks/services.sh
source "$BENCHMARKS/services.sh"
readonly EXCHANGE_ROWS=100000
# How much the most resident memory may rise above what it was when nothing had been exchanged.
readonly EXCHANGE_GROWTH_KIBIBYTES=16384

exchange_packages() { services_packages; }
exchange_build() { services_build; }

# exchange_measure RESULTS: exit 1 where a row is missing, or where memory grows with the file.
exchange_measure() {
  local before after
  services_start "$1"
  # From here on the peak counts, and not that of the login.
  echo 5 >"/proc/$DEPOSITO_PID/clear_refs"
  before=$(exchange_peak)
  printf '| file | rows | MiB | seconds | rows a second |\n|---|---:|---:|---:|---:|\n'
  exchange_products "$1/products.csv"
  exchange_import productos text/csv "$1/products.csv"
  exchange_movements "$1/movements.jsonl"
  exchange_import stock/movements application/x-ndjson "$1/movements.jsonl"
  # With the products that every measurement has, and the opening movement of each new one.
  exchange_export productos $((EXCHANGE_ROWS + SERVICES_PRODUCTS)) "$1/export"
  exchange_export stock/movements $((2 * EXCHANGE_ROWS)) "$1/export"
  after=$(exchange_peak)
  printf '\nResident memory rose from %d KiB to %d KiB at most; %d more are allowed.\n' "$before" "$after" \
    "$EXCHANGE_GROWTH_KIBIBYTES"
  ((after - before <= EXCHANGE_GROWTH_KIBIBYTES))
}

# The most that was resident, in KiB. Source: proc(5), /proc/PID/status and /proc/PID/clear_refs.
exchange_peak() { awk '/^VmHWM:/ { print $2 }' "/proc/$DEPOSITO_PID/status"; }

exchange_products() {
  awk -v rows="$EXCHANGE_ROWS" 'BEGIN {
    print "codigo,nombre,categoria,precio_compra,precio_venta,stock_actual,stock_minimo"
    for (row = 1; row <= rows; row++)
      printf "x%d,\"Yerba, %d g\",almacen,%d.50,%d.75,10,2\n", row, row, row % 900, row % 900 + 9
  }' >"$1"
}

exchange_movements() {
  local first
  first=$(exporters_psql ours -At -c "SELECT min(id) FROM deposito.productos WHERE codigo LIKE 'x%'")
  awk -v rows="$EXCHANGE_ROWS" -v first="$first" 'BEGIN {
    for (row = 0; row < rows; row++)
      printf "{\"producto_id\":%d,\"tipo_movimiento\":\"SALIDA\",\"cantidad\":0.125,\"motivo\":\"carga\"}\n", first + row
  }' >"$1"
}

# exchange_import WHAT TYPE FILE
exchange_import() {
  local answer
  exchange_timed "$1/import ${2#*/}" "$EXCHANGE_ROWS" "$3" -o "$3.answer" -H "Content-Type: $2" \
    -H "Idempotency-Key: $1" --data-binary "@$3" "$DEPOSITO_URL/api/v1/$1/import"
  answer=$(<"$3.answer")
  [[ $answer == *"\"filas\":$EXCHANGE_ROWS"* && $answer == *'"errores_total":0'* ]] \
    || fail "$1/import did not take all rows: ${answer:0:400}"
}

# exchange_export WHAT ROWS FILE
exchange_export() {
  local format header rows
  for format in csv jsonl; do
    header=0
    [[ $format != csv ]] || header=1
    exchange_timed "$1/export $format" "$2" "$3" -o "$3" "$DEPOSITO_URL/api/v1/$1/export?formato=$format"
    rows=$(($(wc -l <"$3") - header))
    ((rows == $2)) || fail "$1/export as $format has $rows rows instead of $2"
  done
}

# exchange_timed NAME ROWS FILE CURL_ARGUMENTS…: a row of the table; FILE is what goes in or comes out.
exchange_timed() {
  local name=$1 rows=$2 file=$3 start=$EPOCHREALTIME end
  shift 3
  curl -fsS --max-time 600 -H "Authorization: Bearer $BENCH_TOKEN" "$@" || fail "$name failed"
  end=$EPOCHREALTIME
  awk -v name="$name" -v rows="$rows" -v bytes="$(stat -c %s -- "$file")" -v start="${start/,/.}" -v end="${end/,/.}" \
    'BEGIN {
      printf "| %s | %d | %.1f | %.1f | %d |\n", name, rows, bytes / 1048576, end - start, rows / (end - start)
    }'
}

exchange_instructions() { fail 'no limits on instructions are set for files'; }
