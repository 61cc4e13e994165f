# shellcheck shell=bash
# What the suites share.
SOURCE=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
PACKAGING=$SOURCE/packaging

need_root() { [ "$(id -u)" -eq 0 ] || skip "needs root"; }

# refused COMMAND...: it must fail. (A "!" alone ends no test.)
refused() { if "$@"; then return 1; fi; }

# A folder that stands for a fresh Raspberry Pi OS.
make_machine() {
  MACHINE=$BATS_TEST_TMPDIR/machine
  mkdir -p "$MACHINE"/{boot/firmware,etc/hailong,etc/ssh/sshd_config.d,etc/systemd/system,root,home/pi,var/lib}
  echo 'console=serial0,115200 console=tty1 root=PARTUUID=ab-02 rootfstype=ext4 fsck.repair=yes rootwait' \
    > "$MACHINE/boot/firmware/cmdline.txt"
  printf '%s\n' 'dtparam=audio=on' 'dtoverlay=vc4-kms-v3d' '[cm4]' 'otg_mode=1' > "$MACHINE/boot/firmware/config.txt"
  printf '%s\n' 'root:x:0:0::/root:/bin/bash' 'pi:x:1000:1000::/home/pi:/bin/bash' > "$MACHINE/etc/passwd"
  echo 'sudo:x:27:pi' > "$MACHINE/etc/group"
  printf '[link]\nmetered = false\n[district]\nurl = "https://district.example:8443/x"\n' > "$MACHINE/etc/hailong/sync.toml"
}

appliance() {
  env -u SUDO_USER HAILONG_ROOT="$MACHINE" HAILONG_APPLIANCE="$PACKAGING/appliance" \
    "$PACKAGING/appliance/hailong-appliance" "$@"
}
