#!/usr/bin/env bats
# packaging/pi/journal_partition.sh on a card that is a file: growing a mounted root, making, filling and keeping the
# journal's partition.
# shellcheck disable=SC2034 # what is sourced reads the variables

setup() {
  [ "$(id -u)" -eq 0 ] || skip "needs root"
  losetup --find > /dev/null 2>&1 || skip "needs loop devices"
  loop=''
  state=$BATS_TEST_TMPDIR/state
  mkdir -p "$state"/{data,root/etc}
  echo "proc /proc proc defaults 0 0" > "$state/root/etc/fstab"
  : > "$state/log"
}

teardown() {
  umount "$state/data" 2> /dev/null || true
  umount "$BATS_TEST_TMPDIR/root" 2> /dev/null || true
  if [ -n "$loop" ]; then
    partx --delete "$loop" 2> /dev/null || true
    losetup --detach "$loop"
    loop=
  fi
}

# card GIB ROOT_MIB: a card of that size, flashed with an image whose root has not grown.
card() {
  truncate --size "$1G" "$BATS_TEST_TMPDIR/card"
  printf '%s\n' "label: ${3:-dos}" "start=2048, size=20480" "start=22528, size=$(($2 * 2048))" |
    sfdisk --quiet "$BATS_TEST_TMPDIR/card"
  loop=$(losetup --find --show "$BATS_TEST_TMPDIR/card")
  partx --add "$loop"
  mkfs.ext4 -q "${loop}p2"
  mkdir -p "$BATS_TEST_TMPDIR/root"
  mount "${loop}p2" "$BATS_TEST_TMPDIR/root"
  echo "what was there" > "$BATS_TEST_TMPDIR/root/file"
}

# of_partition FUNCTION ARGUMENTS…: with the card's root as the machine's.
of_partition() {
  PART="${loop}p2" STATE=$state MAY_RESIZE=$(may_resize && echo yes || echo no) bash -c '
    set -euo pipefail
    state=$STATE data=$STATE/data root=$STATE/root
    say() { echo "$1"; }
    stop_services() { :; }
    systemctl() { :; }
    fail() { echo "failed: $1" >&2; exit 1; }
    note() { echo "$1"; }
    . "$0"
    root_partition() { echo "$PART"; }
    # Where a container must not resize what is mounted, it is at least asked for.
    resize2fs() { echo "$1" >> "$state/resized"; command resize2fs "$@" || [ "$MAY_RESIZE" = no ]; }
    blkid() { case "$*" in *--label*) command blkid --probe --output value --match-tag LABEL "${PART%p2}p3" 2> /dev/null | grep -q . && echo "${PART%p2}p3" ;; *) command blkid --probe "$@" ;; esac; }
    "$@"' "$BATS_TEST_DIRNAME/../../packaging/pi/journal_partition.sh" "$@"
}

sectors() { cat "/sys/class/block/${loop##*/}p$1/size"; }
may_resize() { (($(sed -n 's/^CapEff:\t/0x/p' /proc/self/status) >> 24 & 1)); }
# grown_to MIB: the root's file system has at least so much.
grown_to() {
  grep -qx "${loop}p2" "$state/resized"
  ! may_resize || [ "$(mib_of_root)" -gt "$1" ]
}
mib_of_root() { df --output=size --block-size=1M "$BATS_TEST_TMPDIR/root" | tail -n 1; }
begins_at() { cat "/sys/class/block/${loop##*/}p$1/start"; }

@test "a root that was not grown gets 8 GiB, and the journal the rest" {
  for label in dos gpt; do
    card 16 1024 $label
    [ "$(of_partition find_partition auto)" = "${loop}p3" ]
    [ "$(begins_at 2)" = 22528 ]
    [ "$(sectors 2)" = $((8 * 2097152)) ]
    grown_to 7800
    [ "$(cat "$BATS_TEST_TMPDIR/root/file")" = "what was there" ]
    [ "$(begins_at 3)" = $((22528 + 8 * 2097152)) ]
    [ "$(sectors 3)" -gt $((7 * 2097152)) ]
    [ "$(blkid -p -o value -s LABEL "${loop}p3")" = hailong-data ]
    sfdisk --verify "$BATS_TEST_TMPDIR/card"
    teardown
    rm "$BATS_TEST_TMPDIR/card"
  done
}

@test "of a small card the journal gets two GiB" {
  card 5 1024
  [ "$(of_partition find_partition auto)" = "${loop}p3" ]
  [ "$(sectors 2)" -gt $((2 * 2097152)) ]
  [ "$(sectors 3)" -gt $((2 * 2097152 - 65536)) ]
}

