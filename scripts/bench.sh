#!/usr/bin/env bash
# Measures a part of the platform beside its peers, in one run and in turn, and prints a table.
#
#   scripts/bench.sh [telemetry] [--filter TEXT] [--rounds N] [--busy]   times and memory, beside client_golang
#   scripts/bench.sh [telemetry] --instructions [--filter TEXT]          instructions under callgrind, beside limits
#   scripts/bench.sh exporters [--filter TEXT] [--rounds N]              scrapes, beside Debian's exporters
#   scripts/bench.sh soak [--filter TEXT]                                100,000 scrapes of each of our exporters
#   scripts/bench.sh services [--filter TEXT] [--rounds N] [--seconds N] [--bin-dir DIR]
#                                                                        requests to our services, beside pgbench
#   scripts/bench.sh ledger [--bin-dir DIR]                              a million movements, then ten million in the books
#   scripts/bench.sh exchange [--bin-dir DIR]                            files of 100,000 rows in and out
#
#   --filter TEXT   only the rows whose case has TEXT in its name
#   --rounds N      how often all rows are measured, ours and the peer in turn; 5 where it is not said, 3 of services
#   --seconds N     how long a service is loaded for one figure; 10 where it is not said
#   --bin-dir DIR   measures the services that were built there, and builds none
#   --busy          compares minima instead of medians, for a machine that others use at the same time
#
# Exit 1 if a bar is missed. Builds are in .build-bench/.
# shellcheck disable=SC2034,SC2317 # what is sourced reads these and calls these
set -euo pipefail

REPOSITORY=$(cd -- "$(dirname -- "$(realpath -- "${BASH_SOURCE[0]}")")/.." && pwd)
readonly REPOSITORY ENGINE_DIRECTORY=$REPOSITORY/deploy/local
readonly BENCHMARKS=$REPOSITORY/Benchmarks SCRATCH=$REPOSITORY/.build-bench
VERB=telemetry FILTER='' ROUNDS='' SECONDS_EACH=10 BIN_DIR='' IS_BUSY='' IS_INSTRUCTIONS=''

# shellcheck source=deploy/local/messages.sh
source "$ENGINE_DIRECTORY/messages.sh"
# shellcheck source=deploy/local/packages.sh
source "$ENGINE_DIRECTORY/packages.sh"
is_root() { ((EUID == 0)); }
# What the sourced install_packages looks at; a verb says what it needs.
needed_packages() { "${VERB}_packages"; }

show_help() { sed -n '2,19s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; }

wrong() {
  printf '%s: see scripts/bench.sh --help\n' "$*" >&2
  exit 2
}

# A verb is a file Benchmarks/VERB.sh with the functions VERB_packages, VERB_build, VERB_measure and VERB_instructions.
parse_arguments() {
  if (($#)) && [[ $1 != -* ]]; then
    VERB=$1
    shift
  fi
  while (($#)); do
    case $1 in
      --filter | --rounds | --seconds | --bin-dir) (($# > 1)) || wrong "$1 needs a value" ;;&
      --filter)
        FILTER=$2
        shift
        ;;
      --rounds)
        [[ $2 =~ ^[1-9][0-9]{0,2}$ ]] || wrong "--rounds $2 is not from 1 to 999"
        ROUNDS=$2
        shift
        ;;
      --seconds)
        [[ $2 =~ ^[1-9][0-9]{0,3}$ ]] || wrong "--seconds $2 is not from 1 to 9999"
        SECONDS_EACH=$2
        shift
        ;;
      --bin-dir)
        BIN_DIR=$(realpath -e -- "$2" 2>/dev/null) || wrong "--bin-dir $2 is not there"
        shift
        ;;
      --busy) IS_BUSY=1 ;;
      --instructions) IS_INSTRUCTIONS=1 ;;
      -h | --help)
        show_help
        exit 0
        ;;
      *) wrong "Unknown argument $1" ;;
    esac
    shift
  done
  [[ $VERB =~ ^[a-z]+$ && -e $BENCHMARKS/$VERB.sh ]] || wrong "There is no benchmark $VERB"
  if [[ ! $ROUNDS ]]; then [[ $VERB == services ]] && ROUNDS=3 || ROUNDS=5; fi
  readonly VERB FILTER ROUNDS SECONDS_EACH BIN_DIR IS_BUSY IS_INSTRUCTIONS
}

# rows FILE: the rows of a table of cases that the filter lets through.
rows() { awk -F '\t' -v filter="$FILTER" '!/^#/ && index($1, filter)' "$1"; }

describe_machine() {
  printf '%s: %s, %d cores, Linux %s, load %s.\n' "$(date -u '+%F %H:%M UTC')" \
    "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)" "$(uname -r)" \
    "$(cut -d ' ' -f 1 /proc/loadavg)"
}

main() {
  local results
  parse_arguments "$@"
  # shellcheck source=/dev/null
  source "$BENCHMARKS/$VERB.sh"
  [[ $BIN_DIR ]] || command -v swift >/dev/null || fail 'there is no swift: install Swift 6.3 from swift.org'
  install_packages
  mkdir -p -- "$SCRATCH"
  "${VERB}_build"
  results=$(mktemp -d -- "$SCRATCH/results.XXXXXX")
  # shellcheck disable=SC2064 # the directory of now
  trap "rm -rf -- '$results'" EXIT
  describe_machine
  if [[ $IS_INSTRUCTIONS ]]; then "${VERB}_instructions" "$results"; else "${VERB}_measure" "$results"; fi
}

main "$@"
