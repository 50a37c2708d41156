# shellcheck shell=bash
# shellcheck disable=SC2153,SC2154 # globals are those of scripts/bench.sh
# The exporters beside Debian's, on the same PostgreSQL, Redis and host; theirs and ours in turn.

readonly EXPORTERS_SCRAPES=1000
readonly EXPORTERS_START_SECONDS=30
readonly EXPORTERS_BIN=$SCRATCH/platform/release
readonly EXPORTERS_CLIENT=$SCRATCH/swift/release/exporter-bench
readonly EXPORTERS_POSTGRES=/usr/lib/postgresql/15/bin
EXPORTERS_PIDS=() EXPORTERS_DIRECTORY=''

exporters_packages() {
  printf '%s\n' "${RUNTIME_PACKAGES[@]}" "${BUILD_PACKAGES[@]}" \
    'prometheus-node-exporter:/usr/bin/prometheus-node-exporter' \
    'prometheus-postgres-exporter:/usr/bin/prometheus-postgres-exporter' \
    'prometheus-redis-exporter:/usr/bin/prometheus-redis-exporter' \
    'redis-server:/usr/bin/redis-server'
}

exporters_build() {
  local product
  step 'Building, some minutes in a clean clone'
  swift build --configuration release --package-path "$BENCHMARKS" --scratch-path "$SCRATCH/swift" \
    --product exporter-bench >"$SCRATCH/build.log" 2>&1 \
    || { tail -n 40 -- "$SCRATCH/build.log" >&2 && fail 'the client does not build'; }
  # As deploy/local/build.sh builds them.
  for product in node-exporter postgres-exporter redis-exporter; do
    swift build --configuration release --static-swift-stdlib --package-path "$REPOSITORY" \
      --scratch-path "$SCRATCH/platform" --product "$product" >"$SCRATCH/build.log" 2>&1 \
      || { tail -n 40 -- "$SCRATCH/build.log" >&2 && fail "$product does not build"; }
  done
}

# exporters_measure RESULTS: every row of exporters.tsv, a round after the other; those whose targets have more than the
# others' come last, since what they load stays.
exporters_measure() {
  local chosen
  chosen=$(rows "$BENCHMARKS/exporters.tsv")
  [[ $chosen ]] || fail "no case has $FILTER in its name"
  exporters_targets "$1"
  exporters_rounds "$1" "$(awk -F '\t' '$3 == "-"' <<<"$chosen")"
  exporters_rounds "$1" "$(awk -F '\t' '$3 != "-"' <<<"$chosen")"
  printf '%d rounds of %d scrapes, medians of the rounds; times in ms.\n\n' "$ROUNDS" "$EXPORTERS_SCRAPES"
  awk -f "$BENCHMARKS/exporters.awk" "$1/scrapes"
}

# exporters_rounds RESULTS ROWS
exporters_rounds() {
  local round name exporter target coding flags whose
  [[ $2 ]] || return 0
  for ((round = 1; round <= ROUNDS; round++)); do
    while IFS=$'\t' read -r name exporter target coding flags; do
      exporters_load "$target"
      for whose in theirs ours; do
        exporters_start "$whose" "$exporter" "$([[ $whose == theirs ]] || printf '%s' "$flags")"
        printf '%s\t%s\t%s\n' "$name" "$whose" "$(exporters_scrape "$EXPORTERS_SCRAPES" "$coding")" >>"$1/scrapes"
        exporters_end
      done
    done <<<"$2"
  done
}

# exporters_targets RESULTS: what is scraped, until the script ends.
exporters_targets() {
  EXPORTERS_DIRECTORY=$(mktemp -d)
  # shellcheck disable=SC2064 # the directory of now
  trap "exporters_stop; rm -rf -- '$1'" EXIT
  exporters_postgres
  exporters_redis
}

# exporters_start WHOSE EXPORTER FLAGS: sets EXPORTER_PID, EXPORTER_PORT and TARGET_PID.
exporters_start() {
  local command flags log=$EXPORTERS_DIRECTORY/$1.log
  EXPORTER_PORT=$(exporters_free_port)
  TARGET_PID=-
  read -ra flags <<<"$3"
  if [[ $1 == theirs ]]; then command=prometheus-$2; else command=$EXPORTERS_BIN/$2; fi
  case $2 in
    postgres-exporter) TARGET_PID=$(head -n 1 -- "$EXPORTERS_DIRECTORY/postgres/postmaster.pid") ;;
    redis-exporter) TARGET_PID=$(<"$EXPORTERS_DIRECTORY/redis.pid") ;;
  esac
  DATA_SOURCE_NAME="postgresql://postgres:bench@127.0.0.1:$EXPORTERS_POSTGRES_PORT/bench?sslmode=disable" \
    REDIS_ADDR="redis://127.0.0.1:$EXPORTERS_REDIS_PORT" \
    "$command" --web.listen-address="127.0.0.1:$EXPORTER_PORT" "${flags[@]}" >"$log" 2>&1 &
  EXPORTER_PID=$!
  EXPORTERS_PIDS+=("$EXPORTER_PID")
  exporters_wait_for curl -fs -o /dev/null "http://127.0.0.1:$EXPORTER_PORT/metrics" \
    || fail "$1 $2 does not start: $(tail -n 3 -- "$log")"
}

# exporters_scrape COUNT CODING: the figures of the exporter that runs.
exporters_scrape() {
  "$EXPORTERS_CLIENT" "127.0.0.1:$EXPORTER_PORT/metrics" "$1" "$2" "$EXPORTER_PID" "$TARGET_PID" \
    || fail 'an exporter was not measured'
}

