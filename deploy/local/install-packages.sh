#!/usr/bin/env bash
# Runs as root: installs Debian packages whose daemons neither start now nor at boot. What was installed before, and
# its daemons, are left alone.
set -euo pipefail

readonly POLICY=/usr/sbin/policy-rc.d
readonly SAVED_POLICY=$POLICY.before-minimarket
readonly CLUSTERS=/etc/postgresql-common/createcluster.conf

restore() {
  if [[ -e $SAVED_POLICY || -L $SAVED_POLICY ]]; then mv -f -- "$SAVED_POLICY" "$POLICY"; else rm -f -- "$POLICY"; fi
  if [[ -e $CLUSTERS.before-minimarket ]]; then mv -f -- "$CLUSTERS.before-minimarket" "$CLUSTERS"; fi
}

# policy-rc.d(8): 101 forbids the start of any service.
forbid_starts() {
  # A saved one is from a run that was killed: it is the original.
  if [[ ! -e $SAVED_POLICY && -e $POLICY ]]; then mv -- "$POLICY" "$SAVED_POLICY"; fi
  printf '#!/bin/sh\nexit 101\n' >"$POLICY"
  chmod 755 "$POLICY"
}

forbid_main_cluster() {
  [[ -e $CLUSTERS.before-minimarket ]] || cp -a -- "$CLUSTERS" "$CLUSTERS.before-minimarket"
  printf 'create_main_cluster = false\n' >>"$CLUSTERS"
}

# dpkg-query fails where a pattern has no package, as on a fresh machine.
installed() {
  { dpkg-query -W -f='${db:Status-Abbrev}${Package}\n' 'postgresql*' 'redis*' 'prometheus*' 'nginx*' 'supervisor' 2>/dev/null || true; } \
    | sed -n 's/^ii //p' | sort
}

install() {
  apt-get -o DPkg::Lock::Timeout=120 -o Dpkg::Options::=--force-confold install -y --no-upgrade --no-install-recommends "$@"
}

# The daemons of one package: not at boot either.
disable_units() {
  local package=$1 path name
  while IFS= read -r path; do
    name=${path##*/}
    case $path in
      */lib/systemd/system/*@.*) ;;
      */lib/systemd/system/*.service | */lib/systemd/system/*.timer)
        if command -v systemctl >/dev/null; then systemctl disable "$name" >/dev/null 2>&1 || true; fi
        ;;
      /etc/init.d/*)
        if command -v update-rc.d >/dev/null; then update-rc.d "$name" disable >/dev/null 2>&1 || true; fi
        ;;
    esac
  done < <(dpkg -L "$package")
}

main() {
  local before after package
  export DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l
  before=$(installed)
  trap restore EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  forbid_starts
  apt-get -o DPkg::Lock::Timeout=120 update
  if [[ " $* " == *' postgresql-15 '* ]]; then
    install postgresql-common
    forbid_main_cluster
  fi
  install "$@"
  after=$(installed)
  while IFS= read -r package; do
    [[ -z $package ]] || disable_units "$package"
  done < <(comm -13 <(printf '%s\n' "$before") <(printf '%s\n' "$after"))
}

main "$@"
