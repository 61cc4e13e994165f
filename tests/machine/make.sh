#!/usr/bin/env bash
# Makes the machine that deployments are tested on: Debian 12 for arm64, as bare as Raspberry Pi OS Lite, for
# qemu-system-aarch64. Nothing of it is downloaded twice while its folder is kept.
#   tests/machine/make.sh FOLDER [PACKAGE.deb ...]
# FOLDER gets: disk.img (root on the first partition, 1.5 GiB free behind it), vmlinuz, initrd.gz, id (the key of the
# user `it`, who may sudo without a password) and host.pub (its host key). What the PACKAGEs depend on is installed
# already: unpacking it in an emulated machine takes minutes. Wants root.
set -euo pipefail

# What Raspberry Pi OS Lite has, as far as a deployment touches it.
include=(
  systemd systemd-sysv udev dbus systemd-timesyncd openssh-server sudo
  iproute2 ifupdown isc-dhcp-client kmod ca-certificates procps fdisk e2fsprogs curl python3 logrotate
)
# Drivers of hardware that no emulated machine has: four fifths of all modules.
no_modules=(
  sound drivers/media drivers/infiniband drivers/net/wireless drivers/net/ethernet drivers/net/can drivers/staging
  drivers/iio drivers/mtd drivers/nvme drivers/isdn drivers/gpu/drm/amd drivers/gpu/drm/nouveau
  drivers/gpu/drm/radeon drivers/gpu/drm/msm drivers/gpu/drm/i915 drivers/platform drivers/clk drivers/soc drivers/hwmon
  fs/btrfs fs/xfs fs/ocfs2 fs/ceph fs/gfs2 fs/jfs fs/reiserfs fs/f2fs fs/cifs fs/smbfs_common fs/nfs fs/nfsd
)
# What the first lines of its start need, before its disk is there.
early_modules=(virtio_pci virtio_blk ext4 crc32c_generic)

folder=$(mkdir -p "$1" && cd "$1" && pwd)
shift
# Thousands of files come and go: in memory where there is room.
[ "$(df --output=avail --block-size=1M /dev/shm 2> /dev/null | tail -n 1)" -lt 6000 ] 2> /dev/null || TMPDIR=/dev/shm
scratch=$(mktemp -d "${TMPDIR:-/tmp}/machine-XXXXXX")
root=$scratch/root
trap 'rm -rf "$scratch"' EXIT

say() { echo "machine: $*"; }

# needs PACKAGE.deb…: what they depend on and what the lock-down wants, without versions; of alternatives the first.
needs() {
  local package unpacked
  for package in "$@"; do
    dpkg-deb --field "$package" Depends Recommends | sed 's/^[A-Za-z]*: //' | tr ',' '\n' |
      sed 's/|.*//; s/(.*//; s/:any//; s/[[:space:]]//g' | grep -v '^hailong-' || true
    unpacked=$(mktemp -d)
    dpkg-deb -x "$package" "$unpacked"
    HAILONG_APPLIANCE=$unpacked/usr/share/hailong/appliance "$unpacked/usr/sbin/hailong-appliance" packages --read-only-root
    rm -r "$unpacked"
  done | sort -u
}

install_debian() {
  local wanted
  mapfile -t -O "${#include[@]}" include < <(needs "$@")
  wanted=$(IFS=,; echo "${include[*]}")
  say "installing Debian 12 for arm64"
  # shellcheck disable=SC2016 # $1 is the hook's own
  mmdebstrap --quiet --mode=root --variant=apt --architectures=arm64 --dpkgopt=force-unsafe-io \
    --aptopt='Acquire::Languages "none"' --aptopt='APT::Install-Recommends "false"' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' \
    --include="$wanted" \
    --customize-hook='cd "$1/tmp" && export APT_CONFIG="$MMDEBSTRAP_APT_CONFIG" &&
      apt-get download -q busybox-static "$(apt-cache depends linux-image-arm64 | sed -n "s/.*Depends: //p" | head -n 1)"' \
    --customize-hook='mv "$1"/tmp/*.deb "'"$scratch"'"' \
    bookworm "$root"
}

