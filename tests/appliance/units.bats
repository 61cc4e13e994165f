#!/usr/bin/env bats
# The units, as systemd reads them, and the other files, as the programs that read them do.
load helper

exposure() { systemd-analyze security --offline=yes --no-pager --threshold="$1" "$2" > "$BATS_TEST_TMPDIR/security"; }

@test "the daemon and the district are exposed under 2.0 of 10" {
  exposure 20 "$PACKAGING/kiosk/hailong-syncd.service"
  exposure 20 "$PACKAGING/district/hailong-district.service"
}

@test "the kiosk is exposed under 2.0, with screen, touch and sound" {
  exposure 20 "$PACKAGING/kiosk/hailong-kiosk.service"
}

# A root with the units, and with what they start.
make_root() {
  root=$BATS_TEST_TMPDIR/root
  mkdir -p "$root"/{usr/bin,usr/lib/hailong,usr/sbin,bin,etc/systemd/system,usr/lib/apt,usr/lib/systemd}
  cp -a /lib/systemd/system "$root/usr/lib/systemd/"
  cp -a "$PACKAGING/appliance/root/etc/systemd/." "$root/etc/systemd/"
  cp "$PACKAGING"/kiosk/*.service "$PACKAGING"/district/*.service "$root/etc/systemd/system/"
  for program in usr/bin/hailong-kiosk usr/bin/hailong-syncd usr/bin/hailong-district usr/sbin/hailong-appliance bin/sh \
    usr/lib/hailong/before-start usr/lib/apt/apt.systemd.daily usr/lib/apt/apt-helper; do
    install -m 0755 /bin/true "$root/$program"
  done
}

@test "systemd takes every unit without a complaint" {
  make_root
  for unit in hailong-kiosk.service hailong-syncd.service hailong-district.service hailong-keys.service \
    hailong-firewall.service hailong-firewall.timer hailong-firewall.path hailong-stick@sda1.service tmp.mount \
    apt-daily.service apt-daily-upgrade.timer emergency.service; do
    [ -e "$root/etc/systemd/system/${unit/sda1/}" ] || [ -e "$root/usr/lib/systemd/system/$unit" ] || continue
    systemd-analyze verify --man=no --recursive-errors=no --root="$root" "$unit" > "$BATS_TEST_TMPDIR/said" 2>&1 || {
      cat "$BATS_TEST_TMPDIR/said"
      return 1
    }
    refused grep -E '(hailong|90-).*(Unknown|Invalid|Failed to parse|ignoring)' "$BATS_TEST_TMPDIR/said"
  done
}

@test "users and folders are what systemd-sysusers and systemd-tmpfiles make of the files" {
  need_root
  root=$BATS_TEST_TMPDIR/users
  mkdir -p "$root/etc" "$root/var/lib"
  systemd-sysusers --root="$root" "$PACKAGING/kiosk/hailong.sysusers" "$PACKAGING/district/hailong-district.sysusers"
  for group in video render input audio; do
    grep -E "^$group:" "$root/etc/group" | grep -qw hailong
  done
  systemd-tmpfiles --root="$root" --create "$PACKAGING/kiosk/hailong.tmpfiles" \
    "$PACKAGING/district/hailong-district.tmpfiles"
  [ "$(stat -c %a "$root/var/lib/hailong")" = 700 ]
  [ "$(stat -c %a "$root/var/lib/hailong-district")" = 700 ]
  [ "$(stat -c %u "$root/run/hailong")" = 0 ]
}

@test "nothing gives up, and the kiosk's last resort is a restart of the machine" {
  unit=$PACKAGING/kiosk/hailong-kiosk.service
  for line in Type=notify WatchdogSec=12 Restart=always RestartSec=1 StartLimitIntervalSec=1800 StartLimitBurst=60 \
    StartLimitAction=reboot; do
    grep -qx "$line" "$unit"
  done
  unit=$PACKAGING/kiosk/hailong-syncd.service
  for line in Type=notify WatchdogSec=15 TimeoutAbortSec=3 Restart=always RestartSec=5 StartLimitIntervalSec=0; do
    grep -qx "$line" "$unit"
  done
  refused grep -q StartLimitAction "$PACKAGING/kiosk/hailong-syncd.service" "$PACKAGING/district/hailong-district.service"
}

# before_start FSTAB MOUNTED [--screen]: as on a machine whose fstab has, and on which is mounted, the partition or not.
before_start() {
  local tools=$BATS_TEST_TMPDIR/tools
  mkdir -p "$tools"
  printf '#!/bin/sh\n%s\n' "$1" > "$tools/findmnt"
  printf '#!/bin/sh\n%s\n' "$2" > "$tools/mountpoint"
  printf '#!/bin/sh\necho waited >> "%s"\n' "$BATS_TEST_TMPDIR/waited" > "$tools/sleep"
  # The driver comes with the third look.
  # shellcheck disable=SC2016 # for the fake
  printf '#!/bin/sh\n[ "$(wc -l < "%s")" -ge 2 ]\n' "$BATS_TEST_TMPDIR/waited" > "$tools/grep"
  chmod +x "$tools"/*
  : > "$BATS_TEST_TMPDIR/waited"
  PATH=$tools:$PATH "$PACKAGING/kiosk/before-start" "${@:3}"
}

@test "no program starts below an empty place of the journal, and none is kept where there is no partition" {
  refused before_start true false
  before_start true true
  before_start false false
}

@test "the kiosk waits for its screen before it uses up a start" {
  before_start false false --screen
  [ "$(wc -l < "$BATS_TEST_TMPDIR/waited")" -eq 2 ]
}

@test "apt takes the settings of the updates, and only security comes by itself" {
  run apt-config -c "$PACKAGING/appliance/root/etc/apt/apt.conf.d/90hailong-updates" dump
  [ "$status" -eq 0 ]
  origins=$(grep '^Unattended-Upgrade::Origins-Pattern::' <<< "$output")
  [ "$(wc -l <<< "$origins")" -eq 3 ]
  refused grep -q 'label=Debian"' <<< "$origins"
  grep -q 'Package-Blacklist:: "^hailong-"' <<< "$output"
}

@test "usbguard takes the rules" {
  command -v usbguard-rule-parser > /dev/null || skip "needs the package usbguard"
  usbguard-rule-parser -f "$PACKAGING/appliance/root/etc/usbguard/hailong-rules.conf"
}

@test "udev takes the rules" {
  command -v udevadm > /dev/null || skip "needs the package udev"
  # Debian 12's udevadm cannot verify rules; every line ends in something that it knows.
  refused grep -vE '^(#.*|LABEL="[a-z_]+"|.*(GOTO="[a-z_]+"|SYSTEMD_WANTS}\+="[^"]+"))$' \
    "$PACKAGING/appliance/root/etc/udev/rules.d/90-hailong-stick.rules"
}

@test "ShellCheck is silent" {
  shellcheck "$PACKAGING/appliance/hailong-appliance" "$PACKAGING"/appliance/lib/*.sh
}
