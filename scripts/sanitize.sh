#!/usr/bin/env bash
# Runs the tests of the telemetry under ThreadSanitizer and AddressSanitizer, each in a build of its own.
# Not part of scripts/test.sh: two more builds and tests several times slower. Figures go to docs/measurements.md.
#
#   scripts/sanitize.sh [thread|address]...
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly TESTS='^(Telemetry|TelemetryHTTP|TelemetryLoki|TelemetryTesting|TelemetryTracing|Compression|Systemd|SwiftMetricsBackend)Tests\.'

# The sanitizers have an allocator of their own, of which mallinfo2 knows nothing, and take their time.
readonly NOT_HERE="RuntimeCollectorTests|MallocReaderTests|RedactionTests/linear"

if [[ ${1:-} == --help ]]; then
  sed -n '2,5s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
  exit 0
fi
sanitizers=("$@")
((${#sanitizers[@]})) || sanitizers=(thread address)
export TEST_PYTHON=${TEST_PYTHON:-$PWD/.build-test-tools/python/bin/python}
for sanitizer in "${sanitizers[@]}"; do
  case $sanitizer in
    thread | address) ;;
    *)
      printf '%s: thread or address, not %s\n' "$0" "$sanitizer" >&2
      exit 2
      ;;
  esac
  printf '== %s\n' "$sanitizer"
  # Exit tests start the test binary again, so that a report of a child is a failure of its test. Foundation leaks at
  # its first use of a few of its types, so that leaks are looked for elsewhere: scripts/bench.sh measures memory.
  TSAN_OPTIONS="halt_on_error=1 suppressions=$PWD/scripts/thread-sanitizer.supp" ASAN_OPTIONS=detect_leaks=0 \
    swift test --sanitize "$sanitizer" --scratch-path ".build-$sanitizer" --disable-xctest --no-parallel \
    --filter "$TESTS" --skip "$NOT_HERE"
done
