#!/usr/bin/env bash
# Installs what the tests need, builds once, runs every check and every test, and ends with `N passed, N failed`.
#
#   scripts/test.sh [--filter REGEX]     a filter goes to `swift test`; the checks run all the same
#
# Exit 0 only if nothing failed and every test ran. Logs and the Python of the tests are in .build-test-tools/.
# shellcheck disable=SC2317 # functions are called through check, and by what is sourced
set -uo pipefail

readonly BUILD_LIMIT_MINUTES=45 TEST_LIMIT_MINUTES=50
readonly PYTHON_PACKAGES=(prometheus-client==0.26.0 schemathesis==4.32.5)
# Beside what deployment needs: a Debian package and a file that proves that it is there.
readonly TEST_PACKAGES=(
  'prometheus-postgres-exporter:/usr/bin/prometheus-postgres-exporter'
  'prometheus-node-exporter:/usr/bin/prometheus-node-exporter'
  'prometheus-redis-exporter:/usr/bin/prometheus-redis-exporter'
  'shellcheck:/usr/bin/shellcheck'
  'jq:/usr/bin/jq'
  'zstd:/usr/bin/zstd'
  'openssl:/usr/bin/openssl'
  # Takes what Prometheus sends by remote_write.
  'victoria-metrics:/usr/bin/victoria-metrics'
  # systemd-journald and journalctl, run by hand in a mount namespace of the test's.
  'systemd:/lib/systemd/systemd-journald'
  'python3-venv:/usr/lib/python3*/ensurepip/__init__.py'
)

REPOSITORY=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd) || exit 1
readonly REPOSITORY ENGINE_DIRECTORY=$REPOSITORY/deploy/local BIN_DIR=''
readonly TOOLS=$REPOSITORY/.build-test-tools
readonly PYTHON=$TOOLS/python/bin/python LOGS=$TOOLS/logs
cd -- "$REPOSITORY" || exit 1

# shellcheck source=deploy/local/messages.sh
source "$ENGINE_DIRECTORY/messages.sh"
# shellcheck source=deploy/local/packages.sh
source "$ENGINE_DIRECTORY/packages.sh"
is_root() { ((EUID == 0)); }
# What the sourced install_packages looks at.
needed_packages() { printf '%s\n' "${RUNTIME_PACKAGES[@]}" "${BUILD_PACKAGES[@]}" "${TEST_PACKAGES[@]}"; }

PASSED=0 FAILED=0
FAILURES=()

passed() { ((PASSED += $1)); }

# failed COUNT WHAT [LOG]: remembered for the end, with what its log ends with.
failed() {
  ((FAILED += $1))
  FAILURES+=("$2"$'\n'"${3:+$(tail -n 60 -- "$3" | cut -c 1-600 | sed 's/^/    /')}")
  printf '✘ %s\n' "$2"
}

