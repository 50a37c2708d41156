#!/usr/bin/env bash
# Makes the DocC pages of the telemetry library: .build-docs/telemetry, to be opened through a web server at /.
# Exit 1 where a public symbol of the library's modules has no documentation, or docc warns.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [[ ${1:-} == --help ]]; then
  sed -n '2,3s/^# //p' "${BASH_SOURCE[0]}"
  exit 0
fi
readonly BUILD=.build-docs/swift GRAPHS=.build-docs/graphs PAGES=.build-docs/telemetry
readonly CONVERTED=.build-docs/converted CHECKED=.build-docs/checked
readonly MODULES=(
  MetricModel Compression Telemetry TelemetryHTTP TelemetryLoki SwiftMetricsBackend TelemetryTracing TelemetryTesting
)

# Lists what has no documentation, a line each. Inherited documentation counts: an edge names where it came from.
undocumented() {
  python3 - "$GRAPHS" "${MODULES[@]}" <<'PYTHON'
import json, pathlib, sys

graphs, root = pathlib.Path(sys.argv[1]), pathlib.Path.cwd().as_uri() + "/"
missing = set()
for module in sys.argv[2:]:
    for path in [graphs / f"{module}.symbols.json", *graphs.glob(f"{module}@*.symbols.json")]:
        graph = json.loads(path.read_text())
        inheriting = {edge["source"] for edge in graph["relationships"] if "sourceOrigin" in edge}
        for symbol in graph["symbols"]:
            identifier, place = symbol["identifier"]["precise"], symbol.get("location")
            # What the compiler derives (==, hashValue) has no place in a file.
            is_derived = place is None or "::SYNTHESIZED::" in identifier
            if not is_derived and "docComment" not in symbol and identifier not in inheriting:
                file, line = place["uri"].removeprefix(root), place["position"]["line"] + 1
                missing.add((file, line, ".".join(symbol["pathComponents"])))
for file, line, name in sorted(missing):
    print(f"{file}:{line}: {name} has no documentation")
sys.exit(1 if missing else 0)
PYTHON
}

mkdir -p -- "$GRAPHS"
for module in "${MODULES[@]}"; do
  # The compiler writes a module's graph when it compiles the module, which it does where its build is missing.
  if [[ -d $BUILD && ! -f $GRAPHS/$module.symbols.json ]]; then
    find "$BUILD" -name "$module.swiftmodule" -delete
  fi
  swift build --target "$module" --scratch-path "$BUILD" \
    -Xswiftc -emit-symbol-graph -Xswiftc -emit-symbol-graph-dir -Xswiftc "$PWD/$GRAPHS"
done
undocumented

# docc takes all graphs of a folder for modules of the same documentation.
convert() {
  local module=$1 pages=$2
  shift 2
  rm -rf -- "$CONVERTED" "$pages"
  mkdir -p -- "$CONVERTED"
  find "$GRAPHS" \( -name "$module.symbols.json" -o -name "$module@*" \) -exec cp -t "$CONVERTED" -- {} +
  docc convert "$@" --additional-symbol-graph-dir "$CONVERTED" --fallback-display-name "$module" \
    --fallback-bundle-identifier "minimarket.${module,,}" --warnings-as-errors --output-path "$pages"
}

# Telemetry has a catalogue; of the others only the comments are checked.
for module in "${MODULES[@]}"; do
  [[ $module == Telemetry ]] || convert "$module" "$CHECKED"
done
convert Telemetry "$PAGES" Sources/Telemetry/Telemetry/Telemetry.docc
printf 'The pages are in %s: python3 -m http.server --directory %s, then /documentation/telemetry\n' "$PAGES" "$PAGES"
