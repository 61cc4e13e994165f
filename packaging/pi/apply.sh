#!/usr/bin/env bash
# The half of scripts/deploy-pi.sh that runs on the kiosk, as root; docs/deploying.md.
#   apply.sh run               does what the plan beside it says, wholly or not at all
#   apply.sh recover           at the start of the machine: goes back from what a power cut interrupted
#   apply.sh verify SECONDS    waits for the first frame and the district
#   apply.sh uninstall [purge] takes everything back but the data; purge: also the data, once the district has them all
set -euo pipefail

readonly root=${HAILONG_ROOT:-} # a folder in the place of /, for tests
readonly state=$root/var/lib/hailong-deploy
readonly data=$root/var/lib/hailong
readonly etc=$root/etc/hailong
readonly services=(hailong-kiosk.service hailong-syncd.service)
readonly steps=9
export DEBIAN_FRONTEND=noninteractive HAILONG_DEPLOY=1 LC_ALL=C.UTF-8

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=packaging/pi/journal_partition.sh
. "$here/journal_partition.sh"
# shellcheck source=packaging/pi/transaction.sh
. "$here/transaction.sh"

# To the journal of the machine, and to whoever waits for it at the other end of ssh, if anybody still does.
tell() {
  printf '%s\n' "$1"
  { printf '%s\n' "$1" >&3; } 2> /dev/null || true
}
step() { number=$1 title=$2; }
say() { tell "[$number/$steps] $title: $1"; }
note() { tell "      $1"; }
fail() {
  tell "failed: $1"
  printf '%s\n' "$1" > "$state/reason"
  exit 1
}

# Output goes to journald as well, and only the lines of tell() to the pipe: a connection that breaks must not stop
# what writes.
start_log() {
  exec 3>&1
  trap '' PIPE
  exec > >(tee "$state/log" | systemd-cat --identifier=hailong-deploy) 2>&1
  log_writer=$!
}

as_hailong() { runuser -u hailong -- "$@"; }

installed_version() {
  local found
  found=$(dpkg-query --show --showformat='${db:Status-Status} ${Version}' hailong-kiosk 2> /dev/null || true)
  [[ $found != "installed "* ]] || printf '%s\n' "${found#installed }"
}

digest_of() { if [ -f "$1" ]; then sha256sum < "$1" | cut -d ' ' -f 1; fi; }

# plan KEY: a value of incoming/plan.
plan() { sed -n "s/^$1=//p" "$state/incoming/plan"; }

# The package that the plan means: the one that is installed already is not copied again.
planned_package() {
  local file
  for file in "$state"/{incoming,current,previous}/hailong-kiosk.deb; do
    if [ "$(digest_of "$file")" = "$(plan digest)" ]; then
      echo "$file"
      return 0
    fi
  done
  fail "the package did not arrive whole: deploy again"
}

# missing_packages DEB: what the lock-down needs and is not there; the package itself only suggests it.
missing_packages() {
  local look=$state/look arguments=() name
  rm -rf "$look"
  mkdir "$look"
  dpkg-deb --extract "$1" "$look" || return 1
  if [ -x "$look/usr/sbin/hailong-appliance" ]; then
    if grep -qx -e --read-only-root "$state/incoming/appliance" 2> /dev/null; then arguments=(--read-only-root); fi
    for name in $(HAILONG_APPLIANCE=$look/usr/share/hailong/appliance \
      "$look/usr/sbin/hailong-appliance" packages "${arguments[@]}"); do
      [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$name" 2> /dev/null)" = installed ] || echo "$name"
    done
  fi
  rm -rf "$look"
}

# apt_install DEB PACKAGES…
apt_install() {
  local code=0 options=(--yes --reinstall --allow-downgrades --no-install-recommends
    -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confold)
  # Offline, nothing is asked of the network as long as nothing is missing.
  if [ "$(apt-get --simulate "${options[@]}" install "$@" 2> /dev/null | grep -c '^Inst ')" != 1 ]; then
    if command -v hailong-appliance > /dev/null; then hailong-appliance open-updates 60 || true; fi
    apt-get -o DPkg::Lock::Timeout=300 update || true
  fi
  apt-get "${options[@]}" install "$@" || code=$?
  if command -v hailong-appliance > /dev/null; then hailong-appliance close-updates || true; fi
  return "$code"
}

