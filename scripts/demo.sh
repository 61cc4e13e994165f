#!/usr/bin/env bash
# The whole system on one machine, with the Kim Thành sample configuration: tap, and see the tap in the
# dashboard within 10 seconds.
#   scripts/demo.sh               until Ctrl-C
#   scripts/demo.sh --for SECONDS stops everything by itself
#   scripts/demo.sh --fresh       forgets the state of earlier runs (build/demo/) first
# With a display the kiosk is a window; without one it runs under Xvfb.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=
fresh=no
while [ $# -gt 0 ]; do
  case "$1" in
    --for)
      seconds=${2:-}
      if ! [[ $seconds =~ ^[0-9]+$ ]]; then
        echo "demo.sh: --for wants a number of seconds" >&2
        exit 2
      fi
      shift 2
      ;;
    --fresh) fresh=yes; shift ;;
    -h | --help) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) echo "demo.sh: unknown option '$1' (known: --for SECONDS, --fresh)" >&2; exit 2 ;;
  esac
done

readonly device=kt-10750-q1 unit=10750 counter=q1 port=8480
readonly bin=build/release/bin state=build/demo sample=config/kim-thanh
readonly url=http://127.0.0.1:$port
readonly journal=$PWD/$state/kiosk/journal.db

scripts/install-deps.sh
[ -f build/release/build.ninja ] || cmake --preset release -DHAILONG_TESTS=OFF
cmake --build --preset release --parallel "$(nproc)" \
  --target hailong-kiosk hailong-syncd hailong-district hailong-journal hailong-assets

if curl --silent --output /dev/null "$url/healthz"; then
  echo "demo.sh: something answers on $url already; stop it first (another demo?)" >&2
  exit 1
fi
[ "$fresh" = no ] || rm -rf "$state"
mkdir -p "$state"
chmod 700 "$state"

declare -A children=()
stop_all() {
  trap '' INT TERM
  # The district last: the daemon may be in the middle of a batch.
  for name in kiosk syncd Xvfb district; do
    if [ -n "${children[$name]:-}" ]; then
      kill "${children[$name]}" 2>/dev/null || true
      wait "${children[$name]}" 2>/dev/null || true
    fi
  done
}
trap stop_all EXIT
trap 'exit 0' INT TERM

# start NAME COMMAND…: in the background, with its log in the state folder.
start() {
  local name=$1
  shift
  "$@" >>"$state/$name.log" 2>&1 &
  children[$name]=$!
}

fail() {
  echo "demo.sh: $1; the end of $state/$2.log:" >&2
  tail -n 5 "$state/$2.log" >&2
  exit 1
}

# wait_for NAME COMMAND…: until the command succeeds, as long as the program NAME runs.
wait_for() {
  local name=$1
  shift
  for _ in $(seq 300); do
    "$@" >/dev/null 2>&1 && return 0
    kill -0 "${children[$name]}" 2>/dev/null || fail "$name ended" "$name"
    sleep 0.1
  done
  fail "$name did not come up" "$name"
}

# config NAME SED…: a copy of a sample with values of this run, beside the sample's data files.
cp "$sample"/*.csv "$state/"
config() {
  local name=$1
  shift
  sed "$@" "$sample/$name" >"$state/$name"
}

config district.toml -e "s|^data_dir = .*|data_dir = \"district\"|" -e "s|^port = .*|port = $port|" \
  -e 's|"\.\./|"../../config/|'
admin() { "$bin/hailong-district" admin --config "$state/district.toml" "$@"; }

# Password and token are shown once by the program, so the demo keeps them for its next run.
if [ ! -f "$state/secrets" ]; then
  password=$(admin user add demo --generate | awk 'END { print $NF }')
  token=$(admin token add demo | awk 'END { print $NF }')
  (umask 077 && printf '%s %s\n' "$password" "$token" >"$state/secrets")
fi
# The login above works for the authority; one account for each other role, named after it.
if [ ! -f "$state/accounts" ]; then
  admin user role demo --role district-officer
  (
    umask 077
    for role in administrator supervisor auditor commune-head commune-staff; do
      belongs_to=()
      [[ $role != commune-* ]] || belongs_to=(--unit "$unit")
      given=$(admin user add "$role" --role "$role" "${belongs_to[@]}" --generate)
      printf '%s %s\n' "$role" "$given"
    done >"$state/accounts.new"
  )
  mv "$state/accounts.new" "$state/accounts"
fi
read -r password token <"$state/secrets"
start district "$bin/hailong-district" serve --config "$state/district.toml"
wait_for district curl --silent --fail "$url/healthz"

config kiosk.toml -e "s|^data_dir = .*|data_dir = \"kiosk\"|" \
  -e "s|^assets_dir = .*|assets_dir = \"../release/assets\"|" -e 's|"\.\./\([fp]\)|"../../config/\1|' \
  -e 's|^# setup_code = .*|setup_code = "20241408"|'
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  where="in the window"
  start kiosk "$bin/hailong-kiosk" --config "$state/kiosk.toml" --windowed 1280x800
else
  rm -f "$state/display"
  mkfifo "$state/display"
  exec {display}<>"$state/display"
  start Xvfb Xvfb -displayfd "$display" -screen 0 1280x800x24 -nolisten tcp
  read -r -t 30 -u "$display" number || fail "Xvfb did not come up" Xvfb
  where="with: DISPLAY=:$number xdotool mousemove 1152 440 click 1"
  start kiosk env DISPLAY=":$number" "$bin/hailong-kiosk" --config "$state/kiosk.toml"
fi
wait_for kiosk "$bin/hailong-journal" stats --db "$journal"

config sync.toml -e "s|^data_dir = .*|data_dir = \"kiosk\"|" -e "s|^url = .*|url = \"$url\"|" \
  -e "s|^age_seconds = .*|age_seconds = 2|"
if [ ! -f "$state/kiosk/enrolment.json" ]; then
  code=$(admin device invite --id $device --unit $unit --counter $counter)
  "$bin/hailong-syncd" --config "$state/sync.toml" enrol --code "$code" >/dev/null
fi
start syncd "$bin/hailong-syncd" --config "$state/sync.toml"

cat <<TEXT

Open the dashboard and log in; then tap a face $where
The tap stands in the table within 10 seconds. Staff mode: hold the kiosk's upper left corner for 3 s;
its one-time code is 20241408. Logs are in $state/; Ctrl-C stops everything.
The login below is a district officer's. Name and password of the other roles:

$(sed 's/^/  /' "$state/accounts")

dashboard: $url
login: demo $password
token: $token
journal: $journal
ready
TEXT

# Runs until a child ends by itself, which it must not, or the time is over.
if [ -n "$seconds" ]; then
  sleep "$seconds" &
  children[timer]=$!
fi
ended=
wait -n -p ended || true
[ "$ended" = "${children[timer]:-}" ] && exit 0
for name in "${!children[@]}"; do
  [ "${children[$name]}" != "$ended" ] || fail "$name ended by itself" "$name"
done