@test "a second time nothing changes" {
  card 5 1024
  of_partition find_partition auto
  before=$(sfdisk --dump "$BATS_TEST_TMPDIR/card")
  [ "$(of_partition find_partition auto)" = "${loop}p3" ]
  [ "$(sfdisk --dump "$BATS_TEST_TMPDIR/card")" = "$before" ]
}

@test "a root that takes the whole card keeps it" {
  card 2 2030
  [ "$(of_partition find_partition auto)" = "" ]
  [ "$(sectors 2)" = $((2030 * 2048)) ]
}

@test "without a partition for the journal the root gets everything" {
  card 3 1024
  [ "$(of_partition find_partition none)" = "" ]
  [ "$(sectors 2)" -gt $((2900 * 2048)) ]
  grown_to 2800
}

@test "a power cut before the file system was made: it is made the next time" {
  card 5 1024
  of_partition find_partition auto
  begins_at 3 > "$state/partition"
  dd if=/dev/zero of="${loop}p3" bs=1M count=4 conv=fsync status=none
  [ "$(of_partition find_partition auto)" = "${loop}p3" ]
  [ "$(blkid -p -o value -s LABEL "${loop}p3")" = hailong-data ]
}

@test "a power cut between the partition and its file system: the root's is grown the next time" {
  card 5 1024
  echo "start=22528, size=$((3 * 2097152))" | sfdisk --quiet --no-reread --no-tell-kernel -N 2 "$loop"
  partx --update --nr 2 "$loop"
  [ "$(mib_of_root)" -lt 1024 ]
  of_partition find_partition auto
  grown_to 2900
}

@test "a device that holds something is left alone" {
  card 5 1024
  run of_partition find_partition "${loop}p2"
  [ "$status" -eq 1 ]
  [[ $output == *"holds something already"* ]]
  run of_partition find_partition /dev/nothing
  [[ $output == *"there is no such device"* ]]
}

# interrupted COMMAND…: cut off where the command is called the first time, as by a power cut.
interrupted() {
  local command=$1
  shift
  of_partition eval "$command() { kill -KILL \$\$; }; $*"
}
after_a_power_cut() { umount /run/hailong-journal "$state/data" 2> /dev/null || true; }
journal() { echo "$1" > "$state/data/journal.db"; }

@test "what is there goes to the partition, which is mounted from then on" {
  card 5 1024
  journal 40
  of_partition journal_partition auto
  [ "$(findmnt --noheadings --output SOURCE --mountpoint "$state/data")" = "${loop}p3" ]
  [ "$(cat "$state/data/journal.db")" = 40 ]
  [ ! -e "$state/data/.copying" ]
  [ "$(grep -c '^LABEL=hailong-data ' "$state/root/etc/fstab")" = 1 ]
  grep -q ^proc "$state/root/etc/fstab"
  umount "$state/data"
  [ "$(cat "$state/data/journal.db")" = 40 ] # until the services run
}

@test "wherever a power cut interrupts the move, the next try carries on with what counts" {
  for cut in cp diff mount_it add_to_fstab umount; do
    card 5 1024
    journal 40
    run interrupted $cut journal_partition auto
    [ "$status" -ne 0 ]
    after_a_power_cut
    grep -q LABEL "$state/root/etc/fstab" && { echo "$cut: in fstab already"; false; }
    journal 41 # the kiosk goes on, on the root
    of_partition journal_partition auto || { echo "$cut"; false; }
    [ "$(cat "$state/data/journal.db")" = 41 ]
    umount "$state/data"
    rm "$state/data/journal.db"
    echo "proc /proc proc defaults 0 0" > "$state/root/etc/fstab"
    teardown
    rm "$BATS_TEST_TMPDIR/card"
  done
}

@test "once the partition is mounted at every start, what lies on the root does not count" {
  card 5 1024
  journal 40
  of_partition journal_partition auto
  journal 41
  touch "$state/data/.copying" # cut off behind fstab
  umount "$state/data"
  of_partition journal_partition auto
  [ "$(cat "$state/data/journal.db")" = 41 ]
}

@test "where fstab cannot be written the root goes on holding the journal" {
  card 5 1024
  journal 40
  run of_partition eval 'add_to_fstab() { false; }; journal_partition auto'
  [ "$status" -eq 1 ]
  run findmnt --mountpoint "$state/data"
  [ "$status" -ne 0 ]
  [ "$(cat "$state/data/journal.db")" = 40 ]
}
