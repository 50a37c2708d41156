# shellcheck shell=bash
# shellcheck disable=SC2004,SC2034,SC2153,SC2154 # globals are shared between the parts
# supervisord of one state directory: alive or stale, started, asked, stopped.

declare -A STATE_OF=() DETAIL_OF=()

ctl() { /usr/bin/supervisorctl -c "$STATE_DIR/config/supervisord.conf" "$@"; }

# supervisor_pid: of a living supervisord that is this stack's, else nothing.
supervisor_pid() {
  local pid
  pid=$(cat -- "$STATE_DIR/run/supervisord.pid" 2>/dev/null) || return 0
  [[ $pid =~ ^[0-9]+$ ]] || return 0
  if cat -- "/proc/$pid/cmdline" 2>/dev/null | tr '\0' '\n' | grep -qxF -- "$STATE_DIR/config/supervisord.conf"; then
    printf '%s\n' "$pid"
  fi
}

supervisor_is_running() { [[ -n $(supervisor_pid) ]]; }

# read_states: STATE_OF and DETAIL_OF of every program that supervisord knows. supervisorctl's exit code says whether
# all of them run, which is not the question here.
read_states() {
  local name state detail
  STATE_OF=()
  DETAIL_OF=()
  supervisor_is_running || return 0
  while read -r name state detail; do
    STATE_OF[$name]=$state
    DETAIL_OF[$name]=$detail
  done < <(ctl status 2>/dev/null || true)
}

state_of() {
  local name state _
  read -r name state _ < <(ctl status "$1" 2>/dev/null || true) || true
  printf '%s\n' "${state:-UNKNOWN}"
}

# living_programs: the pids of what runs from this state directory without a supervisor. The whole command line is
# compared: somebody who looks at a file of ours is none of them.
living_programs() {
  local file text command
  local -a commands=() words=()
  mapfile -t commands < <(sed -n 's/^command=.* --pdeathsig [A-Z]* //p' "$STATE_DIR/config/supervisord.conf" 2>/dev/null)
  for file in /proc/[0-9]*/cmdline; do
    words=()
    { mapfile -d '' -t words <"$file"; } 2>/dev/null || continue
    text=${words[*]}
    # What nginx calls itself.
    text=${text#nginx: master process }
    for command in "${commands[@]}"; do
      [[ $text == "$command" ]] || continue
      file=${file#/proc/}
      printf '%s ' "${file%/cmdline}"
      break
    done
  done
}

# A supervisord that was killed leaves its pid and its socket. Its programs got their signal from the kernel; the next
# ones must not meet them.
remove_stale_supervisor() {
  local deadline=$((SECONDS + 45)) pids
  supervisor_is_running && return 0
  [[ -e $STATE_DIR/run/supervisord.pid || -e $SOCKET_DIR/supervisor.sock ]] || return 0
  say "El supervisor anterior terminó de golpe: se limpia lo que dejó."
  while pids=$(living_programs) && [[ $pids ]]; do
    ((SECONDS < deadline)) || fail "Siguen vivos procesos de un supervisor que ya no está (pid $pids): terminalos con kill y repetí el comando."
    sleep 0.2
  done
  rm -f -- "$STATE_DIR/run/supervisord.pid" "$SOCKET_DIR"/supervisor.sock*
}

start_supervisor() {
  local deadline log=$STATE_DIR/logs/supervisor/supervisord.start.log
  supervisor_is_running && return 0
  # Nothing of the operator's environment reaches the processes, and the lock is not theirs.
  (
    cd "$STATE_DIR"
    exec env -i "PATH=$PATH" LANG=C.UTF-8 "HOME=$STATE_DIR" \
      /usr/bin/supervisord -c "$STATE_DIR/config/supervisord.conf" </dev/null >"$log" 2>&1 9>&-
  ) || fail "supervisord no arrancó: $(tail -n 1 "$log"). La salida está en $log."
  SUPERVISOR_IS_NEW=1
  deadline=$((SECONDS + 15))
  until ctl pid >/dev/null 2>&1; do
    ((SECONDS < deadline)) || fail "supervisord no responde en $SOCKET_DIR/supervisor.sock: mirá $STATE_DIR/logs/supervisor/supervisord.log."
    sleep 0.1
  done
  # node-exporter looks for the programs below this process.
  chmod 0644 "$STATE_DIR/run/supervisord.pid"
}

# Stops everything, in the reverse order of the start, and waits for the end.
stop_supervisor() {
  local pid name bound=15 deadline
  pid=$(supervisor_pid)
  [[ $pid ]] || return 0
  read_programs
  for name in "${PROGRAMS[@]}"; do bound=$((bound + STOP_SECONDS[$name])); done
  ctl shutdown >/dev/null 2>&1 || kill -TERM "$pid" 2>/dev/null || true
  deadline=$((SECONDS + bound))
  while kill -0 "$pid" 2>/dev/null; do
    if ((SECONDS >= deadline)); then
      warn "supervisord (pid $pid) no terminó en $bound s y se lo mata; sus procesos terminan con él."
      kill -KILL "$pid" 2>/dev/null || true
      break
    fi
    sleep 0.1
  done
  rm -f -- "$STATE_DIR/run/supervisord.pid" "$SOCKET_DIR"/supervisor.sock*
  remove_control_groups
}

# The control groups that the programs left: empty ones of this stack alone.
remove_control_groups() {
  local group directory
  is_root || return 0
  group=$(sed -n 's|^command=/bin/sh .*/enter-group\.sh \([^/ ]*\)/.*|\1|p' "$STATE_DIR/config/supervisord.conf" 2>/dev/null | head -n 1)
  [[ $group ]] || return 0
  for directory in "/sys/fs/cgroup/$group" /sys/fs/cgroup/*/"$group"; do
    [[ ! -d $directory ]] || find "$directory" -depth -type d -exec rmdir -- {} + 2>/dev/null || true
  done
}

# log_files NAME [TEST…]: find(1) over a program's logs; those of postgres-exporter are not postgres'.
log_files() {
  local name=$1 other
  local -a others=()
  shift
  for other in "${PROGRAMS[@]}"; do
    [[ $other == "$name"?* ]] && others+=(! -name "${other}[.-]*")
  done
  find "$STATE_DIR/logs" -maxdepth 2 -type f -name "${name}[.-]*" "${others[@]}" "$@"
}

# last_log_lines NAME: of the newest of its logs that has any.
last_log_lines() {
  local name=$1 file
  file=$(log_files "$name" ! -name '*access*' ! -name '*.check.log' -size +0 -printf '%T@ %p\n' 2>/dev/null \
    | sort -n | tail -n 1 | cut -d ' ' -f 2-)
  [[ $file ]] || return 0
  printf '  Últimas líneas de %s:\n' "$file"
  tail -n 8 -- "$file" | cut -c 1-400 | sed 's/^/    /'
}
