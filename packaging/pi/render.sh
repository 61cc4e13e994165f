# shellcheck shell=bash disable=SC2154 # variables are those of whoever sources it
# Sourced by scripts/deploy-pi.sh: makes a kiosk's files for /etc/hailong out of the commented samples of config/.
# Only values change; comments and everything else stay as they are.

# toml_text TEXT: as a TOML string.
toml_text() {
  local text=${1//\\/\\\\}
  printf '"%s"' "${text//\"/\\\"}"
}

# set_key FILE TABLE KEY VALUE: sets the key in its table ("" is what stands before the first one), in its own place,
# commented out or not, keeping what is said behind it. An empty VALUE comments it out. Where the table has no such
# line it becomes the table's first, and a table that is not there is added at the end.
set_key() {
  local new
  new=$(mktemp "$1.XXXXXX")
  TABLE=$2 KEY=$3 VALUE=$4 awk '
    BEGIN { table = ENVIRON["TABLE"]; key = ENVIRON["KEY"]; value = ENVIRON["VALUE"] }
    # What is said behind the value: a "#" outside of quotes.
    function remark(text,   i, c, quoted) {
      for (i = 1; i <= length(text); i++) {
        c = substr(text, i, 1)
        if (c == "\\" && quoted) i++
        else if (c == "\"") quoted = !quoted
        else if (c == "#" && !quoted) return " " substr(text, i)
      }
      return ""
    }
    function is_key(text) { return text ~ ("^(# ?)?" key " *=") }
    { lines[NR] = $0 }
    END {
      here = ""; from = table == "" ? 0 : -1; found = 0; active = 0
      for (n = 1; n <= NR; n++) {
        if (lines[n] ~ /^\[/) {
          here = lines[n]; gsub(/^\[+|\].*$/, "", here)
          if (here == table && from < 0) from = n
        } else if (here == table && is_key(lines[n])) {
          # A line that counts before one that is commented out.
          if (!found || (!active && lines[n] !~ /^#/)) { found = n; active = lines[n] !~ /^#/ }
        }
      }
      if (value == "") line = found ? (active ? "# " lines[found] : lines[found]) : ""
      else if (found) line = key " = " value remark(substr(lines[found], index(lines[found], "=") + 1))
      else line = key " = " value
      if (!found && value != "" && from == 0) print line
      for (n = 1; n <= NR; n++) {
        print n == found ? line : lines[n]
        if (!found && value != "" && from > 0 && n == from) print line
      }
      if (!found && value != "" && from < 0) printf "\n[%s]\n%s\n", table, line
    }' "$1" > "$new"
  mv "$new" "$1"
}

# get_key FILE TABLE KEY: the text or number that counts, without its quotes; nothing when there is none.
get_key() {
  TABLE=$2 KEY=$3 awk '
    /^\[/ { here = $0; gsub(/^\[+|\].*$/, "", here); next }
    here == ENVIRON["TABLE"] && $0 ~ ("^" ENVIRON["KEY"] " *=") {
      value = substr($0, index($0, "=") + 1); sub(/^ */, "", value)
      if (value ~ /^"/) { sub(/^"/, "", value); sub(/".*$/, "", value) }
      else sub(/ *(#.*)?$/, "", value)
      print value; exit
    }' "$1"
}

# unit_name UNITS.CSV CODE DAY: "xã Phú Thái", what the unit with the code is called on that day. Else 1.
unit_name() {
  CODE=$2 DAY=$3 awk -F, '
    /^#/ || $1 == "code" { next }
    $1 == ENVIRON["CODE"] && $5 <= ENVIRON["DAY"] && ($6 == "" || $6 >= ENVIRON["DAY"]) { print $3 " " $2; found = 1; exit }
    END { exit !found }' "$1"
}

# render TO: the files of one kiosk, out of the folder $config_dir and the values unit_title, counter, counter_name,
# district, ca, diagonal, rotate, calibration (the last four may be empty).
render() {
  local to=$1 file named
  mkdir -p "$to"
  for file in kiosk.toml sync.toml fields.csv procedures.csv; do
    cp "$config_dir/$file" "$to/$file"
  done
  set_key "$to/kiosk.toml" "" data_dir '"/var/lib/hailong"'
  set_key "$to/kiosk.toml" "" assets_dir '"/usr/share/hailong/assets"'
  set_key "$to/kiosk.toml" device id "" # the enrolment says it
  set_key "$to/kiosk.toml" unit name "$(toml_text "UBND $unit_title")"
  set_key "$to/kiosk.toml" counter id "$(toml_text "$counter")"
  set_key "$to/kiosk.toml" counter name "$(toml_text "$counter_name")"
  [ -z "$rotate" ] || set_key "$to/kiosk.toml" screen rotation "$rotate"
  [ -z "$diagonal" ] || set_key "$to/kiosk.toml" screen diagonal_tenths "$diagonal"
  # udev finds this by a link of its own.
  echo "# How touch screens lie on their panels; docs/operating.md." > "$to/touch.rules"
  [ -z "$calibration" ] ||
    echo "ENV{ID_INPUT_TOUCHSCREEN}==\"1\", ENV{LIBINPUT_CALIBRATION_MATRIX}=\"$calibration\"" >> "$to/touch.rules"
  # Deadlines and days off, where the template says that they are.
  for file in feedback holidays; do
    named=$(get_key "$to/kiosk.toml" staff "$file")
    [ -n "$named" ] || continue
    [[ $named == /* ]] || named=$config_dir/$named
    cp "$named" "$to/${named##*/}"
    set_key "$to/kiosk.toml" staff "$file" "$(toml_text "${named##*/}")"
  done
  set_key "$to/sync.toml" "" data_dir '"/var/lib/hailong"'
  set_key "$to/sync.toml" district url "$(toml_text "$district")"
  if [ -n "$ca" ]; then
    cp "$ca" "$to/district-ca.pem"
    set_key "$to/sync.toml" district ca_file '"district-ca.pem"'
  fi
}
