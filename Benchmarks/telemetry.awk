# Reads the rows of telemetry.tsv and, of each round, `ours.ROUND` and `peer.ROUND` in `results`; writes the table.
# Exit 1 if a bar is missed.
BEGIN {
  FS = "\t"
  for (round = 1; round <= rounds; round++) {
    read("ours", results "/ours." round)
    read("peer", results "/peer." round)
  }
  print "| case | ours | peer | peer / ours | limit | ours / limit | swift-prometheus 2 | bar | |"
  print "|---|---:|---:|---:|---:|---:|---:|---:|---|"
}

{
  ours = median("ours", $1)
  peer = $2 == "-" ? "" : median("peer", $2)
  limit = $5 == "-" ? "" : median("ours", $5)
  bar = $4 ~ /x$/ ? $4 * limit : $4
  mark = $4 == "-" ? "" : (ours <= bar + 0 ? "✔" : "✘")
  if (mark != "") bars++
  if (mark == "✘") missed++
  name = $2 == "-" || $2 == $1 ? $1 : $1 " (" $2 ")"
  shown = $4 == "-" ? "–" : ($4 ~ /x$/ ? sprintf("%s × %s", $4 + 0, $5) : $4)
  printf "| %s | %s | %s | %s | %s | %s | %s | %s | %s |\n", name, number(ours), number(peer), ratio(peer, ours),
    number(limit), ratio(ours, limit), $6 == "-" ? "–" : $6, shown, mark
}

END {
  printf "\n%d of %d bars are met.\n", bars - missed, bars
  exit missed > 0
}

function read(whose, file,    line, part) {
  while ((getline line < file) > 0) {
    split(line, part, "\t")
    # The quickest repetition of two threads is one in which they ran one after the other.
    times[whose, part[1], round] = part[part[1] ~ /threads/ ? 2 : column]
  }
  close(file)
}

function median(whose, name,    count, i, j, sorted, value) {
  count = 0
  for (i = 1; i <= rounds; i++) {
    value = times[whose, name, i] + 0
    for (j = count; j > 0 && sorted[j] > value; j--) sorted[j + 1] = sorted[j]
    sorted[j + 1] = value
    count++
  }
  return sorted[int((count + 1) / 2)]
}

function number(value) { return value == "" ? "–" : (value < 100 ? sprintf("%.1f", value) : sprintf("%.0f", value)) }

function ratio(a, b) { return a == "" || b == "" ? "–" : sprintf("%.1f", a / b) }