exporters_end() {
  kill "$EXPORTER_PID"
  wait "$EXPORTER_PID" 2>/dev/null || true
}

# exporters_load TARGET: what the row's target has to have; it stays from then on.
exporters_load() {
  case $1 in
    tables-2000) exporters_psql bench -c "$(exporters_tables 211 2000)" ;;
    statements-5000)
      exporters_psql bench -c 'CREATE EXTENSION IF NOT EXISTS pg_stat_statements'
      exporters_psql bench -c "$(exporters_statements 210 24)"
      ;;
    clients-1000)
      [[ -e $EXPORTERS_DIRECTORY/clients ]] || {
        redis-benchmark -p "$EXPORTERS_REDIS_PORT" -c 1000 -I >/dev/null 2>&1 &
        EXPORTERS_PIDS+=($!)
        : >"$EXPORTERS_DIRECTORY/clients"
        sleep 2
      }
      ;;
  esac
}

exporters_tables() {
  printf "DO \$\$ BEGIN FOR i IN %d..%d LOOP EXECUTE format('CREATE TABLE IF NOT EXISTS t%%s (id int primary key, v text)', i); END LOOP; END \$\$" "$1" "$2"
}

# exporters_statements TABLES COLUMNS: as many different statements as their product.
exporters_statements() {
  printf "DO \$\$ DECLARE c text := 'id'; BEGIN FOR k IN 1..%d LOOP FOR i IN 1..%d LOOP EXECUTE format('SELECT %%s FROM t%%s LIMIT 1', c, i); END LOOP; c := c || ', id'; END LOOP; END \$\$" "$2" "$1"
}

exporters_as_postgres() { if is_root; then runuser -u postgres -- "$@"; else "$@"; fi; }

exporters_psql() {
  local database=$1
  shift
  exporters_as_postgres env PGOPTIONS='-c client_min_messages=warning' "$EXPORTERS_POSTGRES/psql" -X -q -v ON_ERROR_STOP=1 -h "$EXPORTERS_DIRECTORY" \
    -p "$EXPORTERS_POSTGRES_PORT" -U postgres -d "$database" "$@"
}

# Two databases and 210 tables.
exporters_postgres() {
  local data=$EXPORTERS_DIRECTORY/postgres
  EXPORTERS_POSTGRES_PORT=$(exporters_free_port)
  if is_root; then chown postgres "$EXPORTERS_DIRECTORY"; fi
  printf 'bench\n' >"$EXPORTERS_DIRECTORY/password"
  chmod 0644 "$EXPORTERS_DIRECTORY/password"
  exporters_as_postgres "$EXPORTERS_POSTGRES/initdb" -D "$data" -U postgres --pwfile="$EXPORTERS_DIRECTORY/password" \
    --auth-local=trust --auth-host=scram-sha-256 --no-sync >"$EXPORTERS_DIRECTORY/initdb.log" 2>&1 \
    || fail 'initdb failed'
  exporters_as_postgres "$EXPORTERS_POSTGRES/postgres" -D "$data" -p "$EXPORTERS_POSTGRES_PORT" \
    -k "$EXPORTERS_DIRECTORY" -c listen_addresses=127.0.0.1 -c shared_preload_libraries=pg_stat_statements \
    -c pg_stat_statements.max=10000 -c pg_stat_statements.track=all >"$EXPORTERS_DIRECTORY/postgres.log" 2>&1 &
  exporters_wait_for exporters_psql postgres -c 'SELECT 1' >/dev/null || fail 'PostgreSQL does not start'
  exporters_psql postgres -c 'CREATE DATABASE bench'
  exporters_psql bench -c "$(exporters_tables 1 210)"
}

# Ten databases with 5,000 keys each.
exporters_redis() {
  local database
  EXPORTERS_REDIS_PORT=$(exporters_free_port)
  redis-server --port "$EXPORTERS_REDIS_PORT" --bind 127.0.0.1 --dir "$EXPORTERS_DIRECTORY" --save '' --maxclients 2000 \
    --pidfile "$EXPORTERS_DIRECTORY/redis.pid" --daemonize no --latency-tracking yes \
    >"$EXPORTERS_DIRECTORY/redis.log" 2>&1 &
  EXPORTERS_PIDS+=($!)
  printf '%d\n' $! >"$EXPORTERS_DIRECTORY/redis.pid"
  exporters_wait_for redis-cli -p "$EXPORTERS_REDIS_PORT" PING >/dev/null || fail 'Redis does not start'
  for database in {0..9}; do
    redis-cli -p "$EXPORTERS_REDIS_PORT" -n "$database" DEBUG POPULATE 5000 "key$database" 32 >/dev/null
  done
}

# Below the kernel's range of outgoing connections.
exporters_free_port() {
  local port
  for ((port = 20000 + RANDOM % 8000; ; port++)); do
    if ! (: <>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then break; fi
  done
  printf '%d\n' "$port"
}

exporters_wait_for() {
  local end=$((SECONDS + EXPORTERS_START_SECONDS))
  until "$@" 2>/dev/null; do
    ((SECONDS < end)) || return 1
    sleep 0.2
  done
}

exporters_stop() {
  local pid
  # Its $! is the shell that waits for it, which must not go first. SIGINT is its fast shutdown.
  if read -r pid 2>/dev/null <"$EXPORTERS_DIRECTORY/postgres/postmaster.pid"; then kill -INT "$pid" || true; fi
  for pid in "${EXPORTERS_PIDS[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait
  rm -rf -- "$EXPORTERS_DIRECTORY"
}

exporters_instructions() { fail 'no limits on instructions are set for the exporters'; }
