#!/usr/bin/env bash
# Makes a kiosk out of a Raspberry Pi 4/5 with a fresh Raspberry Pi OS Lite 12 (64 bit), updates it, or goes back.
#   scripts/deploy-pi.sh HOST --unit CODE --counter ID [--invite CODE] [options]
#   scripts/deploy-pi.sh HOST --rollback            the version that ran before, with its configuration
#   scripts/deploy-pi.sh HOST --uninstall [--purge-data]
#   scripts/deploy-pi.sh --inventory FILE [options] many kiosks; a CSV whose header names these options:
#                                                   host,unit,counter,counter_name,invite,rotate,...
# The kiosk:
#   --unit CODE            the commune, as in units.csv
#   --counter ID           the counter, e.g. q1
#   --counter-name NAME    how residents know it (default of q1: "Quầy số 1")
#   --invite CODE          the district's one-time code; without it the kiosk asks for it on its screen
#   --district URL         the district's address (default: the one in sync.toml)
#   --ca FILE              certificates to trust for it, of an authority of its own
#   --config DIR           samples and units.csv (default: config/kim-thanh)
#   --rotate 0|90|180|270  the picture, clockwise, on a panel that is mounted turned
#   --calibration "a b c d e f"   the touch screen, as LIBINPUT_CALIBRATION_MATRIX takes it
#   --diagonal TENTHS      the panel's, in tenths of an inch
#   --journal-device auto|none|DEV   the partition of the journal (auto: one labelled hailong-data, or free room)
#   --read-only-root       nothing but the journal is written to the card
# The way there:
#   --package FILE.deb     what to install (default: build/packages, built with scripts/package.sh arm64)
#   --user NAME, --port N, --ssh-option WORD   for ssh; one word of its command line each, may be repeated
#   --wait SECONDS         how long to wait for the first frame, the district and a reboot (120)
#   --jobs N               kiosks of an inventory at a time (4)
#   --dry-run              only checks, and says what would be done
# Exit code: 0 done or nothing to do, 1 something failed (the old version runs), 2 wrong arguments.
# What is done and what happens when something fails: docs/deploying.md.
set -euo pipefail
called_from=$PWD
cd "$(dirname "$0")/.."
readonly parts=packaging/pi state=/var/lib/hailong-deploy

# shellcheck source=packaging/pi/render.sh
. "$parts/render.sh"
# shellcheck source=packaging/pi/arguments.sh
. "$parts/arguments.sh"
# shellcheck source=packaging/pi/inventory.sh
. "$parts/inventory.sh"

host='' unit='' counter='' counter_name='' unit_title='' invite='' district='' ca='' config_dir=config/kim-thanh
rotate='' calibration='' diagonal='' journal_device=auto read_only_root=no package='' user='' port=''
ssh_options=() action=deploy dry_run=no purge=no inventory='' jobs=4 patience=120

# set_option NAME VALUE: of the command line or of an inventory's column, both without "--". Else 1.
set_option() {
  case $1 in
    host) host=$2 ;;
    unit) unit=$2 ;;
    counter) counter=$2 ;;
    counter-name) counter_name=$2 ;;
    invite) invite=$2 ;;
    district) district=${2%/} ;;
    ca) ca=$(absolute "$2") ;;
    config) config_dir=$(absolute "$2") ;;
    rotate) rotate=$2 ;;
    calibration) calibration=$2 ;;
    diagonal) diagonal=$2 ;;
    journal-device) journal_device=$2 ;;
    package) package=$(absolute "$2") ;;
    user) user=$2 ;;
    port) port=$2 ;;
    *) return 1 ;;
  esac
}

absolute() { if [[ $1 == /* || -z $1 ]]; then printf '%s' "$1"; else printf '%s' "$called_from/$1"; fi; }

read_arguments() {
  local name
  while [ $# -gt 0 ]; do
    if [[ $1 == --*=* ]]; then set -- "${1%%=*}" "${1#*=}" "${@:2}"; fi
    name=${1#--}
    case $1 in
      -h | --help) sed -n '2,/^set /s/^# \{0,1\}//p' "scripts/${0##*/}"; exit 0 ;;
      --read-only-root) read_only_root=yes; shift; continue ;;
      --dry-run) dry_run=yes; shift; continue ;;
      --purge-data) purge=purge; shift; continue ;;
      --rollback | --uninstall)
        [ "$action" = deploy ] || refuse "--rollback or --uninstall, not both"
        action=$name
        shift
        continue
        ;;
      --*) [ $# -gt 1 ] || refuse "$1 wants a value, or is unknown (--help)" ;;
      *)
        [ -z "$host" ] || refuse "one HOST is wanted, not '$host' and '$1'; --inventory takes many"
        host=$1
        shift
        continue
        ;;
    esac
    case $name in
      ssh-option) ssh_options+=("$2") ;;
      inventory) inventory=$(absolute "$2") ;;
      jobs) jobs=$2 ;;
      wait) patience=$2 ;;
      host) refuse "unknown option '--host' (--help)" ;;
      *) set_option "$name" "$2" || refuse "unknown option '$1' (--help)" ;;
    esac
    shift 2
  done
}

check_arguments() {
  [[ $jobs =~ ^[1-9][0-9]?$ ]] || refuse "--jobs $jobs: a number from 1 to 99 is wanted"
  [[ $patience =~ ^[1-9][0-9]{0,3}$ ]] || refuse "--wait $patience: a number of seconds from 1 to 9999 is wanted"
  [ "$purge" = no ] || [ "$action" = uninstall ] || refuse "--purge-data goes with --uninstall only"
  if [ -n "$inventory" ]; then
    [ -z "$host" ] || refuse "HOST or --inventory, not both"
    [ -f "$inventory" ] || refuse "--inventory $inventory is not there"
    return 0
  fi
  [ -n "$host" ] || refuse "HOST is missing (--help)"
  check_one
}

check_one() {
  check_host
  if [ "$action" = deploy ]; then check_kiosk; fi
}

# find_package: the newest that was built; builds it where there is none.
find_package() {
  local found
  if [ -n "$package" ] || [ "$action" != deploy ]; then return 0; fi
  newest() { find build/packages -name 'hailong-kiosk_*_arm64.deb' -printf '%T@ %p\n' | sort -n | tail -n 1 | cut -d ' ' -f 2; }
  mkdir -p build/packages
  found=$(newest)
  if [ -z "$found" ]; then
    scripts/package.sh arm64 >&2 || refuse "the package could not be built: name one with --package"
    found=$(newest)
  fi
  [ -n "$found" ] || refuse "scripts/package.sh left no package in build/packages: name one with --package"
  package=$PWD/$found
}

main() {
  read_arguments "$@"
  check_arguments
  find_package
  mkdir -p build/deploy
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  if [ -n "$inventory" ]; then
    run_inventory
  else
    log=build/deploy/$host.log
    deploy_one 2>&1 | tee "$log"
  fi
}

# shellcheck source=packaging/pi/device.sh
. "$parts/device.sh"
if [ "${BASH_SOURCE[0]}" = "$0" ]; then main "$@"; fi
