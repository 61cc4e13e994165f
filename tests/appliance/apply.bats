#!/usr/bin/env bats
# hailong-appliance in a folder that stands for the machine.
load helper

setup() {
  need_root
  make_machine
}

# Everything but what the appliance keeps for itself.
snapshot() { (cd "$MACHINE" && find . -path ./var/lib/hailong-deploy -prune -o -printf '%p %M %l\n' -type f -exec sha256sum {} + | sort); }

@test "a second apply changes nothing" {
  run appliance apply
  [ "$status" -eq 0 ]
  [[ "$output" == *"changed: /etc/nftables.d/hailong.conf"* ]]
  run appliance apply
  [ "$status" -eq 0 ]
  [[ "$output" == *"nothing changed" ]]
  [[ "$output" != *"changed: /"* ]]
}

@test "remove leaves what was there before, to the byte" {
  echo theirs > "$MACHINE/etc/timezone"
  ln -s ../usr/share/zoneinfo/Europe/London "$MACHINE/etc/localtime"
  echo '[Service]' > "$MACHINE/etc/systemd/system/triggerhappy.service"
  chmod 0640 "$MACHINE/etc/systemd/system/triggerhappy.service"
  before=$(snapshot)
  appliance apply --rotate 270
  [ "$(snapshot)" != "$before" ]
  appliance apply
  run appliance remove
  [ "$status" -eq 0 ]
  diff <(echo "$before") <(snapshot)
  run appliance remove
  [ "$output" = "nothing changed" ]
}

@test "the manifest lists every file that is put, and each once" {
  appliance apply
  while IFS= read -r path; do
    grep -qxF "file"$'\t'"$path" "$MACHINE/var/lib/hailong-deploy/appliance.manifest"
  done < <(cd "$PACKAGING/appliance/root" && find . -type f ! -name '*.in' -printf '/%P\n')
  [ -z "$(sort "$MACHINE/var/lib/hailong-deploy/appliance.manifest" | uniq -d)" ]
}

@test "a USB device that the machine goes by is let in for good" {
  appliance apply
  echo 'allow id 0eef:0001' >> "$MACHINE/etc/usbguard/hailong.d/in-use.conf"
  run appliance apply
  [[ "$output" == *"nothing changed" ]]
  grep -qx 'allow id 0eef:0001' "$MACHINE/etc/usbguard/hailong.d/in-use.conf"
}

@test "a file that a later version no longer has goes, and what stood there comes back" {
  cp -a "$PACKAGING/appliance" "$BATS_TEST_TMPDIR/older"
  echo old > "$BATS_TEST_TMPDIR/older/root/etc/sysctl.d/98-gone.conf"
  echo old > "$BATS_TEST_TMPDIR/older/root/etc/motd"
  echo theirs > "$MACHINE/etc/motd"
  env -u SUDO_USER HAILONG_ROOT="$MACHINE" HAILONG_APPLIANCE="$BATS_TEST_TMPDIR/older" \
    "$PACKAGING/appliance/hailong-appliance" apply
  [ "$(cat "$MACHINE/etc/motd")" = old ]
  run appliance apply
  [[ "$output" == *"changed: /etc/motd"* ]]
  [ "$(cat "$MACHINE/etc/motd")" = theirs ]
  [ ! -e "$MACHINE/etc/sysctl.d/98-gone.conf" ]
}

@test "what somebody changed is put back" {
  appliance apply
  echo 'kernel.sysrq = 1' > "$MACHINE/etc/sysctl.d/99-hailong.conf"
  rm "$MACHINE/etc/systemd/system/ctrl-alt-del.target"
  run appliance apply
  [[ "$output" == *"changed: /etc/sysctl.d/99-hailong.conf"* ]]
  grep -q 'sysrq = 0' "$MACHINE/etc/sysctl.d/99-hailong.conf"
  [ "$(readlink "$MACHINE/etc/systemd/system/ctrl-alt-del.target")" = /dev/null ]
}

@test "an apply that was cut off is finished by the next, and remove finds all of it" {
  before=$(snapshot)
  echo theirs > "$MACHINE/etc/motd"
  before=$(snapshot)
  # Ends with the file that sorts behind /etc/apt: the folder of the tree cannot be made.
  touch "$MACHINE/etc/sysctl.d"
  run appliance apply
  [ "$status" -ne 0 ]
  rm "$MACHINE/etc/sysctl.d"
  appliance apply
  appliance remove
  diff <(echo "$before") <(snapshot)
}