install_kernel() {
  say "taking the kernel"
  local modules module file
  dpkg-deb -x "$scratch"/linux-image-*.deb "$scratch/kernel"
  cp "$scratch"/kernel/boot/vmlinuz-* "$folder/vmlinuz"
  cp "$scratch"/kernel/boot/config-* "$root/boot/" # mkinitramfs looks into it
  modules=$(echo "$scratch"/kernel/lib/modules/*)
  for module in "${no_modules[@]}"; do rm -rf "$modules/kernel/$module"; done
  mkdir -p "$root/lib/modules"
  cp -r "$modules" "$root/lib/modules/"
  depmod --basedir "$root" "$(basename "$modules")"

  mkdir -p "$scratch/initrd"/{bin,proc,sys,dev,new}
  dpkg-deb --fsys-tarfile "$scratch"/busybox-static_*.deb | tar -xO ./bin/busybox > "$scratch/initrd/bin/busybox"
  chmod +x "$scratch/initrd/bin/busybox"
  {
    echo '#!/bin/busybox sh'
    echo 'mount() { /bin/busybox mount "$@"; }'
    echo 'mount -t proc proc /proc; mount -t sysfs sys /sys; mount -t devtmpfs dev /dev'
    for module in "${early_modules[@]}"; do
      modprobe --dirname "$root" --set-version "$(basename "$modules")" --show-depends "$module"
    done | awk '/^insmod/ && !seen[$2]++ {print $2}' | while read -r file; do
      cp "$file" "$scratch/initrd/$(basename "$file")"
      echo "/bin/busybox insmod /$(basename "$file")"
    done
    # shellcheck disable=SC2016 # for the other machine
    echo 'i=0; while [ ! -b /dev/vda1 ] && [ $i -lt 100 ]; do /bin/busybox usleep 50000; i=$((i + 1)); done'
    echo 'mount -t ext4 -o rw,noatime /dev/vda1 /new || exec /bin/busybox sh'
    echo 'exec /bin/busybox switch_root /new /sbin/init'
  } > "$scratch/initrd/init"
  chmod +x "$scratch/initrd/init"
  (cd "$scratch/initrd" && find . | cpio --quiet -o -H newc | gzip -1) > "$folder/initrd.gz"
}

configure() {
  say "setting it up"
  local key
  rm -f "$folder"/id "$folder"/id.pub
  ssh-keygen -q -t ed25519 -N '' -C it -f "$folder/id"
  ssh-keygen -A -f "$root" > /dev/null
  cut -d' ' -f1,2 "$root/etc/ssh/ssh_host_ed25519_key.pub" > "$folder/host.pub"
  chroot "$root" useradd --create-home --shell /bin/bash it
  echo 'it ALL=(ALL) NOPASSWD: ALL' > "$root/etc/sudoers.d/it"
  chmod 0440 "$root/etc/sudoers.d/it"
  key=$root/home/it/.ssh
  mkdir -p "$key"
  chmod 700 "$key"
  cp "$folder/id.pub" "$key/authorized_keys"
  chown -R "$(stat -c %u:%g "$root/home/it")" "$key"
  echo kiosk > "$root/etc/hostname"
  # The receiver on the host, by a name.
  printf '127.0.0.1 localhost\n127.0.1.1 kiosk\n10.0.2.2 hai-long.test\n' > "$root/etc/hosts"
  echo '/dev/vda1 / ext4 noatime,errors=remount-ro 0 1' > "$root/etc/fstab"
  printf 'auto lo eth0\niface lo inet loopback\niface eth0 inet dhcp\n' > "$root/etc/network/interfaces"
  printf 'nameserver 10.0.2.3\n' > "$root/etc/resolv.conf"
  printf '%s\n' 'deb http://deb.debian.org/debian bookworm main' \
    'deb http://deb.debian.org/debian-security bookworm-security main' > "$root/etc/apt/sources.list"
  mkdir -p "$root/boot/firmware"
  echo 'console=serial0,115200 console=tty1 root=PARTUUID=0-02 rootfstype=ext4 fsck.repair=yes rootwait' \
    > "$root/boot/firmware/cmdline.txt"
  printf '# as on a Raspberry Pi\ndtparam=audio=on\ncamera_auto_detect=1\n[all]\n' > "$root/boot/firmware/config.txt"
  # Nothing of the day's work may slow an emulated machine down.
  ln -sf /dev/null "$root/etc/systemd/system/e2scrub_reap.service"
}

make_disk() {
  say "making the disk"
  rm -f "$folder/disk.img"
  truncate -s 4G "$folder/disk.img"
  printf 'label: dos\nstart=1MiB, size=2560MiB, type=83\n' | sfdisk --quiet "$folder/disk.img"
  mke2fs -q -t ext4 -d "$root" -E offset=$((1024 * 1024)),lazy_itable_init=1 "$folder/disk.img" 2560M
}

install_debian "$@"
configure
install_kernel
make_disk
say "ready in $folder"
