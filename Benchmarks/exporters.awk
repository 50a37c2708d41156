# Reads lines of name, whose, and the figures of exporter-bench; writes the table. Exit 1 if a bar is missed.
BEGIN { FS = "\t" }

{
  if (!($1 in order)) { order[$1] = ++names; name[names] = $1 }
  runs[$1, $2]++
  for (field = 3; field <= NF; field++) figure[$1, $2, runs[$1, $2], field] = $field
}

END {
  print "| scrape | whose | p50 | p99 | CPU | target's CPU | resident MiB | bytes | series | |"
  print "|---|---|---:|---:|---:|---:|---:|---:|---:|---|"
  for (number = 1; number <= names; number++) compare(name[number])
  printf "\n%d of %d bars are met.\n", bars - missed, bars
  exit missed > 0
}

# A row with everything on has far more than theirs: it is shown beside it, and its memory alone is judged.
function compare(row,    verdict, limit) {
  show(row, "theirs", "")
  if (row !~ /everything/) verdict = judge("p50", median(row, "ours", 3) <= median(row, "theirs", 3) / 3) \
    judge("p99", median(row, "ours", 4) <= median(row, "theirs", 4)) \
    judge("CPU", median(row, "ours", 5) <= median(row, "theirs", 5) / 3) \
    judge("target", median(row, "ours", 6) <= median(row, "theirs", 6))
  limit = row ~ /^postgres/ ? 16 : 12
  verdict = verdict judge("resident", median(row, "ours", 7) <= limit * 1024)
  show(row, "ours", verdict == "" ? "✔" : "✘" verdict)
  printf "| | theirs / ours | %.1f | %.1f | %.1f | | %.1f | | | |\n", ratio(row, 3), ratio(row, 4), ratio(row, 5),
    ratio(row, 7)
}

function judge(what, is_met) {
  bars++
  if (is_met) return ""
  missed++
  return " " what
}

function show(row, whose, verdict) {
  printf "| %s | %s | %.2f | %.2f | %.2f | %.2f | %.1f | %d | %s | %s |\n", row, whose, median(row, whose, 3) / 1000,
    median(row, whose, 4) / 1000, median(row, whose, 5) / 1000, median(row, whose, 6) / 1000,
    median(row, whose, 7) / 1024, median(row, whose, 8), median(row, whose, 9) ? median(row, whose, 9) : "", verdict
}

function ratio(row, field,    ours) {
  ours = median(row, "ours", field)
  return ours ? median(row, "theirs", field) / ours : 0
}

function median(row, whose, field,    count, sorted, a, b, swap) {
  count = runs[row, whose]
  for (a = 1; a <= count; a++) sorted[a] = figure[row, whose, a, field]
  for (a = 1; a <= count; a++)
    for (b = a + 1; b <= count; b++)
      if (sorted[b] + 0 < sorted[a] + 0) { swap = sorted[a]; sorted[a] = sorted[b]; sorted[b] = swap }
  return count % 2 ? sorted[(count + 1) / 2] : (sorted[count / 2] + sorted[count / 2 + 1]) / 2
}
