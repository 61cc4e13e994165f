#!/usr/bin/env bats
# packaging/pi/apply.sh on a machine that consists of a folder and a script (fake_machine.sh).

setup() {
  parts=$BATS_TEST_DIRNAME/../../packaging/pi
  export MACHINE=$BATS_TEST_TMPDIR/machine HAILONG_ROOT=$BATS_TEST_TMPDIR/root
  mkdir -p "$MACHINE/bin" "$HAILONG_ROOT"/{run,etc/systemd/system,var/lib/hailong}
  for name in systemctl apt-get dpkg-query dpkg-deb runuser hailong-journal hailong-kiosk hailong-syncd \
    hailong-appliance findmnt systemd-cat sync chown dpkg journalctl sleep udevadm; do
    ln -s "$BATS_TEST_DIRNAME/fake_machine.sh" "$MACHINE/bin/$name"
  done
  PATH=$MACHINE/bin:$PATH
  state=$HAILONG_ROOT/var/lib/hailong-deploy
  data=$HAILONG_ROOT/var/lib/hailong
}

# package VERSION SCHEMA [BROKEN]: its file.
package() {
  local file=$BATS_TEST_TMPDIR/$1.deb
  printf '%s\n' "version=$1" "schema=$2" "broken=${3:-}" > "$file"
  echo "$file"
}

# of_apply FUNCTION ARGUMENTS…: one of apply.sh's own.
of_apply() { bash -c '. "$1/apply.sh"; shift; "$@"' - "$parts" "$@"; }

# uploaded PACKAGE [COLOUR [CODE]]: what deploy-pi.sh leaves in an upload.
uploaded() {
  local to=$state/upload-$RANDOM
  mkdir -p "$to/etc"
  cp "$parts"/{apply,transaction,journal_partition}.sh "$to/"
  cp "$1" "$to/hailong-kiosk.deb"
  echo "${2:-blue}" > "$to/etc/kiosk.toml"
  echo "url" > "$to/etc/sync.toml"
  [ -z "${3:-}" ] || echo "$3" > "$to/code"
  printf '%s\n' action=deploy "digest=$(sha256sum < "$1" | cut -d ' ' -f 1)" unit=10750 journal_device=none patience=0 \
    > "$to/plan"
  printf '%s\n' --rotate 0 > "$to/appliance"
  echo "$to"
}

apply() {
  : > "$MACHINE/calls"
  bash -c 'echo $$ > "$MACHINE/applying"; exec "$1/apply.sh" run' - "$(uploaded "$@")"
}

