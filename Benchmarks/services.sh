# shellcheck shell=bash
# shellcheck disable=SC2153,SC2154 # globals are those of scripts/bench.sh
# agente-deposito over HTTP beside pgbench, on the same durable PostgreSQL; theirs and ours in turn. Ours checks a
# token, keeps metrics, writes JSON logs to a file and gets an Idempotency-Key with every request.

# shellcheck source=Benchmarks/exporters.sh
source "$BENCHMARKS/exporters.sh"
readonly SERVICES_PRODUCTS=10000
# Of the peak; and how many connections are enough so that one is free when a request is due.
readonly SERVICES_PACED_PERCENT=70 SERVICES_PACED_CONNECTIONS=64 SERVICES_PACED_TIMES=3
readonly SERVICES_PASSWORD=clave-de-la-medicion
readonly SERVICES_LUA=$BENCHMARKS/Services
SERVICES_BIN=${BIN_DIR:-$SCRATCH/platform/release}

services_packages() {
  printf '%s\n' 'postgresql-15:/usr/lib/postgresql/15/bin/pgbench' 'redis-server:/usr/bin/redis-server' \
    'wrk:/usr/bin/wrk' 'curl:/usr/bin/curl' 'libargon2-1:/usr/lib/*/libargon2.so.1'
  [[ $BIN_DIR ]] || printf '%s\n' "${RUNTIME_PACKAGES[@]}" "${BUILD_PACKAGES[@]}"
}

services_build() {
  if [[ ! $BIN_DIR ]]; then
    step 'Building, some minutes in a clean clone'
    # As deploy/local/build.sh builds it.
    swift build --configuration release --static-swift-stdlib --package-path "$REPOSITORY" \
      --scratch-path "$SCRATCH/platform" --product agente-deposito >"$SCRATCH/build.log" 2>&1 \
      || { tail -n 40 -- "$SCRATCH/build.log" >&2 && fail 'agente-deposito does not build'; }
  fi
  [[ -x $SERVICES_BIN/agente-deposito ]] || fail "there is no agente-deposito in $SERVICES_BIN"
}

# services_measure RESULTS: every row of services.tsv, a round after the other; then the paced run and the memory.
services_measure() {
  local chosen round name script clients load connections products each bar figures
  chosen=$(rows "$BENCHMARKS/services.tsv")
  [[ $chosen ]] || fail "no case has $FILTER in its name"
  services_start "$1"
  services_probe "$(cut -f 4 <<<"$chosen" | LC_ALL=C sort -u)"
  for ((round = 1; round <= ROUNDS; round++)); do
    while IFS=$'\t' read -r name script clients load connections products each bar; do
      figures=$(services_pgbench "$script" "$clients" "$products")
      printf '%s\tpgbench\t%s\t%s\n' "$name" "$figures" "$bar" >>"$1/runs"
      figures=$(services_wrk "$load" "$connections" "$products" "$each")
      printf '%s\tours\t%s\t%s\n' "$name" "$figures" "$bar" >>"$1/runs"
    done <<<"$chosen"
  done
  services_paced "$1"
  services_memory >>"$1/runs"
  printf '%d rounds of %d s, medians of the rounds. The service: %s.\n\n' "$ROUNDS" "$SECONDS_EACH" \
    "$SERVICES_BIN/agente-deposito"
  awk -f "$BENCHMARKS/services.awk" "$1/runs"
}

# services_start RESULTS: PostgreSQL as it comes, Redis and the service, until the script ends.
services_start() {
  EXPORTERS_DIRECTORY=$(mktemp -d)
  # shellcheck disable=SC2064 # the directory of now
  trap "exporters_stop; rm -rf -- '$1'" EXIT
  services_postgres
  services_redis
  services_deposito
}

services_postgres() {
  local data=$EXPORTERS_DIRECTORY/postgres
  EXPORTERS_POSTGRES_PORT=$(exporters_free_port)
  if is_root; then chown postgres "$EXPORTERS_DIRECTORY"; fi
  exporters_as_postgres "$EXPORTERS_POSTGRES/initdb" -D "$data" -U postgres --auth=trust \
    >"$EXPORTERS_DIRECTORY/initdb.log" 2>&1 || fail 'initdb failed'
  exporters_as_postgres "$EXPORTERS_POSTGRES/postgres" -D "$data" -p "$EXPORTERS_POSTGRES_PORT" \
    -k "$EXPORTERS_DIRECTORY" -c listen_addresses=127.0.0.1 >"$EXPORTERS_DIRECTORY/postgres.log" 2>&1 &
  exporters_wait_for exporters_psql postgres -c 'SELECT 1' >/dev/null || fail 'PostgreSQL does not start'
  [[ $(exporters_psql postgres -At -c "SELECT current_setting('fsync') || current_setting('synchronous_commit')") \
    == onon ]] || fail 'this PostgreSQL is not durable: nothing measured on it counts'
  exporters_psql postgres -c 'CREATE ROLE deposito_app LOGIN' -c 'CREATE DATABASE peer' -c 'CREATE DATABASE ours'
  exporters_psql peer <"$SERVICES_LUA/peer.sql"
  services_in_peer -i -q >"$EXPORTERS_DIRECTORY/pgbench.log" 2>&1 || fail 'pgbench cannot make its tables'
}

