#!/usr/bin/env bash
# What scripts/deploy-pi.sh asks a device before it touches it: run there as root, from standard input, behind lines
# that set what (all or state), now (this moment, in seconds), arch, district, ca (base64, may be empty) and
# may_set_clock (yes or no).
# Answers in lines: "ok TEXT", "warn TEXT", "fail TEXT", and "have NAME DIGEST" for what lies there already.
set -uo pipefail

: "${what:?}" "${now:?}" "${arch?}" "${district?}" "${ca?}" "${may_set_clock:?}"
readonly state=/var/lib/hailong-deploy

check_machine() {
  local own id='' like='' version='' model
  own=$(dpkg --print-architecture 2> /dev/null || uname -m)
  if [ "$own" = "$arch" ]; then echo "ok architecture $own"; else
    echo "fail the device is $own and the package is for $arch: flash the 64-bit Raspberry Pi OS Lite, or name another --package"
  fi
  # shellcheck source=/dev/null
  id=$(. /etc/os-release && echo "$ID") like=$(. /etc/os-release && echo "${ID_LIKE:-}")
  # shellcheck source=/dev/null
  version=$(. /etc/os-release && echo "${VERSION_ID:-}")
  if [[ " $id $like " == *" debian "* && $version == 12 ]]; then echo "ok system $id 12"; else
    echo "fail the system is ${id:-unknown} ${version:-}, not Debian 12: flash Raspberry Pi OS Lite 12 (bookworm)"
  fi
  model=$(tr -d '\0' 2> /dev/null < /proc/device-tree/model || true)
  if [[ $model == *"Raspberry Pi "[45]* || $model == *"Compute Module "[45]* ]]; then echo "ok ${model}"; else
    echo "warn the machine is '${model:-of no known model}', not a Raspberry Pi 4 or 5: nobody has measured it"
  fi
}

is_locked() { [ "$(findmnt --noheadings --output FSTYPE /)" = overlay ]; }

# Where the root on the card is mounted: of a locked one / lies in memory.
card_root() { if is_locked; then echo /media/root-ro; else echo /; fi; }

# How many MB the root can be grown by: what is behind it on its card, where it is the last partition.
room_behind_root() {
  local part there disk end last=0 other
  part=$(findmnt --noheadings --output SOURCE "$(card_root)")
  there=$(readlink -f "/sys/class/block/${part##*/}")
  if [ ! -e "$there/partition" ]; then
    echo 0
    return 0
  fi
  disk=${there%/*}
  end=$(($(cat "$there/start") + $(cat "$there/size")))
  for other in "$disk"/*/partition; do
    other=${other%/partition}
    [ $(($(cat "$other/start") + $(cat "$other/size"))) -le "$end" ] || last=1
  done
  if [ "$last" = 0 ]; then echo $((($(cat "$disk/size") - end) / 2048)); else echo 0; fi
}

check_room() {
  local free behind memory status
  free=$(df --output=avail --block-size=1M "$(card_root)/var" | tail -n 1)
  behind=$(room_behind_root)
  if [ "$free" -ge 500 ]; then echo "ok $((free)) MB free"; elif [ $((free + behind)) -ge 500 ]; then
    echo "ok $((free)) MB free, and $behind MB for the root and the journal to grow into"
  else
    echo "fail only $((free)) MB are free on /var and 500 are wanted: remove something, or take a larger card"
  fi
  memory=$(awk '/^MemTotal/ { print int($2 / 1024) }' /proc/meminfo)
  if [ "$memory" -ge 700 ]; then echo "ok $memory MB of memory"; else
    echo "warn only $memory MB of memory: a Pi with 1 GB or more is wanted"
  fi
  for status in /sys/class/drm/*/status; do
    if [ "$(cat "$status" 2> /dev/null)" = connected ]; then
      status=${status%/status}
      echo "ok a screen is connected (${status##*/card})"
      return 0
    fi
  done
  echo "warn no screen is connected: the kiosk cannot show its first frame, and an installation would be taken back"
}

check_clock() {
  local off=$((now - $(date +%s)))
  if [ $((off < 0 ? -off : off)) -le 300 ]; then
    echo "ok the clock is right"
  elif [ "$may_set_clock" = yes ] && date --utc --set="@$now" > /dev/null; then
    echo "warn the clock was wrong by $off s: it was set from this machine"
  else
    echo "warn the clock is wrong by $off s: it will be set from this machine"
  fi
  [ "$(timedatectl show --property=NTP --value 2> /dev/null)" != yes ] || return 0
  if [ "$may_set_clock" = yes ] && timedatectl set-ntp true 2> /dev/null; then
    echo "warn the clock was not kept by NTP: it is now"
  else
    echo "warn the clock is not kept by NTP"
  fi
}

check_network() {
  local own_ca='' said='' reached=no
  if [ -n "$ca" ]; then
    own_ca=$(mktemp)
    base64 -d <<< "$ca" > "$own_ca"
  fi
  if command -v curl > /dev/null; then
    said=$(curl --silent --show-error --fail --max-time 15 --output /dev/null ${own_ca:+--cacert "$own_ca"} \
      "$district/healthz" 2>&1) && reached=yes
  elif command -v wget > /dev/null; then
    said=$(wget --no-verbose --tries=1 --timeout=15 --output-document=/dev/null \
      ${own_ca:+--ca-certificate="$own_ca"} "$district/healthz" 2>&1) && reached=yes
  else
    echo "warn the device has neither curl nor wget: nobody asked whether it reaches the district"
    reached=unasked
  fi
  [ -z "$own_ca" ] || rm -f "$own_ca"
  case $reached in
    yes) echo "ok the district answers at $district" ;;
    no)
      # The firewall of a kiosk knows the district of its configuration only.
      if [ -e /etc/nftables.d/hailong.conf ] && ! grep -qsF "\"$district\"" /etc/hailong/sync.toml; then
        echo "warn the kiosk's firewall does not let it ask another district than before"
        return 0
      fi
      echo "fail the district does not answer the device at $district/healthz (${said//$'\n'/ }): mend the address, --ca or the network"
      ;;
  esac
}

tell_what_is_there() {
  local file
  for file in "$state"/{current,previous,incoming}/hailong-kiosk.deb /etc/hailong/*; do
    [ ! -f "$file" ] || echo "have $file $(sha256sum < "$file" | cut -d ' ' -f 1)"
  done
  [ ! -e "$state/previous/hailong-kiosk.deb" ] || echo "have previous $(cat "$state/previous/version")"
  echo "have version $(dpkg-query -W -f='${Version}' hailong-kiosk 2> /dev/null | grep . || echo none)"
  ! is_locked || echo "have locked-root yes"
}

if [ "$what" = all ]; then
  check_machine
  check_room
  check_clock
  check_network
fi
tell_what_is_there
echo "end"
