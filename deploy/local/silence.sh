# shellcheck shell=bash
# shellcheck disable=SC2004,SC2034,SC2153,SC2154 # globals are shared between the parts
# While a program is restarted, the alerts that this may cause are not told: a silence in Alertmanager, made before
# anything is touched and lifted at the end, whatever the end is. Which alerts and for how long at most says
# config/silences.tsv. What fires already is told as ever: the deployment may be its remedy, and somebody waits to hear
# that it is over, which Alertmanager never says of what ends in a silence. Without an Alertmanager there is nobody to
# keep quiet, and the deployment goes on.

readonly SILENCE_REQUEST_SECONDS=3
declare -a SILENCES=()

alertmanager_api() {
  /usr/bin/curl -fsS --noproxy '*' --max-time "$SILENCE_REQUEST_SECONDS" \
    "http://127.0.0.1:${RENDERED_PORT[alertmanager]:-}$1" "${@:2}" 2>/dev/null
}

# without_firing BODY ALERTS: a silence less the alerts that fire already, or nothing where none is left.
without_firing() {
  /usr/bin/python3 <(
    cat <<'PYTHON'
import json, re, sys
silence = json.loads(sys.argv[1])
matchers = silence["matchers"]
firing = {
    alert["labels"]["alertname"] for alert in json.load(sys.stdin)
    if all(re.fullmatch(m["value"], alert["labels"].get(m["name"], "")) for m in matchers)
}
for matcher in matchers:
    if matcher["name"] == "alertname":
        names = [name for name in matcher["value"].split("|") if name not in firing]
        matcher["value"] = "|".join(names)
if names:
    print(json.dumps(silence))
PYTHON
  ) "$1" <<<"$2"
}

# silence_alerts NAME…: of the restart of these programs.
silence_alerts() {
  local program seconds body answer failed='' longest=0 now alerts quieter
  local file=$STATE_DIR/config/silences.tsv
  (($#)) || return 0
  [[ -r $file && ${RENDERED_PORT[alertmanager]:-} ]] || return 0
  alertmanager_api /-/ready -o /dev/null || return 0
  alerts=$(alertmanager_api '/api/v2/alerts?silenced=false&inhibited=false') || alerts='[]'
  now=$(date +%s)
  while IFS=$'\t' read -r program seconds body; do
    [[ " $* " == *" $program "* ]] || continue
    if quieter=$(without_firing "$body" "$alerts" 2>/dev/null); then body=$quieter; fi
    [[ $body ]] || continue
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