# As deploy/local starts it: what the service says of its writes leaves through it meanwhile.
services_redis() {
  EXPORTERS_REDIS_PORT=$(exporters_free_port)
  redis-server --port "$EXPORTERS_REDIS_PORT" --bind 127.0.0.1 --dir "$EXPORTERS_DIRECTORY" --save '' \
    --appendonly yes >"$EXPORTERS_DIRECTORY/redis.log" 2>&1 &
  EXPORTERS_PIDS+=($!)
  exporters_wait_for redis-cli -p "$EXPORTERS_REDIS_PORT" PING >/dev/null || fail 'Redis does not start'
}

# Sets DEPOSITO_PID, DEPOSITO_URL, BENCH_TOKEN and FIRST_PRODUCT.
services_deposito() {
  local port log=$EXPORTERS_DIRECTORY/agente-deposito.log
  port=$(exporters_free_port)
  DEPOSITO_URL=http://127.0.0.1:$port
  export DEPOSITO_PORT=$port ADMIN_PASSWORD=$SERVICES_PASSWORD JWT_SECRET_KEY=a-key-of-32-bytes-for-measurements \
    DATABASE_URL=postgresql://deposito_app@127.0.0.1:$EXPORTERS_POSTGRES_PORT/ours \
    MIGRATION_DATABASE_URL=postgresql://postgres@127.0.0.1:$EXPORTERS_POSTGRES_PORT/ours \
    REDIS_URL=redis://127.0.0.1:$EXPORTERS_REDIS_PORT
  "$SERVICES_BIN/agente-deposito" migrate >"$log" 2>&1 || fail "migrate failed: $(tail -n 3 -- "$log")"
  # Without stock: a stock has movements that explain it.
  exporters_psql ours -c "INSERT INTO deposito.productos (codigo, nombre, categoria, precio_compra, precio_venta)
    SELECT 'p' || n, 'Producto ' || n, 'almacen', 100, 150 FROM generate_series(1, $SERVICES_PRODUCTS) AS n" \
    -c 'VACUUM ANALYZE deposito.productos'
  FIRST_PRODUCT=$(exporters_psql ours -At -c 'SELECT min(id) FROM deposito.productos')
  "$SERVICES_BIN/agente-deposito" >"$log" 2>&1 &
  DEPOSITO_PID=$!
  EXPORTERS_PIDS+=("$DEPOSITO_PID")
  exporters_wait_for curl -fs -o /dev/null "$DEPOSITO_URL/health" \
    || fail "agente-deposito does not start: $(tail -n 3 -- "$log")"
  BENCH_TOKEN=$(curl -fsS -H 'Content-Type: application/json' \
    -d "{\"username\":\"admin\",\"password\":\"$SERVICES_PASSWORD\"}" "$DEPOSITO_URL/api/v1/auth/login" \
    | sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p')
  [[ $BENCH_TOKEN ]] || fail 'agente-deposito gives no token'
  export BENCH_TOKEN BENCH_LUA=$SERVICES_LUA
}

# services_probe LOADS: before minutes are spent, whether each load's route is there and answers 200.
services_probe() {
  local load status path body
  for load in $1; do
    body=$(printf '{"producto_id":%d,"tipo_movimiento":"ENTRADA","cantidad":1,"motivo":"prueba"}' "$FIRST_PRODUCT")
    case $load in
      get) path=/api/v1/productos/$FIRST_PRODUCT body='' ;;
      movement) path=/api/v1/stock/movement ;;
      batch) path=/api/v1/stock/movements/batch body=$(printf '{"movimientos":[%s]}' "$body") ;;
      *) fail "services.tsv has an unknown load $load" ;;
    esac
    status=$(curl -s -o "$EXPORTERS_DIRECTORY/answer" -w '%{http_code}' -H "Authorization: Bearer $BENCH_TOKEN" \
      -H 'Content-Type: application/json' -H "Idempotency-Key: probe-$load" ${body:+-d "$body"} "$DEPOSITO_URL$path")
    case $status in
      200) ;;
      404 | 405) fail "this agente-deposito has no route $path: build a newer one, or leave it out with --filter" ;;
      *) fail "$path answers $status: $(<"$EXPORTERS_DIRECTORY/answer")" ;;
    esac
  done
}

services_in_peer() { pgbench -h "$EXPORTERS_DIRECTORY" -p "$EXPORTERS_POSTGRES_PORT" -U postgres "$@" peer; }

