# shellcheck shell=bash
# shellcheck disable=SC2004,SC2034,SC2153,SC2154 # globals are shared between the parts
# The embedded Redis: its users, whom it knows by the digests of their passwords, and whether it answers.

readonly REDIS_CLI=/usr/bin/redis-cli

# A password for each user, and the address for the process that enters with it; of an external one, as the operator
# wrote it.
ensure_redis_users() {
  local user password address rules digest process acl=''
  if is_external_redis; then
    for process in agente-deposito redis-exporter; do write_secret "$process.REDIS_URL" "${VALUE[REDIS_URL]}"; done
    return 0
  fi
  while IFS=$'\t' read -r user password address rules; do
    [[ -e $STATE_DIR/$password ]] || write_secret "${password#secrets/}" "$(random_secret)"
    digest=$(sha256sum <"$STATE_DIR/$password" | cut -d ' ' -f 1)
    acl+="user $user on #$digest $rules"$'\n'
    [[ $address == - ]] || write_secret "${address#secrets/}" \
      "redis://$user:$(<"$STATE_DIR/$password")@127.0.0.1:${PORT[REDIS_PORT]}"
  done <"$STATE_DIR/config/redis-users.tsv"
  write_secret redis.acl "${acl%$'\n'}"
}

# While it replays its file the answer is LOADING. The password goes by the environment, never by a command line.
redis_is_ready() {
  [[ $(REDISCLI_AUTH=$(<"$STATE_DIR/secrets/redis.default.password") timeout 3 "$REDIS_CLI" -h 127.0.0.1 \
    -p "${RENDERED_PORT[redis]}" ping 2>/dev/null) == PONG ]]
}
