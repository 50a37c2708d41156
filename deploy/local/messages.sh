# shellcheck shell=bash
# shellcheck disable=SC2004,SC2034,SC2153,SC2154 # globals are shared between the parts
# What the operator reads: Spanish, a line each, errors last and with the remedy.

if [[ -t 1 ]]; then
  readonly GREEN=$'\e[32m' RED=$'\e[31m' YELLOW=$'\e[33m' BOLD=$'\e[1m' PLAIN=$'\e[0m'
else
  readonly GREEN='' RED='' YELLOW='' BOLD='' PLAIN=''
fi

step() { printf '%s→%s %s\n' "$BOLD" "$PLAIN" "$*"; }
say() { printf '  %s\n' "$*"; }
green() { printf '%s✔%s %s\n' "$GREEN" "$PLAIN" "$*"; }
red() { printf '%s✘%s %s\n' "$RED" "$PLAIN" "$*"; }
warn() { printf '%sAviso:%s %s\n' "$YELLOW" "$PLAIN" "$*" >&2; }
error() { printf '%sError:%s %s\n' "$RED" "$PLAIN" "$*" >&2; }

# fail MESSAGE: one clear line with the remedy, and exit 1. The EXIT trap undoes what is half done.
fail() {
  error "$*"
  exit 1
}

# usage_error MESSAGE: the command itself is wrong.
usage_error() {
  error "$*. Mirá scripts/deploy.sh --help."
  exit 2
}
