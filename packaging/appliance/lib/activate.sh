# shellcheck shell=bash
# Brings what changed into force on the running machine. What needs a restart is a line of RESTART.
RESTART=/run/hailong/reboot-needed

need_restart() {
  mkdir -p "${RESTART%/*}"
  grep -qsxF "$1" "$RESTART" || echo "$1" >> "$RESTART"
}

# Whether a path that begins so was changed.
changed() {
  local path
  for path in "${CHANGED[@]}"; do
    [[ "$path" != "$1"* ]] || return 0
  done
  return 1
}

# try COMMAND...: what fails does not stop the rest, and is told.
try() { "$@" || echo "failed, and will be tried at the next start: $*" >&2; }

exists() { systemctl cat "$1" > /dev/null 2>&1; }

activate() {
  local path timer
  is_live || return 0
  [ ${#CHANGED[@]} -gt 0 ] || return 0
  systemctl daemon-reload
  for path in "$CMDLINE" "$FIRMWARE" "$OVERLAY_CONF" /etc/systemd/system/tmp.mount; do
    ! changed "$path" || need_restart "$path"
  done
  if changed /etc/systemd/system.conf.d; then systemctl daemon-reexec; fi
  if changed /etc/sysctl.d; then try sysctl -q --system > /dev/null; fi
  if changed /etc/systemd/journald.conf.d; then systemctl restart systemd-journald; fi
  if changed /etc/systemd/logind.conf.d; then try systemctl try-restart systemd-logind; fi
  if changed /etc/udev; then udevadm control --reload; fi
  if changed /etc/systemd/system/; then
    stop_what_is_masked
    for timer in apt-daily.timer apt-daily-upgrade.timer; do try systemctl try-restart "$timer"; done
  fi
  if changed /etc/ssh; then reload_ssh; fi
  if changed "$RULES" || changed /etc/systemd/system/nftables; then
    follow nftables.service
    if is_ours "$RULES"; then try systemctl start hailong-firewall.timer hailong-firewall.path; fi
  fi
  if changed /etc/usbguard || changed /etc/systemd/system/usbguard; then follow usbguard.service; fi
  if is_ours /etc/systemd/system/hailong-keys.service; then try systemctl start hailong-keys.service; fi
}

# Before their files go: a timer whose file is gone counts as failed.
stop_own_units() {
  local path
  is_live || return 0
  for path in "${!OURS[@]}"; do
    case "$path" in
      /etc/systemd/system/hailong-*.timer | /etc/systemd/system/hailong-*.path | /etc/systemd/system/hailong-keys.service)
        systemctl stop "${path##*/}" || true ;;
    esac
  done
}

# Restarts a unit that is enabled, stops one that is not.
follow() {
  exists "$1" || { echo "$1 is not installed" >&2; return 0; }
  if systemctl -q is-enabled "$1"; then
    systemctl restart "$1" || echo "$1 did not start: systemctl status $1" >&2
  else
    systemctl stop "$1"
  fi
}

stop_what_is_masked() {
  local path target unit
  while read -r path target; do
    if [ "$target" != /dev/null ] || ! is_ours "$path"; then continue; fi
    unit=$(basename "$path")
    case "$unit" in
      *@.*) systemctl stop "${unit%.*}*.${unit##*.}" 2> /dev/null || true ;;
      *.target) ;;
      dphys-swapfile.service) swapoff -a || true ;;
      *) systemctl stop "$unit" 2> /dev/null || true ;;
    esac
  done < "$SHARE/links"
}

# A configuration that sshd does not take is never loaded.
reload_ssh() {
  local path
  command -v sshd > /dev/null || [ -x /usr/sbin/sshd ] || return 0
  mkdir -p /run/sshd
  if /usr/sbin/sshd -t; then
    try systemctl try-reload-or-restart ssh.service
  else
    echo "sshd refuses its configuration: ours is taken out again" >&2
    for path in /etc/ssh/sshd_config.d/10-hailong.conf "$KEYS_ONLY"; do
      ! is_ours "$path" || take_away "$path"
    done
  fi
}

# Programs that still run on a library that was replaced are restarted.
restart_outdated() {
  local unit pid
  for unit in hailong-syncd.service hailong-kiosk.service; do
    pid=$(systemctl show -p MainPID --value "$unit")
    if [ "${pid:-0}" -eq 0 ] || ! grep -qE '\.so[.0-9]* \(deleted\)$' "/proc/$pid/maps"; then continue; fi
    echo "$unit runs on replaced libraries"
    systemctl try-restart "$unit"
  done
}
