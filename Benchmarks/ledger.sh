# shellcheck shell=bash
# shellcheck disable=SC2153,SC2154 # globals are those of scripts/bench.sh
# agente-deposito over a million movements, one a request: its memory stays. Then over ten million in the ledger: the
# integrity check answers within seconds, and says that the books balance.

# shellcheck source=Benchmarks/services.sh
source "$BENCHMARKS/services.sh"
readonly LEDGER_MOVEMENTS=1000000 LEDGER_ROWS=10000000 LEDGER_PART_SECONDS=20 LEDGER_CONNECTIONS=32
# The first parts are for the allocator's settling.
readonly LEDGER_SETTLED_PARTS=2 LEDGER_GROWTH_KIBIBYTES=2048 LEDGER_CHECK_SECONDS=30
# The pool opens them when they are needed, up to this many.
readonly LEDGER_POOL_CONNECTIONS=16

ledger_packages() { services_packages; }
ledger_build() { services_build; }

# ledger_measure RESULTS: exit 1 where memory grows, or the check is late or finds something.
ledger_measure() {
  local status=0
  services_start "$1"
  ledger_soak "$1/parts" || status=1
  ledger_fill
  ledger_check || status=1
  return "$status"
}

ledger_soak() {
  local movements=0
  printf '| movements | a second | p99 ms | resident MiB | descriptors |\n|---:|---:|---:|---:|---:|\n'
  while ((movements < LEDGER_MOVEMENTS)); do
    services_load movement "$LEDGER_CONNECTIONS" "$SERVICES_PRODUCTS" "$LEDGER_PART_SECONDS"
    movements=$(services_movements)
    printf '%s\t%s\t%s\n' "$movements" "$(cut -f 2,3,7 -- "$EXPORTERS_DIRECTORY/figures")" "$(ledger_process)" \
      | tee -a -- "$1" | awk -F '\t' \
      '{ printf "| %d | %d | %.1f | %.1f | %d |\n", $1, $2 * 1e6 / $3, $4 / 1000, $5 / 1024, $6 }'
  done
  awk -F '\t' -v settled="$LEDGER_SETTLED_PARTS" -v limit="$LEDGER_GROWTH_KIBIBYTES" \
    -v pool="$LEDGER_POOL_CONNECTIONS" '
    NR == settled { resident = $5; descriptors = $6 }
    END {
      if (!resident) { print "✘ too few parts to tell"; exit 1 }
      printf "\nIt grew by %d KiB after the first %d parts; at most %d.\n", $5 - resident, settled, limit
      exit $5 > resident + limit || $6 > descriptors + pool
    }' "$1"
}

# Resident KiB, and descriptors.
ledger_process() {
  printf '%s\t%d' "$(awk '/^VmRSS:/ { print $2 }' "/proc/$DEPOSITO_PID/status")" \
    "$(find "/proc/$DEPOSITO_PID/fd" -mindepth 1 | wc -l)"
}

# More movements of each product, as the service would have made them.
ledger_fill() {
  step "Filling the ledger to $LEDGER_ROWS movements"
  exporters_psql ours -q <<SQL
WITH cuantos AS (
  SELECT ceil(($LEDGER_ROWS - (SELECT count(*) FROM deposito.movimientos))::numeric / count(*))::bigint AS mas
  FROM deposito.productos
)
INSERT INTO deposito.movimientos (id, producto_id, secuencia, tipo, cantidad, stock_anterior, stock_resultante,
  deposito_id, motivo, usuario)
SELECT nextval('deposito.movimientos_id_seq'), p.id, p.version + n, 'ENTRADA', 1, p.stock_actual + n - 1,
  p.stock_actual + n, 1, 'carga', 'bench'
FROM cuantos, generate_series(1, cuantos.mas) AS n, deposito.productos AS p;
UPDATE deposito.productos AS p SET stock_actual = m.stock, version = m.version FROM (
  SELECT DISTINCT ON (producto_id) producto_id, stock_resultante AS stock, secuencia AS version
  FROM deposito.movimientos ORDER BY producto_id, secuencia DESC
) AS m WHERE m.producto_id = p.id;
SQL
  exporters_psql ours -q -c 'VACUUM ANALYZE'
}

ledger_check() {
  local start=$EPOCHREALTIME answer seconds
  answer=$(curl -fsS --max-time 120 -H "Authorization: Bearer $BENCH_TOKEN" \
    "$DEPOSITO_URL/api/v1/reportes/integrity-check") || fail 'the integrity check does not answer'
  seconds=$(awk -v start="${start/,/.}" -v end="${EPOCHREALTIME/,/.}" 'BEGIN { printf "%.1f", end - start }')
  printf '\nThe integrity check over %d movements took %s s; at most %d: %s\n' "$(services_movements)" "$seconds" \
    "$LEDGER_CHECK_SECONDS" "$answer"
  [[ $answer == *'"integridad_ok":true'* ]] && ((${seconds%.*} < LEDGER_CHECK_SECONDS))
}

ledger_instructions() { fail 'no limits on instructions are set for the ledger'; }
