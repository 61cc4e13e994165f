# shellcheck shell=bash
# A table of how the machine stands. Every line is made from what is there now, not from what should be.
row() { printf '%-16s %s\n' "$1" "$2"; }

show_watchdog() {
  local seconds
  [ -e /dev/watchdog0 ] || { row watchdog "no hardware watchdog"; return; }
  seconds=$(systemctl show -p RuntimeWatchdogUSec --value)
  if [ "$seconds" = 0 ]; then row watchdog "NOT IN USE"; else row watchdog "the machine starts anew after $seconds without an answer"; fi
}

show_firewall() {
  if ! has_table; then
    row firewall "NOT LOADED"
    return
  fi
  row firewall "loaded; $(nft list set inet "$TABLE" updates | grep -q elements && echo 'packages OPEN' || echo 'packages closed')"
  row district "$(district_endpoint) -> $({ nft list set inet "$TABLE" district4; nft list set inet "$TABLE" district6; } |
    grep -oE '[0-9a-f.:]+ \. [a-z0-9-]+' | sed 's/ \. /:/' | paste -sd' ')"
}

show_usb() {
  if systemctl -q is-active usbguard.service; then
    row usb "guarded; blocked: $(usbguard list-devices --blocked 2> /dev/null | wc -l)"
  else
    row usb "NOT GUARDED"
  fi
}

show_root() {
  if overlay_runs; then
    row root "read-only, overlay in memory"
  else
    row root "$(findmnt -no OPTIONS / | cut -d, -f1)$([ ! -e "$OVERLAY_CONF" ] || echo ', read-only after a restart')"
  fi
  local source
  source=$(findmnt -no SOURCE /var/lib/hailong || true)
  row journal "${source:+own partition $source}${source:-on the root}, $(df -h --output=avail /var/lib/hailong 2> /dev/null | tail -1 | tr -d ' ') free"
}

show_updates() {
  local stamp=/var/lib/apt/periodic/unattended-upgrades-stamp
  if [ -e "$stamp" ]; then row updates "last run $(date -d "@$(stat -c %Y "$stamp")" '+%F %H:%M')"; else row updates never; fi
}

show_machine() {
  local file=/sys/class/thermal/thermal_zone0/temp throttled=/sys/devices/platform/soc/soc:firmware/get_throttled
  [ ! -e "$file" ] || row temperature "$(($(cat "$file") / 1000)) °C"
  [ ! -e "$throttled" ] || row throttled "0x$(cat "$throttled")"
  [ ! -e "$RESTART" ] || row restart "needed: $(paste -sd, "$RESTART")"
}

show_services() {
  local unit
  for unit in hailong-kiosk hailong-syncd; do
    row "$unit" "$(systemctl show -p ActiveState -p StatusText --value "$unit.service" 2> /dev/null | paste -sd' ')"
  done
}

show_status() {
  require_root
  show_services
  show_watchdog
  show_firewall
  show_usb
  show_root
  show_updates
  show_machine
}