# services_pgbench SCRIPT CLIENTS PRODUCTS: transactions a second, p50 and p99 in µs; -S is its own read of one row.
services_pgbench() {
  local -a work=(-f "$SERVICES_LUA/$1.pgbench" -D "products=$3")
  local rate log=$EXPORTERS_DIRECTORY/transactions
  [[ $1 != -S ]] || work=(-S)
  services_settle
  # A tenth of the transactions is enough for percentiles, and what is not logged costs the peer nothing.
  rate=$(services_in_peer -n -M prepared -c "$2" -j 2 -T "$SECONDS_EACH" "${work[@]}" \
    -l --log-prefix="$log" --sampling-rate=0.1 2>"$EXPORTERS_DIRECTORY/pgbench.log" \
    | sed -n 's/^tps = \([0-9.]*\).*/\1/p')
  [[ $rate ]] || fail "pgbench failed: $(tail -n 3 -- "$EXPORTERS_DIRECTORY/pgbench.log")"
  printf '%s\t%s' "$rate" "$(cut -d ' ' -f 3 -- "$log".* | sort -n | awk '{ value[NR] = $1 }
    END { printf "%d\t%d", value[int((NR + 1) / 2)], value[int(NR * 0.99 + 0.99)] }')"
  rm -f -- "$log".*
}

# services_wrk LOAD CONNECTIONS PRODUCTS EACH: movements or reads a second, p50 and p99 of a request in µs.
services_wrk() {
  local before requests duration p50 p99
  services_settle
  before=$(services_movements)
  services_load "$1" "$2" "$3" "$SECONDS_EACH"
  IFS=$'\t' read -r _ requests duration _ _ p50 p99 <"$EXPORTERS_DIRECTORY/figures"
  [[ $1 == get ]] || (($(services_movements) - before >= requests * $4)) \
    || fail "$1: the ledger has fewer movements than were acknowledged"
  awk -v requests="$requests" -v each="$4" -v duration="$duration" -v p50="$p50" -v p99="$p99" \
    'BEGIN { printf "%.1f\t%d\t%d", requests * each * 1e6 / duration, p50, p99 }'
}

# services_load LOAD CONNECTIONS PRODUCTS SECONDS [RATE]: leaves the load's lines in the file figures.
services_load() {
  local log=$EXPORTERS_DIRECTORY/wrk.log failures errors
  wrk -t 1 -c "$2" -d "$4s" --timeout 10s -s "$SERVICES_LUA/$1.lua" "$DEPOSITO_URL/" -- \
    "${EPOCHREALTIME//[.,]/}" "$FIRST_PRODUCT" "$3" "${5:-0}" >"$log" 2>&1 \
    || fail "wrk failed: $(tail -n 3 -- "$log")"
  grep -P '^(figures|late)\t' -- "$log" >"$EXPORTERS_DIRECTORY/figures" || fail "$1: wrk printed no figures"
  IFS=$'\t' read -r _ _ _ failures errors _ <"$EXPORTERS_DIRECTORY/figures"
  ((failures + errors == 0)) || fail "$1: $failures requests were not answered, $errors were refused"
}

services_movements() { exporters_psql ours -At -c 'SELECT count(*) FROM deposito.movimientos'; }

# So that nobody pays for the pages that the run before has changed.
services_settle() { exporters_psql postgres -c CHECKPOINT; }

# services_paced RESULTS: where the spread case was measured.
services_paced() {
  local peak rate requests duration p50 p99 late
  peak=$(awk -F '\t' '$1 == "spread" && $2 == "ours" { print int($3) }' "$1/runs" | sort -n \
    | awk '{ peak[NR] = $1 } END { print peak[int((NR + 1) / 2)] }')
  [[ $peak ]] || return 0
  rate=$((peak * SERVICES_PACED_PERCENT / 100))
  services_settle
  services_load paced "$SERVICES_PACED_CONNECTIONS" "$SERVICES_PRODUCTS" $((SECONDS_EACH * SERVICES_PACED_TIMES)) \
    "$rate"
  IFS=$'\t' read -r _ requests duration _ _ p50 p99 <"$EXPORTERS_DIRECTORY/figures"
  late=$(sed -n 's/^late\t//p' "$EXPORTERS_DIRECTORY/figures")
  printf 'paced\t%d\t%d\t%d\t%d\t%d\n' "$rate" "$((requests * 1000000 / duration))" "$p50" "$p99" "$late" >>"$1/runs"
}

# Source: proc(5), /proc/PID/status, in KiB.
services_memory() {
  awk '/^VmRSS:/ { resident = $2 } /^VmHWM:/ { peak = $2 } END { printf "memory\t%d\t%d\n", resident, peak }' \
    "/proc/$DEPOSITO_PID/status"
}

services_instructions() { fail 'no limits on instructions are set for the services'; }
