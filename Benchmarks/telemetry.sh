# shellcheck shell=bash
# shellcheck disable=SC2153,SC2154 # globals are those of scripts/bench.sh
# The telemetry library beside client_golang, zap and zerolog.

# Short ones, so that many are over before the scheduler takes the core away.
readonly TELEMETRY_REPETITIONS=25
readonly TELEMETRY_MEMORY_SCRAPES=20
readonly TELEMETRY_BENCH=$SCRATCH/swift/release/telemetry-bench
readonly TELEMETRY_PEER=$SCRATCH/client_golang

telemetry_packages() {
  printf '%s\n' \
    'golang-go:/usr/bin/go' \
    'golang-github-prometheus-client-golang-dev:/usr/share/gocode/src/github.com/prometheus/client_golang' \
    'golang-github-rs-zerolog-dev:/usr/share/gocode/src/github.com/rs/zerolog' \
    'golang-go.uber-zap-dev:/usr/share/gocode/src/go.uber.org/zap'
  if [[ $IS_INSTRUCTIONS ]]; then printf '%s\n' 'binutils:/usr/bin/strip' 'valgrind:/usr/bin/valgrind'; fi
}

telemetry_build() {
  step 'Building, some minutes in a clean clone'
  swift build --configuration release --package-path "$BENCHMARKS" --scratch-path "$SCRATCH/swift" \
    --product telemetry-bench >"$SCRATCH/build.log" 2>&1 \
    || { tail -n 40 -- "$SCRATCH/build.log" >&2 && fail 'the Swift benchmark does not build'; }
  [[ ! $IS_INSTRUCTIONS ]] || return 0
  (cd -- "$BENCHMARKS/peers/client_golang" \
    && GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$SCRATCH/go GOFLAGS='' go build -o "$TELEMETRY_PEER" .) \
    || fail 'the peer does not build'
}

# telemetry_measure RESULTS: all rows of telemetry.tsv, then the memory of the scrapes.
telemetry_measure() {
  local results=$1 round ours peer operations chosen
  chosen=$(telemetry_rows)
  telemetry_same_page "$results"
  for ((round = 1; round <= ROUNDS; round++)); do
    while IFS=$'\t' read -r ours peer operations _; do
      telemetry_time "$TELEMETRY_BENCH" "$ours" "$operations" "$results/ours.$round"
      [[ $peer == - ]] || telemetry_time "$TELEMETRY_PEER" "$peer" "$operations" "$results/peer.$round"
    done <<<"$chosen"
  done
  telemetry_memory "$results"
  telemetry_table "$results" "$chosen"
}

# With the limits that the chosen rows are held to.
telemetry_rows() {
  local chosen
  chosen=$(rows "$BENCHMARKS/telemetry.tsv")
  [[ $chosen ]] || fail "no case has $FILTER in its name"
  awk -F '\t' -v chosen="$(cut -f 5 <<<"$chosen" | tr '\n' ' ')" -v filter="$FILTER" \
    '!/^#/ && (index($1, filter) || index(" " chosen, " " $1 " "))' "$BENCHMARKS/telemetry.tsv"
}

# telemetry_time PROGRAM CASE OPERATIONS RESULTS: once a round, whatever number of rows ask for it.
telemetry_time() {
  if [[ -e $4 ]] && cut -f 1 -- "$4" | grep -qxF -- "$2"; then return 0; fi
  "$1" time "$2" "$3" "$TELEMETRY_REPETITIONS" >>"$4" || fail "${1##*/} did not measure $2"
}

# Both write the same lines, so that they did the same work; the order of series is each one's own.
telemetry_same_page() {
  "$TELEMETRY_BENCH" page 10000 | LC_ALL=C sort >"$1/page.ours"
  "$TELEMETRY_PEER" page 10000 | LC_ALL=C sort >"$1/page.peer"
  cmp -- "$1/page.ours" "$1/page.peer" >&2 || fail 'the pages of ours and of the peer are not the same'
}

# telemetry_memory RESULTS: what the scrapes allocate, ours and the peer's.
telemetry_memory() {
  local ours operations measured
  while IFS=$'\t' read -r ours _ operations _; do
    [[ $ours =~ ^(text|openmetrics|protobuf)- ]] || continue
    operations=$((operations * TELEMETRY_MEMORY_SCRAPES))
    measured=$("$TELEMETRY_BENCH" memory "$ours" "$operations")
    printf 'ours\t%s\n' "$measured" >>"$1/memory"
    measured=$("$TELEMETRY_PEER" memory "$ours" "$operations")
    printf 'peer\t%s\n' "$measured" >>"$1/memory"
  done < <(rows "$BENCHMARKS/telemetry.tsv")
}

# telemetry_table RESULTS ROWS: exit 1 if a bar is missed.
telemetry_table() {
  local status=0
  printf '%d rounds of %d repetitions, %s, ns per operation.\n\n' "$ROUNDS" "$TELEMETRY_REPETITIONS" \
    "$([[ $IS_BUSY ]] && printf 'minima' || printf 'medians')"
  awk -v results="$1" -v rounds="$ROUNDS" -v column="$([[ $IS_BUSY ]] && printf 3 || printf 2)" \
    -f "$BENCHMARKS/telemetry.awk" <<<"$2" || status=1
  if [[ -e $1/memory ]]; then
    printf '\nMemory of %d scrapes in a row; resident is what the process has before them.\n\n' "$TELEMETRY_MEMORY_SCRAPES"
    printf '| scrape | whose | allocated bytes / series | allocations / series | resident KiB | peak KiB |\n'
    printf '|---|---|---:|---:|---:|---:|\n'
    awk -F '\t' '{ printf "| %s | %s | %s | %s | %s | %s |\n", $2, $1, $3, $4, $5, $6 }' "$1/memory"
  fi
  return "$status"
}

# telemetry_count PROGRAM CASE OPERATIONS: the instructions of a whole run.
telemetry_count() {
  valgrind --tool=callgrind --callgrind-out-file=/dev/null "$1" time "$2" "$3" 1 2>&1 >/dev/null \
    | sed -n 's/.*Collected *: *\([0-9]*\).*/\1/p'
}

# telemetry_instructions RESULTS: the difference of N and 2 N operations, so that what is done once does not count.
telemetry_instructions() {
  local name operations limit one two misses=0 chosen program=$1/telemetry-bench
  # Debian's valgrind gives up on the compiler's DWARF 5.
  strip --strip-debug -o "$program" "$TELEMETRY_BENCH"
  chosen=$(rows "$BENCHMARKS/instructions.tsv")
  [[ $chosen ]] || fail "no case has $FILTER in its name"
  printf '\n| case | instructions / operation | limit | |\n|---|---:|---:|---|\n'
  while IFS=$'\t' read -r name operations limit; do
    one=$(telemetry_count "$program" "$name" "$operations")
    two=$(telemetry_count "$program" "$name" "$((2 * operations))")
    [[ $one && $two ]] || fail "callgrind did not count $name"
    awk -v name="$name" -v count="$(((two - one) * 10 / operations))" -v limit="$limit" 'BEGIN {
      is_met = count / 10 <= limit
      printf "| %s | %.1f | %s | %s |\n", name, count / 10, limit, is_met ? "✔" : "✘"
      exit !is_met }' || ((misses += 1))
  done <<<"$chosen"
  ((misses == 0))
}
