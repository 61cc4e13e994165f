# shellcheck shell=bash
# USB: what this machine itself hangs on is let in by name; sticks are mounted for staff.
IN_USE_RULES=/etc/usbguard/hailong.d/in-use.conf
STICKS=/media

is_touch_screen() { udevadm info --query=property --path="$1" 2> /dev/null | grep -qx ID_INPUT_TOUCHSCREEN=1; }

# The network's interfaces, the drives that the system runs from, and the touch screens, as folders of /sys.
sources_in_use() {
  local name source
  for name in /sys/class/input/event*; do
    if is_touch_screen "$name"; then readlink -f "$name"; fi
  done
  ip -o route show default 2> /dev/null | sed -n 's/.* dev \([^ ]*\).*/\1/p' | sort -u | while read -r name; do
    readlink -f "/sys/class/net/$name/device" || true
  done
  for name in / /boot/firmware /var/lib/hailong; do
    source=$(findmnt -no SOURCE "$name" 2> /dev/null) || continue
    [ ! -b "$source" ] || readlink -f "/sys/class/block/$(basename "$(readlink -f "$source")")"
  done
}

# The USB device, and its hubs are let in anyway, that a folder of /sys belongs to.
usb_device_of() {
  local folder=$1
  while [ "$folder" != / ] && [ -n "$folder" ]; do
    if [ -e "$folder/idVendor" ] && [ -e "$folder/authorized" ]; then
      echo "$folder"
      return
    fi
    folder=$(dirname "$folder")
  done
}

# A rule for one device: by its id, and its serial number when it has one that can be quoted.
rule_for() {
  local device=$1 serial=""
  [ ! -e "$device/serial" ] || serial=$(cat "$device/serial")
  printf 'allow id %s:%s' "$(cat "$device/idVendor")" "$(cat "$device/idProduct")"
  [[ ! "$serial" =~ ^[A-Za-z0-9._:-]+$ ]] || printf ' serial "%s"' "$serial"
  echo
}

rules_in_use() {
  local source
  [ -z "$ROOT" ] || return 0
  sources_in_use | while read -r source; do usb_device_of "$source"; done | sort -u |
    while read -r source; do rule_for "$source"; done
}

# What was found once stays: a monitor may be off at the next time.
in_use_rules() {
  echo "# What network, system and touch go by, found by hailong-appliance. Files beside this one are read, too."
  { grep -s '^allow ' "$ROOT$IN_USE_RULES" || true; rules_in_use; } | sort -u
}

put_usb_in_use() { put "$IN_USE_RULES" 0600 < <(in_use_rules); }

# Lets every device in: the guard is not there.
usb_open() {
  local file
  for file in /sys/bus/usb/devices/*/authorized_default; do
    [ ! -w "$file" ] || echo 1 > "$file" || true
  done
  for file in /sys/bus/usb/devices/*/authorized; do
    [ "$(cat "$file")" != 0 ] || echo 1 > "$file" || true
  done
}

# Debian's own rules, which would be in force now, keep out whatever was not plugged in when the package came.
unguard_usb() {
  local unit
  # The one for D-Bus would start the other.
  for unit in usbguard-dbus.service usbguard.service; do
    ! exists "$unit" || systemctl --quiet disable --now "$unit" ||
      echo "$unit cannot be turned off and may keep USB devices out: systemctl status $unit" >&2
  done
  usb_open
  echo "usbguard is off; if it was used before: systemctl enable --now usbguard"
}

# A folder's name for a stick: its label without what would make a path of it.
stick_name() {
  local label=$1
  label=$(tr -d '[:cntrl:]/' <<< "$label" | sed 's/^[. ]*//; s/ *$//')
  echo "${label:-USB}"
}

# A drive that the system itself uses is no stick.
is_systems_drive() {
  findmnt -n -S "$1" > /dev/null || findmnt -n --fstab -S "$1" > /dev/null
}

# stick_in NAME: mounts /dev/NAME below /media, for the kiosk's user alone.
stick_in() {
  local device=/dev/$1 type label name folder options number=1
  [ -b "$device" ] || fail "$device is not there"
  ! is_systems_drive "$device" || return 0
  type=$(blkid -o value -s TYPE "$device")
  label=$(blkid -o value -s LABEL "$device" || true)
  name=$(stick_name "$label")
  folder=$STICKS/$name
  while mountpoint -q "$folder"; do
    number=$((number + 1))
    folder="$STICKS/$name $number"
  done
  mkdir -p "$folder"
  options=nosuid,nodev,noexec,noatime,uid=hailong,gid=hailong,dmask=0077,fmask=0177
  # Written at once, so that one that is pulled out early has lost little.
  case "$type" in
    vfat) options+=,flush,utf8=1 ;;
    exfat) options+=,sync,iocharset=utf8 ;;
    ntfs)
      # Raspberry Pi OS has the kernel's driver and ntfs-3g; Debian 12 has only the latter, when it is installed.
      if modprobe -q ntfs3; then type=ntfs3 options+=,sync,iocharset=utf8; else type=ntfs-3g options+=,sync; fi ;;
    *) rmdir "$folder"; fail "$device: $type is no stick's file system" ;;
  esac
  # A stick that was pulled out while it was written to may refuse to be written to.
  if ! mount -t "$type" -o "$options" "$device" "$folder" &&
    ! mount -t "$type" -o "$options,ro" "$device" "$folder"; then
    rmdir "$folder"
    fail "$device cannot be mounted"
  fi
  echo "$device is in $folder"
}

# stick_out NAME: it was pulled out, or the machine stops.
stick_out() {
  local folder
  # Mounts of a device that is gone are still listed.
  findmnt -rno TARGET -S "/dev/$1" | while IFS= read -r folder; do
    folder=$(printf '%b' "$folder")
    [[ "$folder" == "$STICKS"/* ]] || continue
    if umount -l "$folder"; then rmdir "$folder" || true; fi
  done
  find "$STICKS" -mindepth 1 -maxdepth 1 -type d -empty ! -exec mountpoint -q {} \; -delete
}

# Switching screens, restarting and the like by keys: nothing, whatever the layout. SDL reads the keys elsewhere.
lock_keys() {
  dumpkeys -f -C /dev/tty1 |
    sed -E 's/\b(Console_[0-9]+|(Incr|Decr|Last)_Console|Boot|KeyboardSignal|Spawn|SAK|Show_(Memory|State|Registers)|Break)\b/VoidSymbol/g' |
    loadkeys -q -C /dev/tty1 -
}
