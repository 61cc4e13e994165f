#!/usr/bin/env bats
# packaging/pi/render.sh: a kiosk's files out of the commented samples.
# shellcheck disable=SC1091,SC2034 # what is sourced reads the variables

setup() {
  cd "$BATS_TEST_DIRNAME/../.." || return 1
  . packaging/pi/render.sh
  config_dir=config/kim-thanh unit_title="xã Phú Thái" counter=q2 counter_name="Quầy số 2" ca='' diagonal='' rotate='' calibration=''
  district=https://district.example
  to=$BATS_TEST_TMPDIR/etc
  toml=$BATS_TEST_TMPDIR/a.toml
}

# changed TABLE KEY VALUE: what becomes of the text on standard input.
changed() {
  cat > "$toml"
  set_key "$toml" "$@"
  cat "$toml"
}

@test "a value changes in its own place, and what is said behind it stays" {
  [ "$(changed unit name '"b"' <<< $'name = "x"\n[unit]\nname = "a # no remark" # a remark\n[other]\nname = "y"')" = \
    $'name = "x"\n[unit]\nname = "b" # a remark\n[other]\nname = "y"' ]
}

@test "a key that is commented out is set where it stands, unless another line counts" {
  [ "$(changed link metered true <<< $'[link]\n# metered = false\nspeed = 1')" = $'[link]\nmetered = true\nspeed = 1' ]
  [ "$(changed link metered true <<< $'[link]\n# metered = no\nmetered = false')" = $'[link]\n# metered = no\nmetered = true' ]
}

@test "a key that is not there begins its table, and a table that is not there ends the file" {
  [ "$(changed link metered true <<< $'[a]\n[link]\nspeed = 1')" = $'[a]\n[link]\nmetered = true\nspeed = 1' ]
  [ "$(changed link metered true <<< 'a = 1')" = $'a = 1\n\n[link]\nmetered = true' ]
  [ "$(changed '' b 2 <<< $'a = 1\n[t]')" = $'b = 2\na = 1\n[t]' ]
}

@test "an empty value comments a key out, once" {
  [ "$(changed device id '' <<< $'[device]\nid = "x"')" = $'[device]\n# id = "x"' ]
  [ "$(changed device id '' <<< $'[device]\n# id = "x"')" = $'[device]\n# id = "x"' ]
  [ "$(changed device id '' <<< 'a = 1')" = 'a = 1' ]
}

@test "quotes and backslashes of a name are no way out of it" {
  [ "$(toml_text 'a "b" \ c & d')" = '"a \"b\" \\ c & d"' ]
  [ "$(changed '' a "$(toml_text 'x "\1& # y')" <<< 'a = 1 # z')" = 'a = "x \"\\1& # y" # z' ]
}

@test "the comments of the samples stay" {
  render "$to"
  [ "$(grep -c '^#' "$to/sync.toml")" = "$(grep -c '^#' config/kim-thanh/sync.toml)" ]
  [ "$(grep -vc . "$to/kiosk.toml")" = "$(grep -vc . config/kim-thanh/kiosk.toml)" ]
  [ "$(wc -l < "$to/kiosk.toml")" = "$(wc -l < config/kim-thanh/kiosk.toml)" ]
}

@test "rendering twice gives the same, and rendering what was rendered too" {
  render "$to"
  render "$to.again"
  diff -r "$to" "$to.again"
  cp config/kim-thanh/units.csv "$to/"
  config_dir=$to
  render "$to.third"
  rm "$to/units.csv"
  diff -r "$to" "$to.third"
}

@test "what was asked for stands in the files" {
  diagonal=156 rotate=90 calibration="0 1 0 -1 0 1" ca=$BATS_TEST_TMPDIR/ca.pem
  echo "-----BEGIN CERTIFICATE-----" > "$ca"
  render "$to"
  [ "$(get_key "$to/kiosk.toml" unit name)" = "UBND xã Phú Thái" ]
  [ "$(get_key "$to/kiosk.toml" counter id)" = q2 ]
  [ "$(get_key "$to/kiosk.toml" counter name)" = "Quầy số 2" ]
  [ "$(get_key "$to/kiosk.toml" screen diagonal_tenths)" = 156 ]
  [ "$(get_key "$to/kiosk.toml" screen rotation)" = 90 ]
  [ "$(get_key "$to/kiosk.toml" device id)" = "" ]
  grep -q '^ENV{ID_INPUT_TOUCHSCREEN}=="1", ENV{LIBINPUT_CALIBRATION_MATRIX}="0 1 0 -1 0 1"$' "$to/touch.rules"
  [ "$(get_key "$to/kiosk.toml" "" data_dir)" = /var/lib/hailong ]
  [ "$(get_key "$to/sync.toml" "" data_dir)" = /var/lib/hailong ]
  [ "$(get_key "$to/sync.toml" district url)" = https://district.example ]
  [ "$(get_key "$to/sync.toml" district ca_file)" = district-ca.pem ]
  cmp "$ca" "$to/district-ca.pem"
}

@test "the programs take what was rendered" {
  bin=${HAILONG_BIN:-build/release/bin} assets=${HAILONG_ASSETS:-build/release/assets}
  [ -x "$bin/hailong-kiosk" ] || skip "the programs are not built"
  for counter_name in "Quầy số 2" 'Quầy "hai" \ # & 2'; do
    render "$to"
    sed -i -e "s|/usr/share/hailong/assets|$(realpath "$assets")|" -e "s|/var/lib/hailong|$BATS_TEST_TMPDIR/data|" "$to"/*.toml
    [ "$("$bin/hailong-kiosk" --config "$to/kiosk.toml" --check)" = ok ]
    [ "$("$bin/hailong-syncd" --config "$to/sync.toml" --check)" = ok ]
  done
}

@test "a unit is what bears its code today" {
  [ "$(unit_name config/kim-thanh/units.csv 10750 2026-01-01)" = "xã Phú Thái" ]
  [ "$(unit_name config/kim-thanh/units.csv 10750 2025-01-01)" = "thị trấn Phú Thái" ]
  run unit_name config/kim-thanh/units.csv 10753 2026-01-01
  [ "$status" -eq 1 ]
}