install_package() {
  local file version former missing
  file=$(planned_package) || exit 1
  version=$(dpkg-deb --field "$file" Version)
  former=$(installed_version)
  if [ "$former" = "$version" ] && [ "$(digest_of "$state/current/hailong-kiosk.deb")" = "$(plan digest)" ]; then
    say "unchanged ($version)"
    return 0
  fi
  changed=yes
  missing=$(missing_packages "$file") || fail "${file##*/} cannot be read"
  enter package
  # shellcheck disable=SC2086 # a name on each line
  apt_install "$file" $missing || fail "apt-get could not install ${file##*/}: $(tail -n 3 "$state/log" | tr '\n' ' ')"
  [ "$(installed_version)" = "$version" ] || fail "dpkg does not call hailong-kiosk installed"
  say "${former:-none} → $version"
}

# check_configuration FOLDER: the programs themselves read it.
check_configuration() {
  local said
  said=$(as_hailong hailong-kiosk --config "$1/kiosk.toml" --check 2>&1) ||
    fail "the configuration does not work: ${said##*$'\n'}"
  said=$(as_hailong hailong-syncd --config "$1/sync.toml" --check 2>&1) ||
    fail "the configuration does not work: ${said##*$'\n'}"
}

# udev reads the touch screen's rule through a link.
use_touch_rules() {
  local link=$root/etc/udev/rules.d/91-hailong-touch.rules
  [ -e "$etc/touch.rules" ] || return 0
  mkdir -p "${link%/*}"
  ln -sfn /etc/hailong/touch.rules "$link"
  udevadm control --reload || true
  udevadm trigger --subsystem-match=input --action=change || true
}

# put_configuration FOLDER: in the place of /etc/hailong.
put_configuration() {
  rm -rf "$etc.old"
  [ ! -e "$etc" ] || mv "$etc" "$etc.old"
  mv "$1" "$etc"
  rm -rf "$etc.old"
  use_touch_rules
  sync -f "${etc%/*}"
}

