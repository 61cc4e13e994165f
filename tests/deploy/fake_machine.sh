#!/usr/bin/env bash
# What packaging/pi/apply.sh calls on a kiosk, in a folder of a test: linked as each of the names below. A "package" is
# a text file of lines "version=…", "schema=…" (the newest journal that its programs read, and what they make of one),
# "broken=" (empty, apt, config, lock, kiosk, syncd, unsent or cut). A journal is a text file of "schema=", "epoch: ", "events: ".
# Every call is recorded in $MACHINE/calls.
set -euo pipefail
: "${MACHINE:?}" "${HAILONG_ROOT:?}"
name=${0##*/}
echo "$name $*" >> "$MACHINE/calls"
readonly installed=$MACHINE/installed journal=$HAILONG_ROOT/var/lib/hailong/journal.db

value() { sed -n "s/^$1=//p" "$2" 2> /dev/null || true; }
last_argument() { echo "${*: -1}"; }

# programs_of PACKAGE journal stats …
look_into() {
  local readable
  readable=$(value schema "$1")
  if [ "$(value schema "$2")" -gt "$readable" ]; then
    echo "hailong-journal: $2: was made by a newer program: use its own" >&2
    exit 2
  fi
  cat "$2"
}

start_kiosk() {
  local schema
  case $(value broken "$installed") in kiosk) exit 1 ;; esac
  schema=$(value schema "$installed")
  if [ -e "$journal" ] && [ "$(value schema "$journal")" -lt "$schema" ]; then
    sed -i "s/^schema=.*/schema=$schema/" "$journal"
  fi
  # What residents do while it runs.
  if [ -e "$MACHINE/taps" ]; then sed -i "s/^events: .*/events: $(cat "$MACHINE/taps")/" "$journal"; fi
}

case $name in
  systemctl)
    service=$(last_argument "$@")
    case $1 in
      is-active) [ -e "$MACHINE/active-$service" ] && echo active || echo inactive ;;
      start | restart)
        case $service in
          hailong-kiosk.service) start_kiosk ;;
          hailong-syncd.service) if [ "$(value broken "$installed")" = syncd ]; then exit 1; fi ;;
        esac
        touch "$MACHINE/active-$service"
        ;;
      stop) rm -f "$MACHINE"/active-* ;;
      enable) for service in "$@"; do [[ $service != hailong-* ]] || touch "$MACHINE/enabled-$service"; done ;;
      disable) for service in "$@"; do rm -f "$MACHINE/enabled-$service"; done ;;
      show)
        case "$*" in
          *NRestarts*) echo 0 ;;
          *StatusText*hailong-kiosk*) echo "1280x800 on kmsdrm, gpu; first frame shown" ;;
          *StatusText*)
            [ -e "$MACHINE/active-$service" ] || exit 0
            if [ "$(value broken "$installed")" = unsent ]; then echo "not reached: refused"; else
              echo "reached https://d.example at 2026-11-27T08:15:00Z; 0 events waiting"
            fi
            ;;
        esac
        ;;
    esac
    ;;
  apt-get)
    file=$(last_argument "$@")
    case "$*" in
      *--simulate*) echo "Inst hailong-kiosk" ;;
      *update*) ;;
      *" remove hailong-kiosk") rm -f "$installed" ;;
      *)
        for file in "$@"; do [[ $file != *.deb ]] || break; done
        if [ -e "$MACHINE/wanted" ] && [[ " $* " == *" $(cat "$MACHINE/wanted") "* ]]; then exit 100; fi # offline
        if [ "$(value broken "$file")" = cut ]; then
          cp "$file" "$installed"
          kill -KILL "$(cat "$MACHINE/applying")" # the plug is pulled
        fi
        if [ "$(value broken "$file")" = apt ] || [ -e "$MACHINE/refused-$(value version "$file")" ]; then exit 100; fi
        cp "$file" "$installed"
        mkdir -p "$HAILONG_ROOT/etc/hailong" "$HAILONG_ROOT/var/lib/hailong"
        ;;
    esac
    ;;
  dpkg-query) if [ "$(last_argument "$@")" != hailong-kiosk ]; then exit 1; elif [ -e "$installed" ]; then
    case "$*" in *Version*) echo "installed $(value version "$installed")" ;; *) echo installed ;; esac
  else exit 1; fi ;;
  dpkg-deb)
    case $1 in
      --field) value version "$2" ;;
      --extract)
        mkdir -p "$3"/usr/{bin,sbin} && cp "$2" "$3/usr/bin/package" && ln -s "$0" "$3/usr/bin/hailong-journal"
        ln -s "$0" "$3/usr/sbin/hailong-appliance"
        ;;
    esac
    ;;
  runuser) shift 3 && exec "$@" ;;
  hailong-journal)
    of=$installed
    [ ! -e "$(dirname "$0")/package" ] || of=$(dirname "$0")/package
    look_into "$of" "$(last_argument "$@")"
    ;;
  hailong-kiosk | hailong-syncd)
    case "$*" in
      *--check*)
        [ -f "$2" ] || exit 2
        if [ "$(value broken "$installed")" = config ]; then echo "kiosk.toml:7: colour: unknown key" && exit 2; fi
        echo ok
        ;;
      *enrol*)
        read -r code
        [ "$code" = K7QD ] || { echo "the district does not know this code" && exit 1; }
        echo '{"device":"kt-1","unit":"10750"}' > "$HAILONG_ROOT/var/lib/hailong/enrolment.json"
        echo "enrolled as device kt-1 of unit 10750"
        ;;
    esac
    ;;
  hailong-appliance)
    if [ "$1" = packages ]; then [ ! -e "$MACHINE/wanted" ] || cat "$MACHINE/wanted"; exit 0; fi
    [ -e "$installed" ] || exit 0
    case $1 in
      apply)
        shift
        if [ "$(value broken "$installed")" = lock ]; then echo "nft does not start" && exit 1; fi
        if [ "$*" = "$(cat "$MACHINE/locked" 2> /dev/null)" ]; then echo "nothing changed"; else
          echo "$*" > "$MACHINE/locked"
          echo "changed: /etc/nftables.conf"
        fi
        ;;
      remove) rm -f "$MACHINE/locked" ;;
    esac
    ;;
  findmnt)
    if [ "$*" = "--noheadings --output FSTYPE /" ]; then echo "${ROOT_TYPE:-ext4}"; exit; fi
    [ "${MOUNTED:-no}" = yes ] && echo /dev/mmcblk0p3 ;;
  systemd-cat) cat > /dev/null ;;
  sync | chown | dpkg | journalctl | sleep | udevadm) ;;
esac
