#!/usr/bin/env bash
# Makes the DocC pages of the telemetry library: .build-docs/telemetry, to be opened through a web server at /.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [[ ${1:-} == --help ]]; then
  sed -n '2s/^# //p' "${BASH_SOURCE[0]}"
  exit 0
fi
readonly GRAPHS=.build-docs/graphs PAGES=.build-docs/telemetry
rm -rf -- "$GRAPHS" "$PAGES"
mkdir -p -- "$GRAPHS"
swift build --target Telemetry --scratch-path .build-docs/swift \
  -Xswiftc -emit-symbol-graph -Xswiftc -emit-symbol-graph-dir -Xswiftc "$PWD/$GRAPHS"
# Those of the packages below it would become modules of the same documentation.
find "$GRAPHS" -name '*.symbols.json' ! -name 'Telemetry.symbols.json' ! -name 'Telemetry@*' -delete
docc convert Sources/Telemetry/Telemetry/Telemetry.docc --additional-symbol-graph-dir "$GRAPHS" \
  --fallback-display-name Telemetry --fallback-bundle-identifier minimarket.telemetry \
  --output-path "$PAGES"
printf 'The pages are in %s: python3 -m http.server --directory %s, then /documentation/telemetry\n' "$PAGES" "$PAGES"