# check NAME COMMAND…: one check, that passes with the command; in a subshell, since what is sourced exits where it fails.
check() {
  local name=$1 log=$LOGS/${1// /-}.log seconds=$SECONDS
  shift
  if ("$@") >"$log" 2>&1 </dev/null; then
    passed 1
    printf '✔ %s (%d s)\n' "$name" $((SECONDS - seconds))
  else
    failed 1 "$name (exit $?)" "$log"
    return 1
  fi
}

# finish: the failures, then the one line that counts.
finish() {
  local failure
  if ((FAILED)); then
    printf '\n'
    for failure in "${FAILURES[@]}"; do printf '✘ %s\n' "$failure"; done
  fi
  printf '%d passed, %d failed\n' "$PASSED" "$FAILED"
  if ((FAILED)); then exit 1; else exit 0; fi
}

# The tests read pages with prometheus-client's parsers, and try services with what schemathesis makes of their
# documents.
install_python() {
  local mark=$TOOLS/python/${PYTHON_PACKAGES[*]}
  if [[ -x $PYTHON && -e $mark ]]; then return 0; fi
  rm -rf -- "$TOOLS/python"
  /usr/bin/python3 -m venv "$TOOLS/python" \
    && "$PYTHON" -m pip install --quiet --disable-pip-version-check --retries 5 "${PYTHON_PACKAGES[@]}" \
    && touch -- "$mark"
}

shell_scripts() {
  find scripts deploy Benchmarks .ci -type f \( -name '*.sh' -o -exec grep -qE '^#!.*\b(ba)?sh$' {} \; \) -print | sort
}

lint_shell() {
  local -a scripts=()
  mapfile -t scripts < <(shell_scripts)
  printf '%s\n' "${scripts[@]}"
  ((${#scripts[@]} > 3)) && shellcheck --external-sources "${scripts[@]}"
}

# run_tests ARGUMENTS…: every test counts; so does a runner that died, hung or left tests out. One test after the
# other: on two cores hundreds at once make those late that judge times.
run_tests() {
  local report=$LOGS/tests.xml log=$LOGS/tests.log runner progress status tests broken declared seconds=$SECONDS
  rm -f -- "$report" "$log"
  # Into a file and not a pipe: a server that a dead test left behind would hold the pipe open.
  NO_COLOR=1 TEST_PYTHON=$PYTHON timeout --kill-after=30 "${TEST_LIMIT_MINUTES}m" \
    swift test --skip-build --no-parallel --disable-xctest --xunit-output "$report" "$@" >"$log" 2>&1 </dev/null &
  runner=$!
  trap 'kill "$runner" 2>/dev/null; exit 130' INT TERM
  tail --pid="$runner" -n +1 -F -- "$log" 2>/dev/null | grep -E '^✘ Test .* recorded an issue|^↳ .*seed|Fatal error' &
  progress=$!
  wait "$runner"
  status=$?
  wait "$progress"
  printf 'The tests took %d s; all that they printed is in %s.\n' $((SECONDS - seconds)) "${log#"$REPOSITORY"/}"
  tests=$(grep -c '<testcase ' "$report" 2>/dev/null)
  broken=$(failed_tests "$report")
  tests=${tests:-0} broken=${broken:-0}
  passed $((tests - broken))
  if ((broken)); then
    { failed_tests --names "$report" && grep -A 10 '^✘ Test .* recorded an issue' -- "$log"; } >"$LOGS/failures.log"
    failed "$broken" "$broken of $tests tests" "$LOGS/failures.log"
  fi
  if ((status == 124 || status == 137)); then
    failed 1 "the tests were stopped after $TEST_LIMIT_MINUTES minutes" "$log"
  elif ((status != 0 && broken == 0)); then
    failed 1 "the test runner ended with $status" "$log"
  fi
  declared=$(grep -rhE --include='*.swift' '^\s*@Test\b' Tests | wc -l)
  if (($# == 0 && tests < declared)); then
    failed 1 "only $tests tests ran, and $declared are declared" "$log"
  elif ((tests == 0)); then
    failed 1 'no test ran' "$log"
  fi
}

# failed_tests [--names] REPORT: how many test cases hold a failure, or which.
failed_tests() {
  local names=''
  if [[ $1 == --names ]]; then names=1 && shift; fi
  [[ -e $1 ]] || return 0
  awk -v names="$names" '
    /<testcase / { split($0, part, "\""); name = part[2] "/" part[4]; open = !/\/>/ }
    /<failure/ && open { if (names) print name; count++; open = 0 }
    END { if (!names) print count + 0 }' "$1"
}

main() {
  local -a filter=()
  while (($#)); do
    case $1 in
      --filter)
        (($# > 1)) || { printf '%s\n' '--filter needs a regular expression' >&2 && exit 2; }
        filter+=(--filter "$2")
        shift 2
        ;;
      -h | --help)
        sed -n '2,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
        exit 0
        ;;
      *)
        printf 'Unknown argument %s: see scripts/test.sh --help\n' "$1" >&2
        exit 2
        ;;
    esac
  done
  mkdir -p -- "$LOGS"
  command -v swift >/dev/null || { failed 1 'there is no swift: install Swift 6.3 from swift.org' && finish; }
  # With the terminal at hand: sudo may have to ask.
  if (install_packages); then passed 1; else failed 1 'packages' && finish; fi
  check 'python' install_python || finish
  export WARNINGS_AS_ERRORS=1
  printf 'Building, some minutes in a clean clone…\n'
  check 'build' timeout --kill-after=30 "${BUILD_LIMIT_MINUTES}m" swift build --build-tests || finish
  check 'swift format' swift format lint --strict --recursive Package.swift Sources Tests Benchmarks
  check 'shellcheck' lint_shell
  check 'generated files' "$(swift build --show-bin-path)/observability" check
  check 'promtool check rules' promtool check rules observability/prometheus/rules/*.yml
  run_tests "${filter[@]}"
  finish
}

main "$@"