@test "the kernel's command line stays one line, with their words in their places" {
  appliance apply --rotate 90
  file=$MACHINE/boot/firmware/cmdline.txt
  [ "$(wc -l < "$file")" -eq 1 ]
  [[ "$(cat "$file")" == 'console=serial0,115200 console=tty3 root=PARTUUID=ab-02 rootfstype=ext4 fsck.repair=yes rootwait '* ]]
  [[ " $(cat "$file") " == *' logo.nologo vt.global_cursor_default=0 consoleblank=0 '* ]]
  [[ " $(cat "$file") " == *' fbcon=rotate:1 '* ]]
  grep -q console=tty1 "$file.before-hailong"
  # Somebody adds a word: it outlives ours.
  sed -i 's/$/ video=HDMI-A-1:1280x800@60/' "$file"
  appliance apply
  [[ "$(cat "$file")" != *fbcon* ]]
  appliance remove
  [ "$(cat "$file")" = 'console=serial0,115200 console=tty1 root=PARTUUID=ab-02 rootfstype=ext4 fsck.repair=yes rootwait video=HDMI-A-1:1280x800@60' ]
}

@test "the firmware's settings get one block, and keep the driver of the screen" {
  appliance apply
  appliance apply
  file=$MACHINE/boot/firmware/config.txt
  [ "$(grep -c 'hailong-appliance begin' "$file")" -eq 1 ]
  [ "$(grep -c '^dtoverlay=vc4-kms-v3d' "$file")" -eq 1 ]
  grep -qx 'dtparam=watchdog=on' "$file"
}

@test "a machine that is no Raspberry Pi is told so in one line" {
  rm -r "${MACHINE:?}/boot"
  run appliance apply
  [ "$status" -eq 0 ]
  [ "$(grep -c cmdline.txt <<< "$output")" -eq 1 ]
}

@test "passwords by ssh end only when every administrator has a key" {
  only=$MACHINE/etc/ssh/sshd_config.d/11-hailong-keys-only.conf
  run appliance apply
  [[ "$output" == *"pi has no authorized key, so passwords stay allowed"* ]]
  [ ! -e "$only" ]
  mkdir "$MACHINE/home/pi/.ssh"
  echo '# ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI none' > "$MACHINE/home/pi/.ssh/authorized_keys"
  appliance apply
  [ ! -e "$only" ]
  echo 'restrict,pty ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI pi@desk' > "$MACHINE/home/pi/.ssh/authorized_keys"
  appliance apply
  grep -qx 'PasswordAuthentication no' "$only"
  rm "$MACHINE/home/pi/.ssh/authorized_keys"
  appliance apply
  [ ! -e "$only" ]
}

@test "the firewall's rules name the ports that sshd listens on" {
  printf 'Port 22\n' > "$MACHINE/etc/ssh/sshd_config"
  printf 'port 2222\n' > "$MACHINE/etc/ssh/sshd_config.d/99-port.conf"
  appliance apply
  grep -q 'tcp dport { 22, 2222 } ct state new' "$MACHINE/etc/nftables.d/hailong.conf"
}

@test "a read-only root wants a partition for the journal, before anything is changed" {
  before=$(snapshot)
  run appliance apply --read-only-root
  [ "$status" -eq 1 ]
  [[ "$output" == *"partition of its own"* ]]
  [ "$(snapshot)" = "$before" ]
  echo 'LABEL=hailong /var/lib/hailong ext4 noatime,nosuid,nodev,noexec 0 2' > "$MACHINE/etc/fstab"
  appliance apply --read-only-root
  grep -q 'tmpfs:recurse=0' "$MACHINE/etc/overlayroot.local.conf"
  grep -qx auto_initramfs=1 "$MACHINE/boot/firmware/config.txt"
  run appliance apply
  [ ! -e "$MACHINE/etc/overlayroot.local.conf" ]
}

@test "the packages that are needed are listed" {
  run appliance packages
  [ "$status" -eq 0 ]
  [ "$output" = $'kbd\nlogrotate\nnftables\nunattended-upgrades\nusbguard' ]
  run appliance packages --read-only-root
  [ "${lines[*]:5}" = "busybox overlayroot" ]
}

@test "arguments that are wrong change nothing" {
  for arguments in "apply --rotate 45" "apply --rotate" "apply --no-such" "remove now" "no-such" "open-updates 0"; do
    # shellcheck disable=SC2086 # words
    run appliance $arguments
    [ "$status" -eq 2 ]
  done
  [ ! -e "$MACHINE/var/lib/hailong-deploy" ]
}

@test "usbguard's files are nobody else's to read" {
  appliance apply
  [ "$(find "$MACHINE/etc/usbguard" -type f -perm /077)" = "" ]
}
