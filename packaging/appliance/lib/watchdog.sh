# shellcheck shell=bash
# The hardware watchdog: PID 1 feeds it.
MANAGER_CONF=/etc/systemd/system.conf.d/90-hailong.conf

# A Raspberry Pi's cannot wait longer than 15 s. Where PID 1 may be slow, as in an emulated machine, it gets more.
watchdog_seconds() {
  local identity=""
  [ -n "$ROOT" ] || [ ! -r /sys/class/watchdog/watchdog0/identity ] || identity=$(< /sys/class/watchdog/watchdog0/identity)
  case "$identity" in
    '' | *BCM2835*) echo 15 ;;
    *) echo 60 ;;
  esac
}

put_watchdog() {
  put "$MANAGER_CONF" 0644 < <(sed "s/@WATCHDOG_SECONDS@/$(watchdog_seconds)/" "$SHARE/root$MANAGER_CONF.in")
}
