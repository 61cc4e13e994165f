# shellcheck shell=bash
# nftables: the rules' file, the district's addresses, and the hours in which packages may be fetched.
RULES=/etc/nftables.d/hailong.conf
KNOWN_ADDRESSES=$STATE/district.addresses
TABLE=hailong
TOLD=$ROOT/run/hailong/district # whose addresses the kernel has

# The ports that sshd listens on, as "22, 2222".
ssh_ports() {
  local ports
  ports=$(cat "$ROOT"/etc/ssh/sshd_config "$ROOT"/etc/ssh/sshd_config.d/*.conf 2> /dev/null |
    awk 'tolower($1) == "port" && $2 ~ /^[0-9]+$/ { print $2 }' | sort -nu | paste -sd, | sed 's/,/, /g')
  echo "${ports:-22}"
}

put_firewall() {
  put "$RULES" 0644 < <(sed "s/@SSH_PORTS@/$(ssh_ports)/" "$SHARE/root$RULES.in")
}

# Host and port of the district, from [district] url in sync.toml. Nothing when it is not configured yet.
district_endpoint() {
  local url rest host port
  [ -r "$ROOT/etc/hailong/sync.toml" ] || return 0
  url=$(awk -F'"' '/^[ \t]*\[/ { in_district = ($0 ~ /^[ \t]*\[district\]/) }
    in_district && /^[ \t]*url[ \t]*=/ { print $2; exit }' "$ROOT/etc/hailong/sync.toml")
  case "$url" in
    https://*) port=443 ;;
    http://*) port=80 ;;
    *) return 0 ;;
  esac
  rest=${url#*://}
  rest=${rest%%/*}
  case "$rest" in
    \[*\]:*) host=${rest%%]*} host=${host#[} port=${rest##*:} ;;
    \[*\]) host=${rest#[} host=${host%]} ;;
    *:*) host=${rest%:*} port=${rest##*:} ;;
    *) host=$rest ;;
  esac
  [[ "$port" =~ ^[0-9]+$ ]] || return 0
  echo "$host $port"
}

has_table() { command -v nft > /dev/null && nft list table inet "$TABLE" > /dev/null 2>&1; }

# fill_district [--known]: lets the district's addresses through for a day. While names cannot be looked up, or when
# only what is known shall count, those that were found last go on.
fill_district() {
  local host port addresses known moved=no set address
  read -r host port <<< "$(district_endpoint)"
  [ -n "$host" ] || return 0
  if [ "${1:-}" = --known ] || ! addresses=$(getent ahosts "$host" | awk '{ print $1 }' | sort -u) ||
    [ -z "$addresses" ]; then
    addresses=$(awk -v host="$host" '$1 == host { print $2 }' "$KNOWN_ADDRESSES" 2> /dev/null || true)
  else
    mkdir -p "$STATE"
    known=$(for address in $addresses; do echo "$host $address"; done)
    if [ "$known" != "$(cat "$KNOWN_ADDRESSES" 2> /dev/null)" ]; then
      echo "$known" > "$KNOWN_ADDRESSES.new"
      mv "$KNOWN_ADDRESSES.new" "$KNOWN_ADDRESSES"
    fi
  fi
  [ -n "$addresses" ] || { echo "district $host: no address is known yet" >&2; return 0; }
  has_table || return 0
  # What the kernel was told of another place goes.
  [ "$(cat "$TOLD" 2> /dev/null)" = "$host $port" ] || moved=yes
  # Added, taken out and added: an element that is there keeps its old time otherwise. One step for the kernel.
  {
    [ "$moved" = no ] || printf 'flush set inet %s %s\n' "$TABLE" district4 "$TABLE" district6
    for address in $addresses; do
      case "$address" in *:*) set=district6 ;; *) set=district4 ;; esac
      echo "add element inet $TABLE $set { ${address%%%*} . $port }"
      echo "delete element inet $TABLE $set { ${address%%%*} . $port }"
      echo "add element inet $TABLE $set { ${address%%%*} . $port timeout 1d }"
    done
  } | nft -f - || return 1
  mkdir -p "${TOLD%/*}"
  echo "$host $port" > "$TOLD"
}

open_updates() {
  local minutes=$1 port
  [[ "$minutes" =~ ^[1-9][0-9]{0,3}$ ]] || { echo "open-updates: expected minutes, 1 to 9999" >&2; exit 2; }
  has_table || return 0
  for port in 80 443; do
    echo "add element inet $TABLE updates { $port }"
    echo "delete element inet $TABLE updates { $port }"
    echo "add element inet $TABLE updates { $port timeout ${minutes}m }"
  done | nft -f -
}

close_updates() {
  has_table || return 0
  nft flush set inet "$TABLE" updates
}
