# shellcheck shell=bash
# shellcheck disable=SC2153,SC2154 # globals are those of scripts/bench.sh
# Memory and descriptors of our exporters over very many scrapes: a line after each part.

# shellcheck source=Benchmarks/exporters.sh
source "$BENCHMARKS/exporters.sh"
readonly SOAK_PARTS=10 SOAK_SCRAPES=10000
# Above this a page's end is growth and not the allocator's settling, which the first part is for.
readonly SOAK_GROWTH_KIBIBYTES=512

soak_packages() { exporters_packages; }
soak_build() { exporters_build; }

# soak_measure RESULTS: exit 1 where memory or descriptors grow.
soak_measure() {
  local exporter part figures status=0
  exporters_targets "$1"
  printf '| exporter | scrapes | resident MiB | descriptors | p50 ms | CPU ms |\n|---|---:|---:|---:|---:|---:|\n'
  for exporter in node-exporter redis-exporter postgres-exporter; do
    [[ $exporter == *"$FILTER"* ]] || continue
    exporters_start ours "$exporter" ''
    : >"$1/$exporter"
    for ((part = 1; part <= SOAK_PARTS; part++)); do
      figures=$(exporters_scrape "$SOAK_SCRAPES" "$( ((part % 2)) && printf plain || printf gzip)")
      printf '%s\n' "$figures" >>"$1/$exporter"
      awk -F '\t' -v exporter="$exporter" -v scrapes=$((part * SOAK_SCRAPES)) \
        '{ printf "| %s | %d | %.1f | %d | %.2f | %.2f |\n", exporter, scrapes, $5 / 1024, $8, $1 / 1000, $3 / 1000 }' \
        <<<"$figures"
    done
    exporters_end
    soak_is_flat "$1/$exporter" || status=1
  done
  return "$status"
}

# soak_is_flat FILE: from the second part on, plain and gzip apart.
soak_is_flat() {
  awk -F '\t' -v limit="$SOAK_GROWTH_KIBIBYTES" '
    NR == 2 { resident = $5; descriptors = $8 }
    END {
      if ($5 > resident + limit) { printf "✘ it grew by %d KiB\n", $5 - resident; failed = 1 }
      if ($8 > descriptors) { printf "✘ it holds %d descriptors more\n", $8 - descriptors; failed = 1 }
      exit failed
    }' "$1"
}

soak_instructions() { fail 'a soak counts no instructions'; }
