# shellcheck shell=bash disable=SC2154 # variables are those of whoever sources it
# Sourced by apply.sh: gives the journal a partition of its own, so that a full or broken root does not touch it and
# the root can be read-only.

readonly label=hailong-data
readonly least_sectors=$((2 * 1024 * 1024)) # 1 GiB of 512 bytes
readonly root_sectors=$((8 * least_sectors)) # what the root of a kiosk is grown to where there is room: system and updates
# The machine starts without it (nofail); the kiosk does not, and asks for it again at each of its starts (before-start).
readonly mount_options=noatime,nodev,nosuid,noexec,commit=5,errors=remount-ro,nofail,x-systemd.device-timeout=60s

root_partition() { findmnt --noheadings --output SOURCE /; }

# disk_of PARTITION: its name. Else 1.
disk_of() {
  local there
  there=$(readlink -f "/sys/class/block/${1##*/}") && [ -e "$there/partition" ] || return 1
  there=${there%/*}
  echo "${there##*/}"
}

# The first sector behind all partitions of a disk, on a whole MiB.
behind_the_last() {
  local part end last=0
  for part in /sys/block/"$1"/*/partition; do
    [ -e "$part" ] || continue
    part=${part%/partition}
    end=$(($(cat "$part/start") + $(cat "$part/size")))
    [ "$end" -le "$last" ] || last=$end
  done
  echo $(((last + 2047) / 2048 * 2048))
}

# The end of what partitions may use: a GPT keeps its copy behind.
usable_end() { echo $((($(cat "/sys/block/$1/size") - 34) / 2048 * 2048)); }

# grow_root MODE: an image's root that was not grown over the card at the first start gets what it needs, while it is
# mounted; the rest is the journal's. Repeated after a power cut, when the partition may be larger than its file
# system.
grow_root() {
  local part name disk start size most
  part=$(root_partition) name=${part##*/}
  disk=$(disk_of "$part") || return 0
  start=$(cat "/sys/class/block/$name/start") size=$(cat "/sys/class/block/$name/size")
  [ $(((start + size + 2047) / 2048 * 2048)) = "$(behind_the_last "$disk")" ] || return 0
  [ "$(findmnt --noheadings --output FSTYPE "$part" | head -n 1)" = ext4 ] || return 0
  most=$(($(usable_end "$disk") - start))
  if [ "$1" = auto ]; then
    most=$((most - 2 * least_sectors))
    [ "$most" -le "$root_sectors" ] || most=$root_sectors
  fi
  if [ "$most" -gt "$size" ]; then
    echo "start=$start, size=$most" |
      sfdisk --quiet --no-reread --no-tell-kernel -N "$(cat "/sys/class/block/$name/partition")" "/dev/$disk" >&2 ||
      fail "sfdisk could not let the root grow"
    partx --update --nr "$(cat "/sys/class/block/$name/partition")" "/dev/$disk" >&2 ||
      fail "the kernel does not see that the root has grown: reboot the device and deploy again"
  fi
  resize2fs "$part" >&2 || fail "resize2fs $part failed"
  [ "$most" -le "$size" ] || note "the root has $((most / 2048)) MB now" >&2 # find_partition prints a device only
}

# partition_from DISK SECTOR: the device of the partition that begins there. Else 1.
partition_from() {
  local part
  for part in /sys/block/"$1"/*/start; do
    [ "$(cat "$part" 2> /dev/null)" = "$2" ] || continue
    part=${part%/start}
    echo "/dev/${part##*/}"
    return 0
  done
  return 1
}

# is_blank DEVICE: nothing that anybody would know is on it.
is_blank() { [ -z "$(wipefs --noheadings "$1")" ]; }

# Where there is room behind the root disk's last partition: makes one, and prints its device. Nothing when there is
# no room. Goes on where a power cut came between the table and the file system.
make_partition() {
  local disk from size
  disk=$(disk_of "$(root_partition)") || return 0
  if [ -f "$state/partition" ] && partition_from "$disk" "$(cat "$state/partition")"; then return 0; fi
  from=$(behind_the_last "$disk")
  size=$(($(usable_end "$disk") - from))
  [ "$size" -ge "$least_sectors" ] || return 0
  echo "$from" > "$state/partition"
  sync -f "$state"
  echo "start=$from, size=$size, type=L" |
    sfdisk --quiet --append --no-reread --no-tell-kernel "/dev/$disk" >&2 || fail "sfdisk could not add a partition"
  partx --update "/dev/$disk" >&2 || true
  udevadm settle || true
  partition_from "$disk" "$from" || fail "the new partition of /dev/$disk does not appear: reboot the device and try again"
}

