# shellcheck shell=bash
# A root that is never written to: what is written lies in memory until the next start (Debian's overlayroot).
OVERLAY_CONF=/etc/overlayroot.local.conf
OVERLAY_LOWER=/media/root-ro

overlay_runs() { [ -z "$ROOT" ] && [ "$(findmnt -no FSTYPE /)" = overlay ] && mountpoint -q "$OVERLAY_LOWER"; }

refuse_on_overlay() {
  ! overlay_runs ||
    fail "the root is read-only now, and nothing would last: call 'hailong-appliance writable-root' and restart first"
}

# Without a partition of its own the journal would be gone with the power.
require_partition() {
  awk '$1 !~ /^#/ && $2 == "/var/lib/hailong" { found = 1 } END { exit !found }' "$ROOT/etc/fstab" 2> /dev/null ||
    fail "--read-only-root needs /var/lib/hailong on a partition of its own, with a line in /etc/fstab"
}

put_overlay() {
  # Other partitions stay as they are.
  put "$OVERLAY_CONF" 0644 <<< 'overlayroot="tmpfs:recurse=0"'
  put /etc/systemd/journald.conf.d/91-hailong-overlay.conf 0644 << 'CONF'
# Would only fill the memory.
[Journal]
Storage=volatile
CONF
  put /etc/systemd/system/hailong-lower-root.service 0644 << 'UNIT'
[Unit]
Description=Security updates of the read-only root
After=network-online.target

[Service]
Type=oneshot
ExecStart=/usr/sbin/hailong-appliance update-lower-root
TimeoutStartSec=2h
UNIT
  put /etc/systemd/system/hailong-lower-root.timer 0644 << 'UNIT'
[Unit]
Description=Security updates of the read-only root

[Timer]
OnCalendar=*-*-* 18:30 UTC
RandomizedDelaySec=30m
UNIT
  put_link /etc/systemd/system/timers.target.wants/hailong-lower-root.timer \
    /etc/systemd/system/hailong-lower-root.timer
}

make_root_writable() {
  require_root
  overlay_runs || { echo "the root can be written to already"; return; }
  overlayroot-chroot rm -f "$OVERLAY_CONF"
  need_restart "$OVERLAY_CONF"
  echo "the root can be written to after the next start; 'hailong-appliance apply --read-only-root' locks it again"
}

# From midnight to five in Vietnam, whatever the machine's time zone.
is_night() { [ "$(TZ=UTC-7 date +%-H)" -lt 5 ]; }

# Whether packages of the running system may be upgraded now.
may_update() {
  is_night || { echo "not at night"; return 1; }
  ! overlay_runs || { echo "the root is read-only"; return 1; }
}

# The same updates for the root below the overlay; a restart brings them in.
update_lower_root() {
  local before after
  is_night && overlay_runs || return 0
  before=$(overlayroot-chroot sha256sum /var/lib/dpkg/status)
  open_updates 120
  overlayroot-chroot sh -c 'cat > /etc/resolv.conf' < /etc/resolv.conf
  # A new kernel goes to the firmware's partition.
  if mountpoint -q /boot/firmware; then mount --bind /boot/firmware "$OVERLAY_LOWER/boot/firmware"; fi
  overlayroot-chroot sh -c 'apt-get update -q && unattended-upgrade' || echo "the updates failed" >&2
  if mountpoint -q "$OVERLAY_LOWER/boot/firmware"; then umount "$OVERLAY_LOWER/boot/firmware"; fi
  close_updates
  after=$(overlayroot-chroot sha256sum /var/lib/dpkg/status)
  [ "$before" = "$after" ] || systemctl reboot
}
