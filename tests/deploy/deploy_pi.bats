#!/usr/bin/env bats
# scripts/deploy-pi.sh with devices that are folders (fake_ssh.sh).
# shellcheck disable=SC1091 # ShellCheck reads what is sourced by itself

setup() {
  cd "$BATS_TEST_DIRNAME/../.." || return 1
  export DEVICES=$BATS_TEST_TMPDIR/devices
  mkdir -p "$BATS_TEST_TMPDIR/bin" "$DEVICES"
  ln -s "$BATS_TEST_DIRNAME/fake_ssh.sh" "$BATS_TEST_TMPDIR/bin/ssh"
  PATH=$BATS_TEST_TMPDIR/bin:$PATH
  package=$BATS_TEST_TMPDIR/hailong-kiosk_2_arm64.deb
  mkdir -p "$BATS_TEST_TMPDIR/tree/DEBIAN"
  printf '%s\n' "Package: hailong-kiosk" "Version: 2" "Architecture: arm64" "Maintainer: Hài Lòng <none@example.org>" \
    "Description: test" > "$BATS_TEST_TMPDIR/tree/DEBIAN/control"
  dpkg-deb --build "$BATS_TEST_TMPDIR/tree" "$package" > /dev/null
  kiosk=(--unit 10750 --counter q1 --district https://district.example --package "$package")
}

deploy() { scripts/deploy-pi.sh "$@"; }
not() { ! "$@"; } # bats does not see that a bare "!" fails

# device HOST: one that does everything well.
device() {
  mkdir -p "$DEVICES/$1"
  printf '%s\n' "ok architecture arm64" "warn no screen is connected" "have version none" end > "$DEVICES/$1/answers"
  printf '%s\n' "[4/9] Installing the package: none → 2" changed > "$DEVICES/$1/applied"
  printf '%s\n' "ok kiosk: 1280x800 on kmsdrm, gpu; first frame shown" "ok district: reached" > "$DEVICES/$1/verified"
}

# refused WORDS ARGUMENTS…: one line with these words, exit code 2, and nothing was asked of any device.
refused() {
  local words=$1
  shift
  device pi
  run deploy "$@"
  [ "$status" -eq 2 ] || { echo "exit code $status: $output"; return 1; }
  [[ $output == "deploy-pi.sh: "*"$words"* ]] || { echo "$output"; return 1; }
  [ "${#lines[@]}" -eq 1 ] || { echo "$output"; return 1; }
  [ ! -e "$DEVICES/pi/calls" ]
}

@test "--help tells of every option" {
  run deploy --help
  [ "$status" -eq 0 ]
  for option in unit counter counter-name invite district ca config rotate calibration diagonal journal-device \
    read-only-root package user port ssh-option wait jobs dry-run rollback uninstall purge-data inventory; do
    [[ $output == *"--$option"* ]] || { echo "$option"; false; }
  done
}

@test "wrong arguments are refused in one line that says what to do, before anything is touched" {
  refused "HOST is missing"
  refused "one HOST is wanted" pi pi2
  refused "unknown option '--colour'" pi --colour blue
  refused "wants a value" pi --unit
  refused "no host name" 'pi;reboot' "${kiosk[@]}"
  refused "--unit CODE is missing" pi --counter q1
  refused "no unit of today" pi "${kiosk[@]}" --unit 99999
  refused "no unit of today" pi "${kiosk[@]}" --unit 10753
  refused "the code of a commune" pi "${kiosk[@]}" --unit 31
  refused "--counter 'Q1'" pi "${kiosk[@]}" --counter Q1
  refused "--counter-name NAME is missing" pi "${kiosk[@]}" --counter desk
  refused "--rotate 45" pi "${kiosk[@]}" --rotate 45
  refused "six numbers" pi "${kiosk[@]}" --calibration "1 0 0 0 1"
  refused "six numbers" pi "${kiosk[@]}" --calibration "1 0 0 0 1 x"
  refused "--diagonal 5" pi "${kiosk[@]}" --diagonal 5
  refused "--journal-device sda" pi "${kiosk[@]}" --journal-device sda
  refused "--port x" pi "${kiosk[@]}" --port x
  refused "--user" pi "${kiosk[@]}" --user '-o x'
  refused "--district http://district.example" pi "${kiosk[@]}" --district http://district.example
  refused "--district URL is missing" pi --unit 10750 --counter q1 --package "$package"
  refused "is not there" pi "${kiosk[@]}" --package /nowhere.deb
  refused "certificates (PEM)" pi "${kiosk[@]}" --ca README.md
  refused "units.csv is not there" pi "${kiosk[@]}" --config docs
  refused "not both" pi --rollback --uninstall
  refused "--purge-data goes with --uninstall" pi "${kiosk[@]}" --purge-data
  refused "--wait 0" pi "${kiosk[@]}" --wait 0
  refused "HOST or --inventory" pi --inventory README.md
}

@test "a mistyped code is found before anybody is asked, and a right one is taken in any writing" {
  refused "one is mistyped" pi "${kiosk[@]}" --invite K7QD-M2XF-4H9P-0TRB-W3C7
  refused "one is mistyped" pi "${kiosk[@]}" --invite K7QD
  . packaging/pi/arguments.sh
  for last in {0..9} {A..H} J K M N {P..T} {V..Z}; do
    if is_code "0123456789ABCDEFGHJ$last"; then right+=("0123456789ABCDEFGHJ$last"); fi
  done
  [ "${#right[@]}" -eq 1 ]
  typed=${right[0],,}
  is_code "${typed:0:4}-${typed:4:4} ${typed:8}"
  typed=${typed/0/o}
  is_code "${typed/1/l}"
}

@test "the district's own codes are taken" {
  [ -x "${HAILONG_BIN:=build/release/bin}/hailong-district" ] || skip "the programs are not built"
  cat > "$BATS_TEST_TMPDIR/district.toml" < config/kim-thanh/district.toml
  sed -i -e "s|^data_dir = .*|data_dir = \"$BATS_TEST_TMPDIR/district\"|" -e "s|\"\.\./|\"$PWD/config/|" \
    -e "s|\"\([a-z-]*\.csv\)\"|\"$PWD/config/kim-thanh/\1\"|" "$BATS_TEST_TMPDIR/district.toml"
  . packaging/pi/arguments.sh
  for _ in 1 2 3 4 5; do
    code=$("$HAILONG_BIN/hailong-district" admin --config "$BATS_TEST_TMPDIR/district.toml" device invite --unit 10750 --counter q1)
    is_code "$code"
  done
}

@test "a deployment checks, copies, applies and verifies, and leaves a log" {
  device pi
  run deploy pi "${kiosk[@]}" --rotate 90 --ssh-option -i --ssh-option key
  [ "$status" -eq 0 ] || { echo "$output"; false; }
  [[ $output == *"[1/9] Checking the device: good"* ]]
  [[ $output == *"warning: no screen is connected"* ]]
  [[ $output == *"[2/9] Copying the package: hailong-kiosk_2_arm64.deb"* ]]
  [[ $output == *"[4/9] Installing the package: none → 2"* ]]
  [[ $output == *"[9/9] Verification: good"* ]]
  [[ ${lines[-1]} == "pi: changed, serves after "* ]] || { echo "$output"; false; }
  cmp "$package" "$DEVICES/pi/upload/hailong-kiosk.deb"
  [ "$(head -n 2 "$DEVICES/pi/upload/appliance")" = "$(printf '%s\n' --rotate 90)" ]
  grep -q '^journal_device=auto$' "$DEVICES/pi/upload/plan"
  [ -s build/deploy/pi.log ]
}

@test "a name that the locked-down kiosk will not answer to is asked once" {
  device quay.local
  printf '#!/bin/sh\necho "192.0.2.7 STREAM quay.local"\n' > "$BATS_TEST_TMPDIR/bin/getent"
  chmod +x "$BATS_TEST_TMPDIR/bin/getent"
  run deploy quay.local "${kiosk[@]}" --port 2222
  [ "$status" -eq 0 ] || { echo "$output"; false; }
  [[ $output == *"use the address from now on"* ]]
  not grep -v -q -- '-o HostName=192.0.2.7 -o HostKeyAlias=\[quay.local\]:2222' "$DEVICES/quay.local/lines"
}

@test "where no package was built and none is named, one is built" {
  device pi
  mkdir -p "$BATS_TEST_TMPDIR/source/scripts" "$BATS_TEST_TMPDIR/source/packaging"
  cp scripts/deploy-pi.sh "$BATS_TEST_TMPDIR/source/scripts/"
  cp -r packaging/pi "$BATS_TEST_TMPDIR/source/packaging/"
  cp -r config "$BATS_TEST_TMPDIR/source/"
  printf '#!/bin/sh\ncp "%s" build/packages/\n' "$package" > "$BATS_TEST_TMPDIR/source/scripts/package.sh"
  chmod +x "$BATS_TEST_TMPDIR/source/scripts/package.sh"
  run "$BATS_TEST_TMPDIR/source/scripts/deploy-pi.sh" pi --unit 10750 --counter q1 --district https://district.example
  [ "$status" -eq 0 ] || { echo "$output"; false; }
  cmp "$package" "$DEVICES/pi/upload/hailong-kiosk.deb"
}

@test "a package that is there already is not copied again" {
  device pi
  echo "have /var/lib/hailong-deploy/current/hailong-kiosk.deb $(sha256sum < "$package" | cut -d ' ' -f 1)" >> "$DEVICES/pi/answers"
  run deploy pi "${kiosk[@]}"
  [[ $output == *"[2/9] Copying the package: unchanged"* ]]
  [ ! -e "$DEVICES/pi/upload/hailong-kiosk.deb" ]
}

@test "the code goes in a file of its own, not into any command" {
  . packaging/pi/arguments.sh
  for last in {0..9} {A..H} J K M N {P..T} {V..Z}; do if is_code "0123456789ABCDEFGHJ$last"; then code=0123456789ABCDEFGHJ$last; fi; done
  device pi
  deploy pi "${kiosk[@]}" --invite "$code"
  [ "$(cat "$DEVICES/pi/upload/code")" = "$code" ]
  [ "$(stat -c %a "$DEVICES/pi/upload/code")" = 600 ]
  not grep -q "$code" "$DEVICES/pi/calls" build/deploy/pi.log
}

@test "all checks that fail are told together, and nothing is copied" {
  device pi
  printf '%s\n' "fail the device is armhf" "fail only 20 MB are free" "ok the clock is right" end > "$DEVICES/pi/answers"
  run deploy pi "${kiosk[@]}"
  [ "$status" -eq 1 ]
  [[ $output == *"FAILED: the device is armhf"* && $output == *"FAILED: only 20 MB are free"* ]]
  [ ! -e "$DEVICES/pi/upload" ]
}

@test "a device that cannot be reached is told with what to try" {
  run deploy pi "${kiosk[@]}"
  [ "$status" -eq 1 ]
  [[ $output == *"cannot be reached by ssh (ssh: connect to host pi"*"must log in by key"* ]]
}

@test "what fails on the device is told with its reason" {
  device pi
  printf '%s\n' "failed: the configuration does not work" "the old version 1 is back with its configuration" \
    "failed: the configuration does not work" > "$DEVICES/pi/applied"
  echo 1 > "$DEVICES/pi/code"
  run deploy pi "${kiosk[@]}"
  [ "$status" -eq 1 ]
  [[ $output == *"the old version 1 is back"* ]]
  [[ ${lines[-1]} == "deploy-pi.sh: pi: the configuration does not work" ]]
}

@test "when the line breaks, the device is waited for as long as it works, and its result counts" {
  device pi
  echo 255 > "$DEVICES/pi/code"
  printf '%s\n' active active active active inactive > "$DEVICES/pi/states"
  echo changed > "$DEVICES/pi/result"
  run deploy pi "${kiosk[@]}" --wait 2
  [ "$status" -eq 0 ] || { echo "$output"; false; }
  [[ $output == *"the line broke"* ]]
  [[ ${lines[-1]} == "pi: changed, serves after "* ]] || { echo "$output"; false; }
  echo inactive > "$DEVICES/pi/states"
  echo "failed: no room" > "$DEVICES/pi/result"
  run deploy pi "${kiosk[@]}"
  [ "$status" -eq 1 ]
  [[ ${lines[-1]} == *"no room" ]]
}

@test "a kiosk that does not serve afterwards is a failure" {
  device pi
  echo "fail district: active, 'not reached: refused'" >> "$DEVICES/pi/verified"
  run deploy pi "${kiosk[@]}"
  [ "$status" -eq 1 ]
  [[ $output == *"FAILED: district: active"* ]]
}

@test "--dry-run touches nothing and says what would be done" {
  device pi
  run deploy pi "${kiosk[@]}" --dry-run
  [ "$status" -eq 0 ] || { echo "$output"; false; }
  [[ $output == *"would install none → 2"* && $output == *"would change"*kiosk.toml* ]]
  [ ! -e "$DEVICES/pi/upload" ]
  [ "$(wc -l < "$DEVICES/pi/calls")" = 1 ]
  grep -q 'may_set_clock=no' "$DEVICES/pi/asked"
}

@test "--rollback and --uninstall need no unit" {
  device pi
  run deploy pi --rollback
  [ "$status" -eq 0 ] || { echo "$output"; false; }
  grep -q '^action=rollback$' "$DEVICES/pi/upload/plan"
  echo "removed; ratings, key and enrolment stay in /var/lib/hailong" > "$DEVICES/pi/applied"
  run deploy pi --uninstall
  [ "$status" -eq 0 ]
  [[ $output == *"stay in /var/lib/hailong"* ]]
  grep -q 'apply.sh uninstall no' "$DEVICES/pi/calls"
}

inventory() {
  printf '%s\n' "# kiosks" "host,unit,counter,counter_name,rotate" "$@" > "$BATS_TEST_TMPDIR/kiosks.csv"
  echo "$BATS_TEST_TMPDIR/kiosks.csv"
}

@test "an inventory: one that fails stops no other, and the table and the exit code tell" {
  device pi-1
  device pi-3
  run deploy --inventory "$(inventory pi-1,10750,q1,,0 pi-2,10756,q2,,90 'pi-3,10792,tra-cuu,"Quầy ""tra cứu"", lầu 2",')" \
    --district https://district.example --package "$package" --jobs 2
  [ "$status" -eq 1 ]
  [[ $output == *"3 kiosks, 2 at a time"* ]]
  [[ $output == *"3/3 pi-"* ]]
  [[ $output == *"pi-1: good: changed"* ]]
  [[ $output == *"1 of 3 failed"* ]]
  not grep -q $'\e' <<< "$output"
  grep -Eq '^HOST +UNIT +COUNTER +RESULT +TIME +WHAT$' <<< "$output"
  grep -Eq '^pi-1 +10750 +q1 +good' <<< "$output"
  grep -Eq '^pi-2 +10756 +q2 +FAILED .*cannot be reached' <<< "$output"
  grep -Eq '^pi-3 +10792 +tra-cuu +good' <<< "$output"
  grep -q '^name = "Quầy \\"tra cứu\\", lầu 2"' "$DEVICES/pi-3/upload/etc/kiosk.toml"
  grep -q '^name = "UBND xã An Thành"' "$DEVICES/pi-3/upload/etc/kiosk.toml"
  [ -s build/deploy/pi-2.log ]
}

@test "an inventory where all is well ends with 0" {
  device pi-1
  device pi-2
  run deploy --inventory "$(inventory pi-1,10750,q1,, pi-2,10756,q2,,90)" --district https://district.example --package "$package"
  [ "$status" -eq 0 ] || { echo "$output"; false; }
}

@test "an inventory with one mistake is refused with its line, before any kiosk is touched" {
  while IFS='|' read -r row words; do
    device pi-1
    run deploy --inventory "$(inventory pi-1,10750,q1,,0 "$row")" --district https://district.example --package "$package"
    [ "$status" -eq 2 ] || { echo "$row: $output"; false; }
    [[ $output == *"$words"* ]] || { echo "$row: $output"; false; }
    [ ! -e "$DEVICES/pi-1/calls" ]
  done << 'CASES'
pi-2,99999,q1,,0|kiosks.csv:4: --unit 99999
pi-2,10750,q1,,45|kiosks.csv:4: --rotate 45
pi-2,10750,q1|kiosks.csv:4: 5 fields are wanted
pi-2,10750,q1,"Quầy,0|kiosks.csv:4: a quote is not closed
pi-1,10750,q2,,0|names pi-1 twice
CASES
  printf '%s\n' "host,colour" "pi-1,blue" > "$BATS_TEST_TMPDIR/colours.csv"
  run deploy --inventory "$BATS_TEST_TMPDIR/colours.csv" --package "$package"
  [ "$status" -eq 2 ]
  [[ $output == *"colours.csv:1: no option is called 'colour'"* ]]
}

@test "on a terminal an inventory shows a bar" {
  device pi-1
  run script --quiet --return --command "scripts/deploy-pi.sh --inventory $(inventory pi-1,10750,q1,,) --district https://district.example --package $package" /dev/null
  [ "$status" -eq 0 ] || { echo "$output"; false; }
  [[ $output == *"[##############################] 1/1 pi-1: good"* ]]
}

@test "the device's checks run to their end on any Debian" {
  run bash -s <<< "what=all now=$(date +%s) arch=sparc may_set_clock=no district=http://127.0.0.1:9 ca=
$(cat packaging/pi/check.sh)"
  [ "$status" -eq 0 ]
  [[ $output == *"fail the device is "*" and the package is for sparc"* ]]
  [[ $output == *"the district does not answer the device at http://127.0.0.1:9/healthz"* ]]
  [[ $output == *"ok the clock is right"* ]]
  [ "${lines[-1]}" = end ]
}

@test "of a locked root the card below it has to have room" {
  local tools=$BATS_TEST_TMPDIR/tools
  mkdir "$tools"
  # shellcheck disable=SC2016 # for the fakes
  printf '#!/bin/sh\n%s\n' 'case "$*" in *FSTYPE*) echo overlay ;; *) echo /dev/none ;; esac' > "$tools/findmnt"
  # shellcheck disable=SC2016
  printf '#!/bin/sh\n%s\n' 'case "$*" in */media/root-ro/*) echo 2000 ;; *) echo 400 ;; esac' > "$tools/df"
  chmod +x "$tools"/*
  PATH=$tools:$PATH run bash -s <<< "what=all now=$(date +%s) arch=sparc may_set_clock=no district=http://127.0.0.1:9 ca=
$(cat packaging/pi/check.sh)"
  grep -qx 'ok 2000 MB free' <<< "$output"
  grep -qx 'have locked-root yes' <<< "$output"
}
