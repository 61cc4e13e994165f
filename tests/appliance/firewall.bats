#!/usr/bin/env bats
# The rules, loaded by the kernel: a kiosk and a district, each in a network namespace of its own.
load helper

KIOSK=10.77.0.1
DISTRICT=10.77.0.2

setup() {
  need_root
  command -v nft > /dev/null || skip "needs the package nftables"
  unshare -n true 2> /dev/null || skip "needs network namespaces"
  make_machine
  unshare -n sleep 300 3>&- & kiosk=$!
  unshare -n sleep 300 3>&- & district=$!
  for pid in $kiosk $district; do
    until [ "$(readlink "/proc/$pid/ns/net")" != "$(readlink /proc/self/ns/net)" ]; do :; done
  done
  ip link add "hl-k$$" netns "$kiosk" type veth peer name "hl-d$$" netns "$district"
  in_kiosk ip address add "$KIOSK/24" dev "hl-k$$"
  in_district ip address add "$DISTRICT/24" dev "hl-d$$"
  for name in lo "hl-k$$"; do in_kiosk ip link set "$name" up; done
  for name in lo "hl-d$$"; do in_district ip link set "$name" up; done
  in_kiosk ip route add default via "$DISTRICT"
  printf '[district]\nurl = "http://%s:8480"\n' "$DISTRICT" > "$MACHINE/etc/hailong/sync.toml"
  echo 'Port 2200' > "$MACHINE/etc/ssh/sshd_config"
  appliance apply > /dev/null
  RULES=$MACHINE/etc/nftables.d/hailong.conf
}

teardown() {
  local pid
  for pid in ${servers[@]+"${servers[@]}"} ${kiosk:-} ${district:-}; do kill "$pid" 2> /dev/null || true; done
}

in_kiosk() { nsenter -t "$kiosk" -n "$@"; }
in_district() { nsenter -t "$district" -n "$@"; }

# serve NAMESPACE PORT: somebody who takes connections there.
serve() {
  nsenter -t "$1" -n python3 -c '
import socket, sys
listener = socket.create_server(("0.0.0.0", int(sys.argv[1])))
print("listening", flush=True)
while True: listener.accept()' "$2" > "$BATS_TEST_TMPDIR/server-$2" 3>&- &
  servers+=($!)
  until grep -q listening "$BATS_TEST_TMPDIR/server-$2"; do kill -0 "${servers[-1]}"; done
}

# reaches NAMESPACE ADDRESS PORT [PREFIX...]
reaches() {
  local namespace=$1 address=$2 port=$3
  shift 3
  nsenter -t "$namespace" -n "$@" timeout 2 bash -c "exec 9<> /dev/tcp/$address/$port" 2> /dev/null
}

@test "the kernel takes the rules, and takes them again" {
  in_kiosk nft -c -f "$RULES"
  in_kiosk nft -f "$RULES"
  in_kiosk nft -f "$RULES"
}

@test "the district's port is reached, and no other port nor machine" {
  serve "$district" 8480
  serve "$district" 8481
  reaches "$kiosk" "$DISTRICT" 8481
  in_kiosk nft -f "$RULES"
  refused reaches "$kiosk" "$DISTRICT" 8480
  appliance_in_kiosk firewall-district
  reaches "$kiosk" "$DISTRICT" 8480
  refused reaches "$kiosk" "$DISTRICT" 8481
}

appliance_in_kiosk() {
  in_kiosk env HAILONG_ROOT="$MACHINE" HAILONG_APPLIANCE="$PACKAGING/appliance" \
    "$PACKAGING/appliance/hailong-appliance" "$@"
}

@test "addresses that were found last stay while names cannot be looked up" {
  serve "$district" 8480
  in_kiosk nft -f "$RULES"
  appliance_in_kiosk firewall-district
  # The district is a name now that nobody can look up, and is known from before.
  sed -i "s/$DISTRICT/district.invalid/" "$MACHINE/etc/hailong/sync.toml"
  echo "district.invalid $DISTRICT" > "$MACHINE/var/lib/hailong-deploy/district.addresses"
  in_kiosk nft -f "$RULES"
  refused reaches "$kiosk" "$DISTRICT" 8480
  appliance_in_kiosk firewall-district
  reaches "$kiosk" "$DISTRICT" 8480
}

@test "a district that moved is no longer reached at its old port" {
  serve "$district" 8480
  serve "$district" 8481
  in_kiosk nft -f "$RULES"
  appliance_in_kiosk firewall-district
  appliance_in_kiosk firewall-district
  reaches "$kiosk" "$DISTRICT" 8480
  sed -i 's/8480/8481/' "$MACHINE/etc/hailong/sync.toml"
  appliance_in_kiosk firewall-district
  reaches "$kiosk" "$DISTRICT" 8481
  refused reaches "$kiosk" "$DISTRICT" 8480
}

@test "of the kiosk only ssh is reached, on the port of its configuration" {
  serve "$kiosk" 2200
  serve "$kiosk" 22
  serve "$kiosk" 8480
  in_kiosk nft -f "$RULES"
  reaches "$district" "$KIOSK" 2200
  refused reaches "$district" "$KIOSK" 22
  refused reaches "$district" "$KIOSK" 8480
}

@test "packages are fetched by root alone, and only while the updates are open" {
  serve "$district" 80
  in_kiosk nft -f "$RULES"
  refused reaches "$kiosk" "$DISTRICT" 80
  appliance_in_kiosk open-updates 5
  appliance_in_kiosk open-updates 10
  reaches "$kiosk" "$DISTRICT" 80
  refused reaches "$kiosk" "$DISTRICT" 80 setpriv --reuid 65534 --regid 65534 --clear-groups
  appliance_in_kiosk close-updates
  refused reaches "$kiosk" "$DISTRICT" 80
}

@test "what is refused is refused at once" {
  in_kiosk nft -f "$RULES"
  run in_kiosk timeout 2 bash -c "exec 9<> /dev/tcp/$DISTRICT/9999"
  [ "$status" -ne 0 ]
  [ "$status" -ne 124 ]
}

@test "a connection that was there before the rules goes on" {
  in_kiosk python3 -c '
import socket, sys
listener = socket.create_server(("0.0.0.0", 2200))
print("listening", flush=True)
peer = listener.accept()[0]
print("accepted", flush=True)
sys.stdin.readline()
peer.sendall(b"still there\n")
' < <(until [ -e "$BATS_TEST_TMPDIR/loaded" ]; do :; done; echo go) > "$BATS_TEST_TMPDIR/old" 3>&- &
  servers+=($!)
  until grep -q listening "$BATS_TEST_TMPDIR/old"; do :; done
  in_district timeout 10 bash -c "exec 9<> /dev/tcp/$KIOSK/2200; head -n 1 <&9" > "$BATS_TEST_TMPDIR/heard" 3>&- &
  reader=$!
  until grep -q accepted "$BATS_TEST_TMPDIR/old"; do :; done
  in_kiosk nft -f "$RULES"
  touch "$BATS_TEST_TMPDIR/loaded"
  wait "$reader"
  grep -q 'still there' "$BATS_TEST_TMPDIR/heard"
}
