#!/usr/bin/env bash
# Lists the functions that a release build of an exporter runs, those of a scrape first, for a linker that puts them
# side by side: the kernel maps 64 KiB around every page of code that is touched, and scattered code is then resident
# nearly whole.
#
#   scripts/order-symbols.sh EXECUTABLE PORT >FILE     EXECUTABLE with its symbols; valgrind and curl are needed
#
# swift build … -Xswiftc -use-ld=lld -Xlinker --symbol-ordering-file=FILE -Xlinker --no-warn-symbol-ordering
set -euo pipefail

fail() { printf '%s\n' "$1" >&2; exit 1; }
(($# == 2)) || fail 'Uso: scripts/order-symbols.sh EJECUTABLE PUERTO >ARCHIVO'
readonly START_LIMIT_SECONDS=60 SCRAPES=5
EXECUTABLE=$(readlink -f -- "$1") PORT=$2
readonly EXECUTABLE PORT
command -v valgrind callgrind_control curl strip >/dev/null || fail 'Hacen falta valgrind, curl y binutils.'
DIRECTORY=$(mktemp -d)
SERVER=
trap '[[ ! $SERVER ]] || kill "$SERVER" 2>/dev/null || true; rm -rf -- "$DIRECTORY"' EXIT

# valgrind does not understand the debug information, and needs only the symbols.
strip -g -o "$DIRECTORY/exporter" "$EXECUTABLE"
valgrind --tool=callgrind --demangle=no --compress-strings=no --callgrind-out-file="$DIRECTORY/out" \
  "$DIRECTORY/exporter" "--web.listen-address=127.0.0.1:$PORT" >"$DIRECTORY/log" 2>&1 &
SERVER=$!

scrape() { curl -sf -o "$DIRECTORY/page" "$@" "http://127.0.0.1:$PORT/metrics"; }
for ((second = 0; second < START_LIMIT_SECONDS; second++)); do
  if scrape --compressed; then break; fi
  kill -0 "$SERVER" 2>/dev/null || fail "No arranca: $(tail -n 3 "$DIRECTORY/log")"
  sleep 1
done
scrape || fail "No contesta en $START_LIMIT_SECONDS s."

functions() { sed -n "s/^fn=//p" "$1" | sed "s/'[0-9]*\$//" | sort -u; }
callgrind_control --dump "$SERVER" >/dev/null
callgrind_control --zero "$SERVER" >/dev/null
for ((number = 0; number < SCRAPES; number++)); do
  scrape
  scrape --compressed
done
kill "$SERVER"
wait "$SERVER" || true
SERVER=
functions "$DIRECTORY/out.1" >"$DIRECTORY/start"
{ for part in "$DIRECTORY"/out "$DIRECTORY"/out.[2-9]; do [[ ! -e $part ]] || functions "$part"; done; } \
  | sort -u >"$DIRECTORY/scrape"
cat "$DIRECTORY/scrape"
comm -13 "$DIRECTORY/scrape" "$DIRECTORY/start"
