#!/usr/bin/env bash
# Deploys for real to a Debian 12 for arm64 with systemd, KMS and a touch screen, emulated by QEMU, beside a real
# receiver with TLS, and then does to it what happens to kiosks.
#   scripts/test-deploy-vm.sh              everything: about half an hour on two cores
#   scripts/test-deploy-vm.sh --prepare    only builds the packages and makes the machine
#   scripts/test-deploy-vm.sh --quick      an installation, and one touch that becomes a rating at the district
#   scripts/test-deploy-vm.sh NAME...      the installation and these of: touch again upgrade broken rollback cut plug hang
#                                          kill disk lockdown keys usb resort reboot readonly inventory uninstall
# The machine is made once (tests/machine/make.sh) and kept below ~/.cache/hailong. Photographs of its screen and all
# logs go to build/machine. Prints "ok" or "not ok" for each test, as TAP does.
# shellcheck disable=SC2317 # what wait_until calls is reached by its name
set -euo pipefail
cd "$(dirname "$0")/.."

readonly all=(touch again upgrade broken rollback cut plug hang kill disk lockdown keys usb resort reboot readonly
  inventory uninstall)
wanted=()
prepare=no
for argument in "$@"; do
  case "$argument" in
    --prepare) prepare=yes ;;
    --quick) wanted+=(touch) ;;
    -h | --help) sed -n '2,11s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *)
      [[ " ${all[*]} " == *" $argument "* ]] ||
        { echo "test-deploy-vm.sh: unknown test '$argument' (known: --prepare --quick ${all[*]})" >&2; exit 2; }
      wanted+=("$argument")
      ;;
  esac
