# Reads lines of name, whose, movements or reads a second, p50 and p99 in microseconds and the bar ("-": none) of every
# round; then `paced`, rate asked, rate had, p50, p99, p99 of the lateness; then `memory`, VmRSS, VmHWM in KiB.
# Writes the tables. Exit 1 if a bar is missed.
BEGIN {
  FS = "\t"
  print "| work | whose | per second | p50 ms | p99 ms | ours / pgbench | bar | |"
  print "|---|---|---:|---:|---:|---:|---:|---|"
}

$1 == "paced" { for (field = 2; field <= NF; field++) paced[field] = $field; next }
$1 == "memory" { resident = $2 / 1024; peak = $3 / 1024; next }

{
  if (!($1 in bar)) name[++names] = $1
  bar[$1] = $6
  runs[$1, $2]++
  for (field = 3; field <= 5; field++) figure[$1, $2, runs[$1, $2], field] = $field
}

END {
  for (number = 1; number <= names; number++) compare(name[number])
  print "\n| | | bar | |\n|---|---:|---:|---|"
  if (paced[2]) {
    # Behind its schedule the run says nothing about this rate.
    printf "| one movement a request at 70 %% of the peak | %d of %d a second | ≥ 97 %% | %s |\n", paced[3], paced[2],
      verdict(paced[3] >= 0.97 * paced[2])
    printf "| its p50 | %.1f ms | | |\n", paced[4] / 1000
    printf "| its p99, and p99 of the sending's lateness, together | %.1f + %.1f ms | < 50 ms | %s |\n",
      paced[5] / 1000, paced[6] / 1000, verdict(paced[5] + paced[6] < 50000)
  }
  printf "| resident memory, after all runs | %.1f MiB | ≤ 64 MiB | %s |\n", resident, verdict(resident <= 64)
  printf "| resident memory, at most | %.1f MiB | ≤ 64 MiB | %s |\n", peak, verdict(peak <= 64)
  printf "\n%d of %d bars are met.\n", bars - missed, bars
  exit missed > 0
}

function compare(row,    theirs, ours, ratio) {
  theirs = median(row, "pgbench", 3)
  ours = median(row, "ours", 3)
  ratio = theirs ? ours / theirs : 0
  show(row, "pgbench", "", "", "")
  show(row, "ours", sprintf("%.2f", ratio), bar[row] == "-" ? "" : "≥ " bar[row],
    bar[row] == "-" ? "" : verdict(ratio >= bar[row]))
}

function verdict(is_met) {
  bars++
  if (is_met) return "✔"
  missed++
  return "✘"
}

function show(row, whose, ratio, least, mark) {
  printf "| %s | %s | %d | %.2f | %.2f | %s | %s | %s |\n", row, whose, median(row, whose, 3),
    median(row, whose, 4) / 1000, median(row, whose, 5) / 1000, ratio, least, mark
}

function median(row, whose, field,    count, sorted, a, b, swap) {
  count = runs[row, whose]
  for (a = 1; a <= count; a++) sorted[a] = figure[row, whose, a, field]
  for (a = 1; a <= count; a++)
    for (b = a + 1; b <= count; b++)
      if (sorted[b] + 0 < sorted[a] + 0) { swap = sorted[a]; sorted[a] = sorted[b]; sorted[b] = swap }
  return count % 2 ? sorted[(count + 1) / 2] : (sorted[count / 2] + sorted[count / 2 + 1]) / 2
}