configure() {
  local file names=()
  for file in "$state"/incoming/etc/*; do
    cmp --silent "$file" "$etc/${file##*/}" || names+=("${file##*/}")
  done
  if [ ${#names[@]} -eq 0 ]; then
    check_configuration "$etc"
    say unchanged
    return 0
  fi
  changed=yes
  rm -rf "$etc.new"
  mkdir -p "$etc"
  cp -a "$etc" "$etc.new"
  cp "$state"/incoming/etc/* "$etc.new/"
  chown -R root:hailong "$etc.new"
  chmod 750 "$etc.new"
  find "$etc.new" -type f -exec chmod 640 {} +
  check_configuration "$etc.new"
  put_configuration "$etc.new"
  say "changed: ${names[*]}"
}

enrol() {
  local said unit
  if [ -e "$data/enrolment.json" ]; then
    say unchanged
    [ ! -e "$state/incoming/code" ] || note "the machine is enrolled already: the code was not used"
    unit=$(grep -o '"unit" *: *"[^"]*"' "$data/enrolment.json" | cut -d '"' -f 4 || true)
    if [ -n "$unit" ] && [ -n "$(plan unit)" ] && [ "$unit" != "$(plan unit)" ]; then
      note "the district knows this machine at unit $unit, not $(plan unit): hailong-district admin … device move"
    fi
  elif [ ! -e "$state/incoming/code" ]; then
    say "no code was given: the kiosk asks for it on its screen"
  elif said=$(as_hailong hailong-syncd --config "$etc/sync.toml" enrol --code - < "$state/incoming/code" 2>&1); then
    say "${said##*$'\n'}"
  else
    say "NOT done: ${said##*$'\n'}"
    note "the kiosk asks for a code on its screen"
  fi
  rm -f "$state/incoming/code"
}

lock_down() {
  local arguments=() said
  if ! command -v hailong-appliance > /dev/null; then
    say "left alone: this package has no hailong-appliance"
    return 0
  fi
  mapfile -t arguments < "$state/incoming/appliance"
  said=$(hailong-appliance apply "${arguments[@]}" 2>&1) || fail "hailong-appliance: ${said##*$'\n'}"
  printf '%s\n' "$said"
  if ! cmp --silent "$state/incoming/appliance" "$state/current/appliance"; then changed=yes; fi
  if grep -q '^changed: ' <<< "$said"; then
    say "$(grep -c '^changed: ' <<< "$said") files changed"
  else
    say unchanged
  fi
}

stop_services() { systemctl stop "${services[@]}" 2> /dev/null || true; }

is_active() { [ "$(systemctl is-active "$1" 2> /dev/null)" = active ]; }
all_active() { is_active hailong-kiosk.service && is_active hailong-syncd.service; }
status_text() { systemctl show --property=StatusText --value "$1"; }
restarts() { systemctl show --property=NRestarts --value "$@"; }
has_reached() { [[ $(status_text hailong-syncd.service) == "reached "* ]]; }

# wait_for SECONDS COMMAND…: until it succeeds.
wait_for() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 1
  done
}

last_words() { journalctl "${@/#/--unit=}" --lines=4 --output=cat | tr '\n' ' '; }

# A first try may fail where systemd tries again by itself; after some, no other would do better, and the machine would
# be started anew.
start_one() {
  local end=$((SECONDS + patience))
  systemctl start "$1" && return 0
  until is_active "$1"; do
    [ "$SECONDS" -lt "$end" ] && [ "$(restarts "$1")" -lt 5 ] || return 1
    sleep 1
  done
}

# Returns when both are ready, and still are a moment later without having been restarted. Else 1, with the reason.
start_services() {
  local service before
  systemctl daemon-reload
  systemctl enable --quiet "${services[@]}"
  systemctl reset-failed "${services[@]}" 2> /dev/null || true
  for service in "${services[@]}"; do
    start_one "$service" || {
      echo "$service did not become ready: $(last_words "$service")" > "$state/reason"
      return 1
    }
  done
  before=$(restarts "${services[@]}")
  sleep "$settling"
  { all_active && [ "$(restarts "${services[@]}")" = "$before" ]; } || {
    echo "a service does not stay up: $(last_words "${services[@]}")" > "$state/reason"
    return 1
  }
}

serve() {
  if [ "$changed" = no ] && all_active; then
    say "unchanged, running"
    return 0
  fi
  stop_services
  [ ! -e "$state/saved/hailong-kiosk.deb" ] || copy_journal
  start_services || fail "$(cat "$state/reason")"
  # What could reach the district before must still be able to. Where it could not, the network is no reason to go back.
  if [ -e "$state/saved/reached" ]; then
    wait_for "$patience" has_reached || fail "the daemon no longer reaches the district: $(status_text hailong-syncd.service)"
  fi
  say "running"
}

# With the upload of that deployment still in its place.
end_what_was_cut_off() {
  case $(cat "$state/transaction" 2> /dev/null) in
    commit) finish_commit ;;
    change | package)
      tell "an earlier deployment was cut off: going back first"
      go_back yes || {
        finish "failed: an earlier deployment was cut off, and cannot be taken back"
        exit 1
      }
      changed=no
      ;;
  esac
}

# What was uploaded is read under the lock only, so that two who deploy at once do not mix.
take_upload() {
  [[ $here == "$state"/upload-* ]] || return 0
  if [ ! -e "$here/hailong-kiosk.deb" ] && [ -e "$state/incoming/hailong-kiosk.deb" ]; then
    mv "$state/incoming/hailong-kiosk.deb" "$here/"
  fi
  rm -rf "$state/incoming"
  mv "$here" "$state/incoming"
  here=$state/incoming
  find "$state" -maxdepth 1 -name 'upload-*' -mmin +60 -exec rm -rf {} +
}

hold_alone() {
  exec 9> "$root/run/hailong-deploy.lock"
  flock --nonblock 9 || { echo "failed: another deployment runs on this device: wait for it"; exit 1; }
}

run() {
  mkdir -p "$state"
  chmod 755 "$state"
  hold_alone
  start_log
  rm -f "$state/reason" "$state/result"
  end_what_was_cut_off
  take_upload
  trap on_exit EXIT
  patience=$(plan patience)
  [ "$(plan action)" = deploy ] || plan_rollback
  begin
  step 3 "Place of the journal"
  if [ "$(plan action)" = deploy ]; then journal_partition "$(plan journal_device)"; else say unchanged; fi
  step 4 "Installing the package"
  install_package
  step 5 Configuration
  configure
  step 6 Enrolment
  enrol
  step 7 "Locking down, display and touch"
  lock_down
  step 8 Services
  serve
  commit
}

kernel_sees_it() {
  local file found=no
  for file in "$root"/sys/kernel/debug/dri/*/state; do
    [ -r "$file" ] || continue
    found=yes
    # The kiosk's picture on a plane that a screen shows.
    awk '/^plane\[/ { shown = 0 } /^\tcrtc=/ { shown = $0 !~ /\(null\)/ }
      /allocated by = hailong-kiosk/ && shown { seen = 1 } END { exit !seen }' "$file" && return 0
  done
  [ "$found" = yes ] || return 2
  return 1
}

has_first_frame() {
  is_active hailong-kiosk.service && [[ $(status_text hailong-kiosk.service) == *"first frame shown"* ]]
}

is_served() {
  has_first_frame && is_active hailong-syncd.service || return 1
  if [ -e "$data/enrolment.json" ]; then has_reached; fi
}

# verify SECONDS MUST_BE_ENROLLED: lines "ok TEXT", "warn TEXT" and "fail TEXT".
verify() {
  local good=yes kernel=0 said
  wait_for "$1" is_served || true
  said=$(status_text hailong-kiosk.service)
  if has_first_frame; then echo "ok kiosk: $said"; else
    echo "fail kiosk: $(systemctl is-active hailong-kiosk.service), '$said'"
    good=no
  fi
  kernel_sees_it || kernel=$?
  case $kernel in
    0) echo "ok screen: the kernel shows the kiosk's picture" ;;
    2) echo "warn screen: the kernel does not say what it shows" ;;
    *)
      echo "fail screen: the kernel shows no picture of the kiosk on a connected screen"
      good=no
      ;;
  esac
  if [ -e "$root/etc/overlayroot.local.conf" ]; then
    if [ "$(findmnt --noheadings --output FSTYPE /)" = overlay ]; then echo "ok root: read-only"; else
      said=$(sed -n 's/^\[failure\]: //p' "$root/run/initramfs/overlayroot.log" 2> /dev/null | head -n 1)
      echo "fail root: it can still be written to: ${said:-no initramfs has looked at it}"
      good=no
    fi
  fi
  said=$(status_text hailong-syncd.service)
  if is_active hailong-syncd.service && [[ $said == "reached "* ]]; then
    echo "ok district: $said"
  elif is_active hailong-syncd.service && [ ! -e "$data/enrolment.json" ] && [ "$2" = no ]; then
    echo "warn district: $said; the kiosk's screen asks for the code"
  else
    echo "fail district: $(systemctl is-active hailong-syncd.service), '$said'"
    good=no
  fi
  [ "$good" = yes ]
}

number=0 title='' changed=no patience=120 settling=5
if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  case "${1:-}" in
    run) run ;;
    recover) recover ;;
    verify) verify "${2:?}" "${3:-no}" ;;
    uninstall) uninstall "${2:-}" ;;
    *) sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
fi