done
[ ${#wanted[@]} -gt 0 ] || wanted=("${all[@]}")

scripts/install-deps.sh --test --arm64
work=$PWD/build/machine
ssh_port=$((20000 + $$ % 10000))
port=$((ssh_port + 1))
readonly work ssh_port port unit=10750 counter=q1
rm -rf "$work"
mkdir -p "$work"

# --- what is deployed, and to what ---
package_of() { echo "$work/hailong-kiosk_$1_arm64.deb"; }
build_packages() {
  local version
  for version in 1.0.0 1.1.0; do
    HAILONG_PACKAGE_VERSION=$version scripts/package.sh arm64 > "$work/package-$version.log" 2>&1 ||
      { tail -n 20 "$work/package-$version.log" >&2; exit 1; }
    mv "build/packages/hailong-kiosk_${version}_arm64.deb" "$work/"
    rm -f build/packages/hailong-*_"${version}"_arm64.deb
  done
  scripts/cross.sh cmake --preset arm64 -DHAILONG_TESTS=ON > /dev/null
  scripts/cross.sh cmake --build --preset arm64 --target hailong-finger > /dev/null
  finger=$PWD/build/arm64/bin/hailong-finger
}
make_machine() {
  local packages
  packages=$({
    dpkg-deb --field "$(package_of 1.0.0)" Depends Recommends
    HAILONG_APPLIANCE=packaging/appliance packaging/appliance/hailong-appliance packages --read-only-root
  } | sha256sum)
  made=${XDG_CACHE_HOME:-$HOME/.cache}/hailong/machine-$(echo "$packages" | cat - tests/machine/make.sh | sha256sum | cut -c1-12)
  [ ! -e "$made/disk.img" ] || return 0
  tests/machine/make.sh "$made.new" "$(package_of 1.0.0)"
  rm -rf "$made"
  mv "$made.new" "$made"
}
build_packages
make_machine
[ "$prepare" = no ] || exit 0
# shellcheck source=tests/machine/machine.sh
source tests/machine/machine.sh
know_host

# --- the receiver, on this machine ---
district=
bin=build/release/bin
if [ ! -x $bin/hailong-district ]; then
  cmake --preset release > /dev/null
fi
cmake --build --preset release --parallel "$(nproc)" --target hailong-district hailong-journal > /dev/null

admin() { $bin/hailong-district admin --config "$work/district/district.toml" "$@"; }
start_district() {
  mkdir -m 700 "$work/district"
  cp config/kim-thanh/*.csv config/*.toml config/*.csv "$work/district/"
  sed -e 's|^data_dir = .*|data_dir = "data"|' -e "s|^port = .*|port = $port|" -e 's|"\.\./|"|' \
    -e '/^\[kiosks\]/,$d' config/kim-thanh/district.toml > "$work/district/district.toml"
  printf '[tls]\ncertificate = "district.pem"\nkey = "district.key.pem"\n' >> "$work/district/district.toml"
  (
    cd "$work/district"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj '/CN=Hai Long CA' \
      -keyout ca.key -out ca.pem
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj '/CN=hai-long.test' \
      -keyout district.key.pem -out district.csr
    printf 'subjectAltName=DNS:hai-long.test\n' > san
    openssl x509 -req -in district.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile san -out district.pem
  ) 2> "$work/openssl.log"
  token=$(admin token add test | awk 'END { print $NF }')
  $bin/hailong-district serve --config "$work/district/district.toml" >> "$work/district.log" 2>&1 &
  district=$!
  wait_until 30 "the receiver listens" ask_district healthz
}
ask_district() {
  curl --silent --show-error --fail --cacert "$work/district/ca.pem" --resolve "hai-long.test:$port:127.0.0.1" \
    --header "Authorization: Bearer $token" "https://hai-long.test:$port/$1"
}
# How many ratings the district has counted for the unit.
ratings_at_district() {
  local day
  day=$(TZ=Asia/Ho_Chi_Minh date +%F)
  ask_district "api/v1/scores?from=2026-01-01&to=$day&by=unit" |
    jq --arg unit $unit '[.rows[]? | select(.unit_code == $unit) | .counts[]] | add // 0'
}

finish() {
  local status=$?
  trap '' INT TERM
  pull_the_plug
  [ -z "$district" ] || { kill "$district" && wait "$district"; } 2> /dev/null || true
  exit "$status"
}
trap finish EXIT
trap 'exit 130' INT TERM

# --- what is asked of the kiosk ---
kiosk=(127.0.0.1 --unit "$unit" --counter "$counter")
deploy() {
  scripts/deploy-pi.sh "${kiosk[@]}" --port "$ssh_port" --user it \
    --ssh-option "-oIdentityFile=$made/id" --ssh-option "-oUserKnownHostsFile=$work/known_hosts" \
    --ssh-option -oIdentitiesOnly=yes --ssh-option -oStrictHostKeyChecking=yes \
    --config "$work/config" --wait 300 "$@"
}
shown() { on_machine 'systemctl show -P StatusText hailong-kiosk' | grep -q 'first frame shown'; }
reached() { on_machine 'systemctl show -P StatusText hailong-syncd' | grep -q '^reached '; }
# Both: of several names systemctl is-active -q wants one alone.
# shellcheck disable=SC2016 # for the other machine
in_service() { on_machine '[ "$(systemctl is-active hailong-kiosk hailong-syncd | sort -u)" = active ]' && shown; }
# How many ratings the kiosk's own journal holds.
ratings_in_journal() { on_machine 'hailong-journal stats --db /var/lib/hailong/journal.db' | awk '/^ratings/ { print $2 }'; }
version() { on_machine "dpkg-query -W -f='\${Version}' hailong-kiosk"; }
# Nothing that was there is gone, and the chain holds.
holds_all() {
  [ "$(ratings_in_journal)" -ge "$1" ] && on_machine 'hailong-journal verify --db /var/lib/hailong/journal.db' > /dev/null
}
at_home() { photograph "$work/now.ppm" && cmp -s "$work/now.ppm" "$work/home.ppm"; }
# rate X: a tap on a face, until it is in the journal and the next resident may come.
rate() {
  local before
  before=$(ratings_in_journal)
  tap "$1" 0.55
  more() { [ "$(ratings_in_journal)" -gt "$before" ]; }
  wait_until 60 "the tap is in the journal" more
  wait_until 120 "the question is shown again" at_home
}
# back_after WHAT [FROM]: in how many seconds the kiosk serves again; 30 are promised.
back_after() {
  local what=$1 from=${2:-$SECONDS}
  wait_until 120 "the kiosk serves again after $what" in_service || return 1
  local took=$((SECONDS - from))
  echo "# in service $took s after $what"
  [ $took -le 30 ]
}
# For the machine's own shell, where a "!" alone ends nothing.
readonly refused='refused() { if "$@"; then return 1; fi; }'
restarts() { on_machine "systemctl show -P NRestarts $1"; }
boot() { on_machine 'cat /proc/sys/kernel/random/boot_id'; }
# Another one than $before.
another_boot() { local now; now=$(boot) && [ "$now" != "$before" ]; }

# --- the tests, each after the installation ---
test_install() {
  cp -r config/kim-thanh "$work/config"
  # Offices are always open here, and what was tapped is sent at once.
  sed -i '/^\[\[opening\]\]/,$d' "$work/config/kiosk.toml"
  sed -i 's|^age_seconds = .*|age_seconds = 0|' "$work/config/sync.toml"
  sed -i 's|"\.\./|"../../../config/|' "$work/config/district.toml"
  local code
  code=$(admin device invite --unit $unit --counter $counter | awk 'END { print $NF }')
  power_on
  deploy --package "$(package_of 1.0.0)" --district "https://hai-long.test:$port" --ca "$work/district/ca.pem" \
    --invite "$code"
  [ "$(version)" = 1.0.0 ]
  wait_until 60 "the kiosk serves" in_service
  wait_until 60 "the district is reached" reached
  plug_touch_screen # a reboot has taken it away
  photograph "$work/home.ppm"
}
# The five faces stand there: five colours of the scale in five columns.
test_picture() {
  python3 tests/machine/five_faces.py "$work/home.ppm"
}
test_touch() {
  tap 0.9 0.55
  thanked() { photograph "$work/thanks.ppm" && python3 tests/machine/five_faces.py --thanks "$work/thanks.ppm"; }
  wait_until 60 "the kiosk says thank you" thanked
  [ "$(ratings_in_journal)" -eq 1 ]
  district_has() { [ "$(ratings_at_district)" -ge 1 ]; }
  wait_until 60 "the rating is at the district" district_has
}
test_again() {
  local before after
  before=$(on_machine 'systemctl show -P MainPID hailong-kiosk hailong-syncd')
  deploy --package "$(package_of 1.0.0)" --district "https://hai-long.test:$port" --ca "$work/district/ca.pem" |
    tee "$work/again.log"
  grep -q 'nothing changed' "$work/again.log"
  after=$(on_machine 'systemctl show -P MainPID hailong-kiosk hailong-syncd')
  [ "$before" = "$after" ]
}
redeploy() { deploy --district "https://hai-long.test:$port" --ca "$work/district/ca.pem" --package "$@"; }
test_upgrade() {
  local before
  before=$(ratings_in_journal)
  redeploy "$(package_of 1.1.0)"
  [ "$(version)" = 1.1.0 ] && in_service && reached && holds_all "$before"
}
# A newer package whose kiosk takes its configuration and then does not start.
test_broken() {
  local before
  before=$(version)
  rm -rf "$work/broken"
  dpkg-deb -R "$(package_of 1.1.0)" "$work/broken"
  sed -i 's/^Version: .*/Version: 1.2.0/' "$work/broken/DEBIAN/control"
  # shellcheck disable=SC2016 # the package's own
  printf '#!/bin/sh\ncase "$*" in *--check*) echo ok ;; *) exit 1 ;; esac\n' > "$work/broken/usr/bin/hailong-kiosk"
  dpkg-deb --root-owner-group -b "$work/broken" "$(package_of 1.2.0)" > /dev/null
  if redeploy "$(package_of 1.2.0)"; then
    echo "a kiosk that cannot start was taken for a success" >&2
    return 1
  fi
  [ "$(version)" = "$before" ] && in_service && reached
}
test_rollback() {
  redeploy "$(package_of 1.1.0)"
  local before
  before=$(ratings_in_journal)
  deploy --rollback
  [ "$(version)" = 1.0.0 ] && in_service && holds_all "$before"
}
# The power goes in the middle of taps: what was in the journal before is there afterwards.
test_plug() {
  rate 0.1
  rate 0.3
  local seen
  seen=$(ratings_in_journal)
  tap 0.5 0.55
  pull_the_plug
  power_on
  wait_until 120 "the kiosk serves again after a power cut" in_service
  holds_all "$seen"
  wait_until 120 "the question is shown again" at_home
  rate 0.7
  counts_agree() { [ "$(ratings_at_district)" = "$(ratings_in_journal)" ]; }
  wait_until 120 "the district has every rating once" counts_agree
}
# The power goes in the middle of a deployment: the version that ran before serves after the next start.
test_cut() {
  local before ratings deploying
  before=$(version)
  ratings=$(ratings_in_journal)
  redeploy "$(package_of 1.1.0)" > "$work/deployment.log" 2>&1 &
  deploying=$!
  in_the_middle() { grep -q '^\[7/9\]' "$work/deployment.log"; }
  wait_until 600 "the deployment is in its middle" in_the_middle
  pull_the_plug
  kill "$deploying" 2> /dev/null || true
  wait "$deploying" || true
  power_on
  wait_until 300 "the kiosk serves again" in_service
  [ "$(version)" = "$before" ]
  on_machine 'test ! -e /var/lib/hailong-deploy/transaction'
  holds_all "$ratings"
}
# signalled SIGNAL: each program is sent it, is started again by itself, and all serve again.
signalled() {
  local unit_name before from
  restarted() { [ "$(restarts "$unit_name")" -gt "$before" ]; }
  for unit_name in hailong-kiosk hailong-syncd; do
    before=$(restarts "$unit_name")
    from=$SECONDS
    on_machine "kill -$1 \"\$(systemctl show -P MainPID $unit_name)\""
    wait_until 60 "$unit_name is started again" restarted || return 1
    back_after "$unit_name was sent SIG$1" "$from" || return 1
  done
}
test_hang() { signalled STOP; }
test_kill() { signalled KILL; }
# A full disk: no rating is thanked for that is not kept, and the kiosk goes on once there is room.
test_disk() {
  local before
  before=$(ratings_in_journal)
  on_machine 'dd if=/dev/zero of=/var/lib/hailong/ballast bs=1M 2> /dev/null; sync; true'
  tap 0.9 0.55
  # Another picture than the question, which stays: the tapped face alone is gone within moments.
  says_something() {
    photograph "$work/full.ppm" && sleep 2 && photograph "$work/now.ppm" &&
      cmp -s "$work/full.ppm" "$work/now.ppm" && ! cmp -s "$work/now.ppm" "$work/home.ppm"
  }
  wait_until 60 "the kiosk says that it cannot keep the rating" says_something
  [ "$(ratings_in_journal)" -eq "$before" ]
  if python3 tests/machine/five_faces.py --thanks "$work/full.ppm"; then
    echo "a rating was thanked for that could not be kept" >&2
    return 1
  fi
  on_machine 'systemctl restart hailong-kiosk' || true
  on_machine 'rm /var/lib/hailong/ballast'
  back_after "a full disk"
  wait_until 120 "the question is shown again" at_home
  rate 0.9
  holds_all $((before + 1))
}
test_lockdown() {
  # shellcheck disable=SC2016 # for the other machine
  on_machine "$refused"'
    set -e
    refused systemctl is-active -q getty@tty1
    [ "$(cat /proc/sys/kernel/sysrq)" = 0 ]
    [ "$(systemctl is-enabled ctrl-alt-del.target)" = masked ]
    nft list ruleset | grep -q "policy drop"
    # From the machine itself: the district answers, nothing else does.
    timeout 5 bash -c "exec 3<> /dev/tcp/hai-long.test/'"$port"'"
    refused timeout 5 bash -c "exec 3<> /dev/tcp/10.0.2.2/'"$ssh_port"'" 2> /dev/null
    findmnt -no OPTIONS /var/lib/hailong | grep -q nosuid
    systemctl show -P RuntimeWatchdogUSec | grep -qv "^0"
    hailong-appliance status
  '
}
# What a keyboard can do is nothing: neither another screen, nor a restart, nor the kernel's own keys.
test_keys() {
  local before pressed=0
  qmp device_add '{"driver": "usb-kbd", "id": "keyboard"}' > /dev/null
  wait_until 60 "the keyboard is let in" on_machine 'test -e /dev/input/by-id/usb-QEMU*-event-kbd'
  on_machine 'systemd-run --quiet --unit=witness sh -c "exec cat /dev/input/by-id/usb-QEMU*-event-kbd > /run/pressed"'
  wait_until 30 "somebody writes down what is pressed" on_machine 'test -e /run/pressed'
  # shellcheck disable=SC2016 # for the other machine
  stands() {
    on_machine 'cat /proc/sys/kernel/random/boot_id /sys/class/tty/tty0/active
      systemctl show -P MainPID hailong-kiosk; systemctl is-active shutdown.target; pgrep -c getty || true'
  }
  before=$(stands)
  for keys in "ctrl alt f2" "alt f3" "alt right" "ctrl alt delete" "ctrl alt delete" "ctrl alt delete" "ctrl alt delete" \
    "ctrl alt delete" "ctrl alt delete" "ctrl alt delete" "ctrl alt delete" "alt sysrq b" "alt print o" "ctrl alt backspace" \
    "ctrl c" "ctrl backslash" "alt f4" "meta_l" "power" "sleep"; do
    # shellcheck disable=SC2086 # a list
    press $keys
    pressed=$((pressed + $(wc -w <<< "$keys")))
  done
  # Down and up of each is a record of 24 bytes, and one more says that it is complete.
  witnessed() { [ "$(on_machine 'stat -c %s /run/pressed')" -ge $((pressed * 2 * 24)) ]; }
  wait_until 60 "the keys have reached the machine" witnessed
  [ "$(stands)" = "$before" ]
  wait_until 120 "the question is shown" at_home
}
# Staff's stick is mounted for the kiosk alone, until it is pulled out; what would be a way in or out stays outside.
test_usb() {
  truncate -s 16M "$work/stick.img"
  mkfs.vfat -n BAOCAO "$work/stick.img" > /dev/null
  qmp blockdev-add "{\"driver\": \"raw\", \"node-name\": \"stick\",
    \"file\": {\"driver\": \"file\", \"filename\": \"$work/stick.img\"}}" > /dev/null
  qmp device_add '{"driver": "usb-storage", "id": "stick", "drive": "stick"}' > /dev/null
  # shellcheck disable=SC2016 # for the other machine
  is_in() { on_machine 'nsenter -t "$(systemctl show -P MainPID hailong-kiosk)" -m findmnt /media/BAOCAO'; }
  wait_until 60 "the kiosk sees the stick" is_in
  # shellcheck disable=SC2016 # for the other machine
  on_machine 'set -e
    for option in nosuid nodev noexec; do findmnt -no OPTIONS /media/BAOCAO | grep -qw "$option"; done
    [ "$(stat -c "%U %a" /media/BAOCAO)" = "hailong 700" ]'
  qmp device_del '{"id": "stick"}' > /dev/null
  is_out() { on_machine 'test ! -e /media/BAOCAO'; }
  wait_until 60 "the stick is gone" is_out

  qmp netdev_add '{"type": "user", "id": "other"}' > /dev/null
  qmp device_add '{"driver": "usb-net", "id": "adapter", "netdev": "other"}' > /dev/null
  qmp chardev-add '{"id": "nowhere", "backend": {"type": "null", "data": {}}}' > /dev/null
  qmp device_add '{"driver": "usb-serial", "id": "serial", "chardev": "nowhere", "always-plugged": true}' > /dev/null
  blocked() { [ "$(on_machine 'usbguard list-devices --blocked' | grep -c QEMU)" -eq 2 ]; }
  wait_until 60 "network adapter and serial port are blocked" blocked
  # shellcheck disable=SC2016 # for the other machine
  on_machine "$refused"'
    set -e
    [ "$(ls /sys/class/net)" = "$(printf "eth0\nlo")" ]
    refused ls /dev/ttyUSB0 2> /dev/null'
  in_service
}
# A kiosk that can never start any more: the machine starts anew, which has mended many a driver.
test_resort() {
  local before
  before=$(boot)
  on_machine 'mkdir -p /run/systemd/system/hailong-kiosk.service.d
    printf "[Service]\nExecStart=\nExecStart=/bin/false\n" > /run/systemd/system/hailong-kiosk.service.d/broken.conf
    systemctl daemon-reload; systemctl restart --no-block hailong-kiosk'
  wait_until 600 "the machine starts anew" another_boot
  back_after "the machine answered again"
  plug_touch_screen
}
# Power on, and nobody there: it serves by itself.
test_reboot() {
  pull_the_plug
  power_on
  back_after "the machine answered again"
  wait_until 60 "the district is reached" reached
}

# With a root that is never written to, ratings last and all else is as it was after a power cut.
test_readonly() {
  local before
  # With every driver it takes a quarter of an hour here.
  # shellcheck disable=SC2016 # for the other machine
  on_machine 'set -e
    cp -r /etc/initramfs-tools /run/initramfs-tools
    sed -i "s/^MODULES=.*/MODULES=list/" /run/initramfs-tools/initramfs.conf
    printf "%s\n" virtio_pci virtio_blk ext4 crc32c_generic overlay > /run/initramfs-tools/modules
    mkinitramfs -d /run/initramfs-tools -o /home/it/initrd.img "$(uname -r)"
    chmod 644 /home/it/initrd.img
    sync'
  scp -q "${ssh_options[@]}" -P "$ssh_port" it@127.0.0.1:initrd.img "$work/initrd.img"
  pull_the_plug
  power_on
  redeploy "$(package_of "$(version)")" --read-only-root
  is_overlay() { [ "$(on_machine 'findmnt -no FSTYPE /')" = overlay ]; }
  is_overlay
  plug_touch_screen
  wait_until 120 "the question is shown" at_home
  before=$(ratings_in_journal)
  rate 0.9
  on_machine 'echo lost > /etc/lost; sync'
  pull_the_plug
  power_on
  back_after "the machine answered again"
  is_overlay
  on_machine 'test ! -e /etc/lost; findmnt -no OPTIONS /media/root-ro | grep -qw ro'
  holds_all $((before + 1))
  wait_until 60 "the district is reached" reached
}

# Two kiosks of a list, one of which is not there: the other is served, and a table tells.
test_inventory() {
  printf 'host,unit,counter\n127.0.0.1,%s,%s\n127.0.0.2,%s,q2\n' $unit $counter $unit > "$work/kiosks.csv"
  kiosk=(--inventory "$work/kiosks.csv")
  if deploy --package "$(package_of "$(version)")" \
    --district "https://hai-long.test:$port" --ca "$work/district/ca.pem" > "$work/table" 2>&1; then
    echo "a kiosk that is not there was taken for a success" >&2
    return 1
  fi
  cat "$work/table"
  awk '$2 == '$unit' { result[$1] = $4 } END { exit result["127.0.0.1"] == "FAILED" || result["127.0.0.2"] != "FAILED" }' \
    "$work/table"
  in_service
}
# The machine is an ordinary one again, and what residents said is still there.
test_uninstall() {
  deploy --uninstall
  # shellcheck disable=SC2016 # for the other machine
  on_machine "$refused"'
    set -e
    test -s /var/lib/hailong/journal.db
    refused test -e /usr/bin/hailong-kiosk
    refused grep -q "policy drop" <(nft list ruleset)
    [ "$(systemctl is-enabled ctrl-alt-del.target)" != masked ]
  '
  # A keyboard can do again what it could do: what test_keys presses is no idle threat.
  pull_the_plug
  power_on
  qmp device_add '{"driver": "usb-kbd", "id": "keyboard"}' > /dev/null
  wait_until 60 "the keyboard is let in" on_machine 'grep -q "QEMU USB Keyboard" /proc/bus/input/devices'
  local before
  before=$(boot)
  press ctrl alt delete
  wait_until 240 "Ctrl-Alt-Del restarts the machine" another_boot
}

failed=0
run() {
  local name=$1 from=$SECONDS status
  echo "# $name"
  set +e # so that the subshell's own -e counts; for the same reason no run stands in a condition
  (set -e; "test_$name") > "$work/$name.log" 2>&1
  status=$?
  set -e
  if [ $status -eq 0 ]; then
    echo "ok - $name ($((SECONDS - from)) s)"
  else
    echo "not ok - $name ($((SECONDS - from)) s); the end of $work/$name.log:"
    tail -n 25 "$work/$name.log" | sed 's/^/# /'
    failed=$((failed + 1))
  fi
  grep '^# ' "$work/$name.log" || true
}

start_district
run install
[ $failed -eq 0 ] || exit 1
run picture
for name in "${wanted[@]}"; do
  run "$name"
done
on_machine 'journalctl -b --no-pager' > "$work/journal.log" || true
echo "$((${#wanted[@]} + 2 - failed)) of $((${#wanted[@]} + 2)) tests passed"
[ $failed -eq 0 ]
