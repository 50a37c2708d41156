# shellcheck shell=bash
# shellcheck disable=SC2004,SC2034,SC2153,SC2154 # globals are shared between the parts
# While a program is restarted, the alerts that this may cause are not told: a silence in Alertmanager, made before
# anything is touched and lifted at the end, whatever the end is. Which alerts and for how long at most says
# config/silences.tsv. Without an Alertmanager there is nobody to keep quiet, and the deployment goes on.

readonly SILENCE_REQUEST_SECONDS=3
declare -a SILENCES=()

alertmanager_api() {
  /usr/bin/curl -fsS --noproxy '*' --max-time "$SILENCE_REQUEST_SECONDS" \
    "http://127.0.0.1:${RENDERED_PORT[alertmanager]:-}$1" "${@:2}" 2>/dev/null
}

# silence_alerts NAME…: of the restart of these programs.
silence_alerts() {
  local program seconds body answer failed='' longest=0 now
  local file=$STATE_DIR/config/silences.tsv
  (($#)) || return 0
  [[ -r $file && ${RENDERED_PORT[alertmanager]:-} ]] || return 0
  alertmanager_api /-/ready -o /dev/null || return 0
  now=$(date +%s)
  while IFS=$'\t' read -r program seconds body; do
    [[ " $* " == *" $program "* ]] || continue
    body="{ \"startsAt\": \"$(date -u -d "@$now" +%FT%TZ)\", \"endsAt\": \"$(date -u -d "@$((now + seconds))" +%FT%TZ)\",${body#\{}"
    answer=$(alertmanager_api /api/v2/silences -H 'Content-Type: application/json' --data-binary @- <<<"$body") || answer=''
    if [[ $answer =~ \"silenceID\":\"([0-9a-f-]+)\" ]]; then
      SILENCES+=("${BASH_REMATCH[1]}")
      ((seconds > longest)) && longest=$seconds
    else
      failed=1
    fi
  done <"$file"
  if ((${#SILENCES[@]})); then
    say "Alertmanager no avisa de lo que este despliegue puede causar: hasta que termine, y como mucho $((longest / 60)) minutos."
  fi
  [[ -z $failed ]] || warn "Alertmanager no aceptó un silencio: puede llegar algún aviso causado por este despliegue."
}

# lift_silences: also from the EXIT trap. One that cannot be lifted ends by itself.
lift_silences() {
  local id failed=''
  for id in "${SILENCES[@]}"; do
    alertmanager_api "/api/v2/silence/$id" -X DELETE -o /dev/null || failed=1
  done
  if [[ $failed ]]; then
    warn "Quedó puesto un silencio de este despliegue: termina solo, o sacalo en http://localhost:${RENDERED_PORT[alertmanager]}/#/silences."
  fi
  SILENCES=()
}