roll_back() {
  local to
  to=$(uploaded "$BATS_TEST_TMPDIR"/*.deb)
  rm -rf "${to:?}"/{hailong-kiosk.deb,etc}
  sed -i -e s/^action=.*/action=rollback/ -e s/^digest=.*/digest=/ "$to/plan"
  : > "$MACHINE/calls"
  "$to/apply.sh" run
}

not() { ! "$@"; } # bats does not see that a bare "!" fails
journal() { printf '%s\n' "schema=$1" "epoch: e1" "events: $2" > "$data/journal.db"; }
version() { sed -n s/^version=//p "$MACHINE/installed"; }
is_running() { [ -e "$MACHINE/active-hailong-kiosk.service" ] && [ -e "$MACHINE/active-hailong-syncd.service" ]; }
restarted() { grep -q '^systemctl \(re\)\?start ' "$MACHINE/calls"; }

@test "a first installation installs, configures, enrols, locks down and starts" {
  run apply "$(package 1 6)" blue K7QD
  [ "$status" -eq 0 ] || { echo "$output"; false; }
  [ "$(version)" = 1 ]
  is_running
  [ "$(cat "$HAILONG_ROOT/etc/hailong/kiosk.toml")" = blue ]
  [ -e "$data/enrolment.json" ]
  [ "$(cat "$MACHINE/locked")" = "--rotate 0" ]
  [ -e "$MACHINE/enabled-hailong-kiosk.service" ]
  [ ! -e "$state/transaction" ]
  [[ $output == *"[4/9] Installing the package: none → 1"* ]]
  [ "${lines[-1]}" = changed ]
}

@test "a second run changes nothing and restarts nothing" {
  apply "$(package 1 6)"
  run apply "$(package 1 6)"
  [ "$status" -eq 0 ]
  [ "${lines[-1]}" = "nothing changed" ]
  not restarted
  not grep -q '^apt-get' "$MACHINE/calls"
  [ ! -e "$state/previous" ]
}

@test "an update keeps the version that ran before" {
  apply "$(package 1 6)"
  apply "$(package 2 6)"
  [ "$(version)" = 2 ]
  [ "$(cat "$state/previous/version")" = 1 ]
  [ "$(cat "$state/current/version")" = 2 ]
}

@test "a changed configuration is put in place and the services are restarted" {
  apply "$(package 1 6)" blue
  run apply "$(package 1 6)" red
  [[ $output == *"Configuration: changed: kiosk.toml"* ]]
  [[ $output == *"Installing the package: unchanged (1)"* ]]
  [ "$(cat "$HAILONG_ROOT/etc/hailong/kiosk.toml")" = red ]
  restarted
}

@test "whatever of an update fails, the old version runs again with its configuration" {
  apply "$(package 1 6)" blue
  for broken in apt config lock kiosk syncd unsent; do
    run apply "$(package "2$broken" 6 "$broken")" red
    [ "$status" -eq 1 ]
    [ "$(version)" = 1 ]
    is_running
    [ "$(cat "$HAILONG_ROOT/etc/hailong/kiosk.toml")" = blue ]
    [[ $output == *"the old version 1 is back"* ]]
    [[ ${lines[-1]} == "failed: "* ]]
    [ ! -e "$state/transaction" ]
    [ "$(cat "$state/current/version")" = 1 ]
  done
}

@test "a first installation that fails leaves nothing enabled and nothing installed" {
  for broken in apt config lock kiosk syncd; do
    run apply "$(package 1 6 $broken)"
    [ "$status" -eq 1 ]
    [ ! -e "$MACHINE/installed" ]
    [ ! -e "$MACHINE/enabled-hailong-kiosk.service" ]
    [ ! -e "$MACHINE/locked" ]
    [ ! -e "$state/transaction" ]
    not is_running
  done
}

@test "a code that the district refuses stops nothing: the kiosk asks for another" {
  run apply "$(package 1 6)" blue bad
  [ "$status" -eq 0 ]
  [[ $output == *"Enrolment: NOT done: the district does not know this code"* ]]
  is_running
}

@test "the code is on no command line and does not stay" {
  apply "$(package 1 6)" blue K7QD
  grep -q 'enrol --code -$' "$MACHINE/calls"
  not grep -r -q K7QD "$MACHINE/calls" "$state"
}

@test "a code for a machine that is enrolled is not used" {
  apply "$(package 1 6)" blue K7QD
  run apply "$(package 1 6)" blue other
  [[ $output == *"the code was not used"* ]]
  not grep -q enrol "$MACHINE/calls"
}

@test "a journal that the new version has changed goes back to its copy when nothing was added" {
  apply "$(package 1 6)"
  journal 6 40
  run apply "$(package 2 7 syncd)"
  [ "$status" -eq 1 ]
  [ "$(version)" = 1 ]
  [ "$(cat "$data/journal.db")" = "$(printf '%s\n' schema=6 "epoch: e1" "events: 40")" ]
  is_running
}

@test "where ratings were added that the old version cannot read, the new one stays" {
  apply "$(package 1 6)"
  journal 6 40
  echo 41 > "$MACHINE/taps"
  run apply "$(package 2 7 unsent)"
  [ "$status" -eq 1 ]
  [ "$(version)" = 2 ]
  grep -q 'events: 41' "$data/journal.db"
  is_running
  [[ $output == *"version 2 stays, nothing is lost"* ]]
  [ "$(cat "$state/current/version")" = 2 ]
  [ "$(cat "$state/previous/version")" = 1 ]
}

# The update changed the journal and failed, and the old version cannot be installed: the new one runs.
stuck_with_the_new_version() {
  apply "$(package 1 6)"
  journal 6 40
  touch "$MACHINE/refused-1"
  apply "$(package 2 7 syncd)" | grep "going back failed"
  [ "$(version)" = 2 ]
  [ -e "$state/transaction" ]
}

@test "ratings of the time between two tries to go back are kept" {
  stuck_with_the_new_version
  journal 7 41
  rm "$MACHINE/refused-1"
  "$state/apply.sh" recover
  grep -q 'events: 41' "$data/journal.db"
  [ "$(version)" = 2 ]
  [ ! -e "$state/transaction" ]
}

@test "a second try goes back when nothing was added between the two" {
  stuck_with_the_new_version
  journal 7 40
  rm "$MACHINE/refused-1"
  "$state/apply.sh" recover
  grep -q 'schema=6' "$data/journal.db"
  [ "$(version)" = 1 ]
}

@test "a power cut while the journal's copy is put back: it is put back at the start, whatever is there" {
  stuck_with_the_new_version
  rm "$MACHINE/refused-1" "$data/journal.db"
  echo "half of a log" > "$data/journal.db-wal"
  echo old+copy > "$state/way"
  "$state/apply.sh" recover
  grep -q 'events: 40' "$data/journal.db"
  [ ! -e "$data/journal.db-wal" ]
  [ "$(version)" = 1 ]
  [ ! -e "$state/way" ]
}

@test "a deployment behind one that was cut off keeps the version that it found" {
  apply "$(package 1 6)"
  journal 6 40
  echo 41 > "$MACHINE/taps"
  touch "$MACHINE/refused-1"
  run apply "$(package 2 7 unsent)" # stays, since only it can read the journal
  [ "$(cat "$state/current/version")" = 2 ]
  echo package > "$state/transaction"
  mkdir -p "$state/incoming" "$state/saved"
  cp "$state/current/appliance" "$state/incoming/"
  echo "digest=$(sha256sum < "$BATS_TEST_TMPDIR/2.deb" | cut -d ' ' -f 1)" > "$state/incoming/plan"
  cp "$BATS_TEST_TMPDIR/1.deb" "$state/saved/hailong-kiosk.deb"
  echo 1 > "$state/saved/version"
  run apply "$(package 3 7)"
  [ "$status" -eq 0 ] || { echo "$output"; false; }
  [ "$(cat "$state/previous/version")" = 2 ]
  [ "$(cat "$state/current/version")" = 3 ]
}

@test "a version whose package nobody has stays when the next cannot be installed" {
  cp "$(package 1 6)" "$MACHINE/installed"
  run apply "$(package 2 6 apt)"
  [ "$status" -eq 1 ]
  [ "$(version)" = 1 ]
  is_running
  [ ! -e "$state/transaction" ]
  [ ! -e "$state/current" ]
}

@test "the old version comes back where what the new one wants beside it cannot be fetched" {
  apply "$(package 1 6)"
  echo overlayroot > "$MACHINE/wanted"
  run apply "$(package 2 6)"
  [ "$status" -eq 1 ]
  [ "$(version)" = 1 ]
  is_running
  [ ! -e "$state/transaction" ]
}

@test "nothing is taken back while the journal's partition is not there" {
  stuck_with_the_new_version
  rm "$MACHINE/refused-1"
  mv "$data/journal.db" "$MACHINE/journal.db"
  echo "LABEL=hailong-data /var/lib/hailong ext4 noatime 0 2" > "$HAILONG_ROOT/etc/fstab"
  run "$state/apply.sh" recover
  [ -e "$state/transaction" ]
  [ "$(version)" = 2 ]
  mv "$MACHINE/journal.db" "$data/journal.db"
  MOUNTED=yes "$state/apply.sh" recover
  [ "$(version)" = 1 ]
  [ ! -e "$state/transaction" ]
}

@test "the machine's start leaves a deployment alone that is under way" {
  apply "$(package 1 6)"
  echo package > "$state/transaction"
  exec 8> "$HAILONG_ROOT/run/hailong-deploy.lock"
  flock 8
  run "$state/apply.sh" recover 8>&-
  [ -e "$state/transaction" ]
}

@test "ratings that the old version can read stay when it comes back" {
  apply "$(package 1 6)"
  journal 6 40
  echo 41 > "$MACHINE/taps"
  run apply "$(package 2 6 unsent)"
  [ "$(version)" = 1 ]
  grep -q 'events: 41' "$data/journal.db"
}

@test "--rollback brings the previous version with its configuration, and back again" {
  apply "$(package 1 6)" blue
  apply "$(package 2 6)" red
  run roll_back
  [ "$status" -eq 0 ] || { echo "$output"; false; }
  [ "$(version)" = 1 ]
  [ "$(cat "$HAILONG_ROOT/etc/hailong/kiosk.toml")" = blue ]
  roll_back
  [ "$(version)" = 2 ]
  [ "$(cat "$HAILONG_ROOT/etc/hailong/kiosk.toml")" = red ]
}

@test "--rollback is refused without a previous version, and nothing is touched" {
  apply "$(package 1 6)"
  run roll_back
  [ "$status" -eq 1 ]
  [[ ${lines[-1]} == "failed: there is no previous version"* ]]
  not restarted
  is_running
}

@test "--rollback is refused where the previous version cannot read the journal" {
  apply "$(package 1 6)"
  journal 6 40
  apply "$(package 2 7)"
  run roll_back
  [ "$status" -eq 1 ]
  [[ ${lines[-1]} == *"cannot read the journal any more"* ]]
  [ "$(version)" = 2 ]
  is_running
}

@test "what a power cut interrupts is taken back when the machine starts" {
  apply "$(package 1 6)" blue
  run apply "$(package 2 6 cut)" red
  [ "$status" -ne 0 ]
  [ "$(cat "$state/transaction")" = package ]
  rm -f "$MACHINE"/active-*
  "$state/apply.sh" recover
  [ "$(version)" = 1 ]
  [ "$(cat "$HAILONG_ROOT/etc/hailong/kiosk.toml")" = blue ]
  [ ! -e "$state/transaction" ]
  not is_running # systemd starts them, behind the recovery
  run apply "$(package 3 6)" red
  [ "$status" -eq 0 ]
  is_running
}

@test "a first installation that a power cut interrupts leaves nothing enabled" {
  run apply "$(package 1 6 cut)"
  "$state/apply.sh" recover
  [ ! -e "$MACHINE/installed" ]
  [ ! -e "$MACHINE/enabled-hailong-kiosk.service" ]
  [ ! -e "$state/transaction" ]
}

@test "a commit that a power cut interrupts is finished" {
  apply "$(package 1 6)"
  apply "$(package 2 6)"
  mv "$state/current" "$state/next"
  mv "$state/previous" "$state/saved"
  echo commit > "$state/transaction"
  "$state/apply.sh" recover
  [ "$(cat "$state/previous/version")" = 1 ]
  [ "$(cat "$state/current/version")" = 2 ]
  [ ! -e "$state/transaction" ]
}

@test "two deployments at once: the second is refused and touches nothing" {
  mkdir -p "$state"
  exec 8> "$HAILONG_ROOT/run/hailong-deploy.lock"
  flock 8
  run apply "$(package 1 6)" 8>&-
  [ "$status" -eq 1 ]
  [[ $output == *"another deployment runs on this device"* ]]
  [ ! -e "$MACHINE/installed" ]
}

@test "--uninstall removes the programs and keeps the ratings" {
  apply "$(package 1 6)"
  journal 6 40
  run "$state/apply.sh" uninstall
  [ "$status" -eq 0 ]
  [[ $output == *"stay in $data"* ]]
  [ -e "$data/journal.db" ]
  [ ! -e "$MACHINE/installed" ]
  [ ! -e "$state" ]
}

@test "--uninstall puts the journal back first that is half replaced" {
  stuck_with_the_new_version
  rm "$data/journal.db"
  echo old+copy > "$state/way"
  run "$state/apply.sh" uninstall purge
  [ "$status" -eq 1 ] # the district has not confirmed everything
  "$state/apply.sh" uninstall
  grep -q 'events: 40' "$data/journal.db"
}

@test "--purge-data counts a journal that was set aside" {
  apply "$(package 1 6)"
  mkdir "$data/set-aside"
  touch "$data/set-aside/1.db"
  run "$state/apply.sh" uninstall purge
  [ "$status" -eq 1 ]
  [ -e "$data/set-aside/1.db" ]
}

@test "--purge-data is refused while the district has not confirmed everything" {
  apply "$(package 1 6)"
  journal 6 40
  echo "receipted: 39" >> "$data/journal.db"
  run "$state/apply.sh" uninstall purge
  [ "$status" -eq 1 ]
  [[ $output == *"has not confirmed everything"* ]]
  [ -e "$data/journal.db" ]
  [ -e "$MACHINE/installed" ]
  sed -i 's/receipted: 39/receipted: 40/' "$data/journal.db"
  run "$state/apply.sh" uninstall purge
  [ "$status" -eq 0 ]
  [ -d "$data" ]
  [ ! -e "$data/journal.db" ]
}

@test "the way back, case by case" {
  while IFS='|' read -r kind old_reads copy_reads end copied_end wanted; do
    found=$(of_apply way_back "$kind" "$old_reads" "$copy_reads" "$end" "$copied_end")
    [ "$found" = "$wanted" ] || { echo "$kind|$old_reads|$copy_reads|$end|$copied_end: $found"; false; }
  done << 'CASES'
first|||||remove
same|||||old
unkept|||||new
upgrade|yes||||old
upgrade|yes|yes|e1 41|e1 40|old
upgrade|no|yes|e1 40|e1 40|old+copy
upgrade|unknown|yes|e1 40|e1 40|old+copy
upgrade|no|yes|e1 41|e1 40|new
upgrade|no|yes|e2 40|e1 40|new
upgrade|no|no|e1 40|e1 40|new
upgrade|no|yes|||new
upgrade|no||e1 40||new
upgrade|unknown||||new
CASES
}

@test "the kernel's picture counts only on a plane that a screen shows" {
  mkdir -p "$HAILONG_ROOT/sys/kernel/debug/dri/1"
  shown=$HAILONG_ROOT/sys/kernel/debug/dri/1/state
  printf 'plane[31]: plane-0\n\tcrtc=crtc-0\n\tfb=43\n\t\tallocated by = hailong-kiosk\n' > "$shown"
  of_apply kernel_sees_it
  printf 'plane[31]: plane-0\n\tcrtc=(null)\n\tfb=43\n\t\tallocated by = hailong-kiosk\n' > "$shown"
  run of_apply kernel_sees_it
  [ "$status" -eq 1 ]
  printf 'plane[31]: plane-0\n\tcrtc=crtc-0\n\tfb=43\n\t\tallocated by = [fbcon]\nplane[32]: plane-1\n\tcrtc=(null)\n' > "$shown"
  run of_apply kernel_sees_it
  [ "$status" -eq 1 ]
  rm "$shown"
  run of_apply kernel_sees_it
  [ "$status" -eq 2 ]
}

@test "a root that is not read-only although it was asked for is no success" {
  apply "$(package 1 6)"
  run of_apply verify 0 no
  not grep -q ' root: ' <<< "$output"
  echo 'overlayroot="tmpfs:recurse=0"' > "$HAILONG_ROOT/etc/overlayroot.local.conf"
  mkdir "$HAILONG_ROOT/run/initramfs"
  echo '[failure]: Unable to find a driver' > "$HAILONG_ROOT/run/initramfs/overlayroot.log"
  run of_apply verify 0 no
  [ "$status" -eq 1 ]
  grep -qx 'fail root: it can still be written to: Unable to find a driver' <<< "$output"
  ROOT_TYPE=overlay run of_apply verify 0 no
  grep -qx 'ok root: read-only' <<< "$output"
}
