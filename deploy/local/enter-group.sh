#!/bin/sh
# enter-group.sh GROUP CPU_CORES MEMORY_BYTES COMMAND…: becomes COMMAND in a control group of its own with these limits.
# supervisord starts every program through it where it is root. A host without writable control groups, or without one
# of the controllers, is no obstacle: the program then runs with the limits that there are. The groups can be read by
# all, as node-exporter must, whatever mask supervisord gives its programs.
set -u
group=$1 cores=$2 memory=$3
shift 3
root=/sys/fs/cgroup
period=100000
quota=$(awk -v cores="$cores" -v period="$period" 'BEGIN { printf "%d", cores * period }')

set_limit() { # FILE VALUE
  [ -w "$1" ] && printf '%s\n' "$2" >"$1"
}

enter() { # DIRECTORY
  [ -w "$1/cgroup.procs" ] && printf '%s\n' $$ >"$1/cgroup.procs"
}

{
  if [ -e "$root/cgroup.controllers" ]; then
    directory=$root/$group
    (umask 022 && mkdir -p "$directory")
    # A controller is handed down from group to group.
    parent=$root
    for part in $(printf '%s' "$group" | tr / ' '); do
      for controller in cpu memory io; do set_limit "$parent/cgroup.subtree_control" "+$controller"; done
      parent=$parent/$part
    done
    set_limit "$directory/cpu.max" "$quota $period"
    set_limit "$directory/memory.max" "$memory"
    enter "$directory"
  else
    for controller in cpu cpuacct cpu,cpuacct memory blkio; do
      [ -d "$root/$controller" ] || continue
      directory=$root/$controller/$group
      (umask 022 && mkdir -p "$directory")
      set_limit "$directory/cpu.cfs_period_us" "$period"
      set_limit "$directory/cpu.cfs_quota_us" "$quota"
      set_limit "$directory/memory.limit_in_bytes" "$memory"
      enter "$directory"
    done
  fi
} 2>/dev/null

exec "$@"
