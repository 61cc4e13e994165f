# shellcheck shell=bash disable=SC2154,SC2034 # variables are those of scripts/deploy-pi.sh, which sources it
# Whether what was asked for can be done, before anything is touched. Each refusal is one line that says what to do.

refuse() {
  printf 'deploy-pi.sh: %s\n' "$1" >&2
  exit 2
}

# is_code TEXT: an enrolment code, its last character being right (wire/enrolment_code.h).
is_code() {
  local text=${1^^} alphabet=0123456789ABCDEFGHJKMNPQRSTVWXYZ hash
  text=${text//[- ]/}
  text=${text//O/0}
  text=${text//[IL]/1}
  [[ $text =~ ^[$alphabet]{20}$ ]] || return 1
  hash=$(printf 'hailong enrolment check 1\n%s' "${text:0:19}" | b2sum --length=256)
  [ "${alphabet:$((16#${hash:0:2} % 32)):1}" = "${text:19}" ]
}

is_district_url() {
  local rest='(:[0-9]+)?(/[A-Za-z0-9./_~-]*)?$'
  [[ $1 =~ ^https://[A-Za-z0-9.-]+$rest || $1 =~ ^https://\[[0-9A-Fa-f:]+\]$rest ||
    $1 =~ ^http://(localhost|127\.[0-9.]+|\[::1\])$rest ]]
}

check_host() {
  [[ $host =~ ^[A-Za-z0-9][A-Za-z0-9._:-]*$ ]] || refuse "'$host' is no host name or address"
  [[ -z $port || ($port =~ ^[0-9]{1,5}$ && $port -le 65535) ]] || refuse "--port $port: a number up to 65535 is wanted"
  [[ -z $user || $user =~ ^[a-z_][a-z0-9_-]*$ ]] || refuse "--user $user is no user name"
}

# Fills in what has a default.
check_kiosk() {
  local file
  for file in units.csv kiosk.toml sync.toml fields.csv procedures.csv; do
    [ -f "$config_dir/$file" ] || refuse "--config $config_dir: $file is not there"
  done
  [ -n "$unit" ] || refuse "--unit CODE is missing: the commune's code, as in $config_dir/units.csv"
  unit_title=$(unit_name "$config_dir/units.csv" "$unit" "$(date +%F)") ||
    refuse "--unit $unit is no unit of today in $config_dir/units.csv: look the code up there"
  [[ $unit_title =~ ^(xã|phường|"thị trấn"|"đặc khu")\  ]] ||
    refuse "--unit $unit is $unit_title: the code of a commune is wanted"
  [[ $counter =~ ^[a-z0-9-]{1,64}$ ]] || refuse "--counter '$counter': a-z, 0-9 and '-' are wanted, e.g. q1"
  if [ -z "$counter_name" ]; then
    [[ $counter =~ ^q[0-9]+$ ]] || refuse "--counter-name NAME is missing: how residents know counter $counter"
    counter_name="Quầy số ${counter#q}"
  fi
  [[ $counter_name != *[[:cntrl:]]* ]] || refuse "--counter-name has a line break or control character: leave it out"
  if [ -n "$invite" ]; then
    is_code "$invite" || refuse "--invite: not a code of the district (20 characters, e.g. K7QD-M2XF-…); one is mistyped"
  fi
  [[ $rotate =~ ^(0|90|180|270)?$ ]] || refuse "--rotate $rotate: 0, 90, 180 or 270 is wanted"
  if [ -n "$calibration" ]; then
    [[ $calibration =~ ^-?[0-9]+(\.[0-9]+)?(\ -?[0-9]+(\.[0-9]+)?){5}$ ]] ||
      refuse "--calibration '$calibration': six numbers are wanted, e.g. \"1 0 0 0 1 0\""
  fi
  [[ -z $diagonal || ($diagonal =~ ^[1-9][0-9]{1,3}$ && $diagonal -ge 50 && $diagonal -le 1000) ]] ||
    refuse "--diagonal $diagonal: tenths of an inch from 50 to 1000 are wanted, e.g. 101"
  [[ $journal_device =~ ^(auto|none|/dev/[A-Za-z0-9/_.:-]+)$ ]] ||
    refuse "--journal-device $journal_device: auto, none or a device such as /dev/sda1 is wanted"
  if [ -z "$district" ]; then
    district=$(get_key "$config_dir/sync.toml" district url)
    [[ $district == https://* ]] ||
      refuse "--district URL is missing: '$district' in $config_dir/sync.toml is no address that a kiosk could reach"
  fi
  is_district_url "$district" ||
    refuse "--district $district: https://HOST is wanted, or http://127.0.0.1:PORT on the kiosk itself"
  if [ -n "$ca" ]; then
    grep -qs -e '-----BEGIN CERTIFICATE-----' "$ca" || refuse "--ca $ca: a file with certificates (PEM) is wanted"
  fi
  if [ -n "$package" ]; then
    [ -f "$package" ] || refuse "--package $package is not there"
    [ "$(dpkg-deb --field "$package" Package 2> /dev/null)" = hailong-kiosk ] ||
      refuse "--package $package is no package of hailong-kiosk"
  fi
}