# find_partition MODE: the device that carries the journal from now on; nothing: the root does.
find_partition() {
  local device found
  case $1 in
    none)
      grow_root none
      return 0
      ;;
    auto)
      device=$(blkid --label "$label" || true)
      if [ -z "$device" ]; then
        grow_root auto
        device=$(make_partition) || return 1
      fi
      ;;
    *)
      device=$1
      [ -b "$device" ] || fail "--journal-device $device: there is no such device"
      ;;
  esac
  [ -n "$device" ] || return 0
  found=$(blkid --output value --match-tag LABEL "$device" || true)
  if [ "$found" != "$label" ]; then
    # Only on a partition that was made here, and cut off, may there be a part of a file system.
    { [ "$1" = auto ] && [ -f "$state/partition" ]; } || is_blank "$device" ||
      fail "$device holds something already: 'wipefs --all $device' gives it up, then deploy again"
    mkfs.ext4 -q -F -L "$label" "$device" >&2 || fail "mkfs.ext4 $device failed: $(tail -n 1 "$state/log")"
    udevadm settle || true
  fi
  rm -f "$state/partition"
  echo "$device"
}

holds_data() { [ -n "$(find "$1" -mindepth 1 -maxdepth 1 ! -name lost+found ! -name .copying -print -quit 2> /dev/null)" ]; }

# Once it is mounted at every start, the partition alone has what counts.
is_in_fstab() { grep -qs "^LABEL=$label " "$root/etc/fstab"; }

# move_data DEVICE: what /var/lib/hailong holds goes over, compared byte by byte. The old files stay below the mount
# point until forget_old_data. The mark .copying stays on the partition until it is in fstab.
move_data() {
  local there=/run/hailong-journal
  mkdir -p "$there" "$data"
  mount -o "${mount_options%%,nofail*}" "$1" "$there" || fail "$1 cannot be mounted"
  if is_in_fstab && holds_data "$there"; then
    umount "$there"
    return 0
  fi
  if [ -e "$there/.copying" ]; then # cut off before: the root still holds everything
    find "$there" -mindepth 1 -maxdepth 1 ! -name lost+found ! -name .copying -exec rm -rf {} +
  elif holds_data "$there" && holds_data "$data"; then
    umount "$there"
    fail "both $data and $1 hold ratings: move one of them away, then deploy again"
  fi
  if holds_data "$data"; then
    stop_services
    touch "$there/.copying"
    sync -f "$there"
    cp -a "$data/." "$there/" || { umount "$there"; fail "$data does not fit on $1"; }
    sync -f "$there"
    echo 1 > /proc/sys/vm/drop_caches # what is compared comes from the card
    diff --recursive --brief --exclude=lost+found --exclude=.copying "$data" "$there" ||
      { umount "$there"; fail "the copy on $1 is not what $data holds: the card may be broken"; }
    touch "$state/moved"
  fi
  if ! holds_data "$there"; then # as the package makes the folder, once it is installed
    chown --reference="$data" "$there"
    chmod --reference="$data" "$there"
  fi
  sync -f "$there"
  umount "$there"
  rmdir "$there"
}

# Once the services run on the partition, the copy below its mount point is given up.
forget_old_data() {
  local beneath=/run/hailong-beneath
  [ -e "$state/moved" ] && is_mounted || return 0
  mkdir -p "$beneath"
  mount --bind / "$beneath" || return 0
  find "$beneath$data" -xdev -mindepth 1 -delete
  umount "$beneath"
  rmdir "$beneath"
  rm -f "$state/moved"
}

is_mounted() { findmnt --noheadings --mountpoint "$data" > /dev/null; }

mount_it() { mount -o "${mount_options%%,nofail*}" "$1" "$data"; }

# A line that is not whole must not stay, and what is mounted now must be mounted at the next start.
add_to_fstab() {
  local table=$root/etc/fstab
  {
    cat "$table"
    echo "# The journal of Hài Lòng: apart from the root, so that neither fills or breaks the other. Nothing on it is"
    echo "# a program or a device; an error makes it read-only, which the kiosk reports, instead of worse."
    echo "LABEL=$label $data ext4 $mount_options 0 2"
  } > "$table.hailong-new" && chmod 644 "$table.hailong-new" && sync -f "$table.hailong-new" &&
    mv "$table.hailong-new" "$table" && sync -f "$table"
}

# journal_partition MODE: leaves the journal's partition mounted, and mounted at every boot.
journal_partition() {
  local device
  if is_mounted; then
    rm -f "$data/.copying"
    say "unchanged: $(findmnt --noheadings --output SOURCE --mountpoint "$data")"
    return 0
  fi
  device=$(find_partition "$1") || exit 1
  if [ -z "$device" ]; then
    if [ "$1" = none ]; then say "on the root, as asked for"; else
      say "on the root, which takes the whole card (no partition '$label' and no 1 GiB behind the root)"
    fi
    return 0
  fi
  move_data "$device"
  mount_it "$device" || fail "$device cannot be mounted at $data"
  if ! is_in_fstab; then
    add_to_fstab || {
      rm -f "$root/etc/fstab.hailong-new"
      umount "$data"
      fail "/etc/fstab cannot be written"
    }
    systemctl daemon-reload
  fi
  rm -f "$data/.copying"
  say "$device, mounted at $data"
}
