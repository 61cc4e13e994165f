#!/usr/bin/env bash
# Greps the includes: every room may use only the rooms and libraries that docs/architecture.md grants it.
#   check_layers.sh SOURCE_DIR
set -euo pipefail
cd "$1"
bad=0

# refuse ROOM PATTERN [EXCEPT]: no file of ROOM includes anything that matches PATTERN; the folder EXCEPT in
# it may.
refuse() {
  local room=$1 pattern=$2 except=${3:-}
  [ -d "$room" ] || return 0
  if grep -rnE --include='*.h' --include='*.cc' ${except:+--exclude-dir="$except"} "^#include [<\"]($pattern)" "$room"; then
    echo "-> $room/ must not include these" >&2
    bad=1
  fi
}

sdl='SDL|imgui|cairo|ft2build'
sql='SQLiteCpp|sqlite3|pqxx'
refuse core "wire/|documents/|sqlite/|journal/|program/|kiosk/|sync/|district/|nlohmann|simdjson|toml|spdlog|curl|$sql|$sdl|fstream|filesystem|iostream"
refuse wire "documents/|sqlite/|journal/|program/|kiosk/|sync/|district/|spdlog|curl|sys/socket|$sql|$sdl"
refuse documents "wire/|sqlite/|journal/|program/|kiosk/|sync/|district/|nlohmann|simdjson|toml|spdlog|curl|SDL|imgui|$sql"
refuse sqlite "wire/|documents/|journal/|program/|kiosk/|sync/|district/|curl|$sdl"
refuse program "wire/|documents/|sqlite/|journal/|kiosk/|sync/|district/|curl|$sql|$sdl"
refuse journal "documents/|kiosk/|sync/|district/|curl|spdlog|$sdl"
refuse kiosk "sync/|district/|curl|microhttpd|$sql"
refuse kiosk/flow "journal/|sqlite/|wire/|program/|kiosk/(shell|screens|design|input|speech)|spdlog|time\.h|fstream|filesystem|$sdl"
refuse kiosk/speech "journal/|sqlite/|wire/|kiosk/(shell|screens|design|input|flow|render)|imgui|cairo"
refuse kiosk/input "journal/|sqlite/|wire/|kiosk/(shell|screens|design|speech|flow|render)|imgui|cairo"
refuse kiosk/reports "sqlite/|wire/|kiosk/(shell|screens|design|input|speech|flow|render)|spdlog|cairo|pango|xlsxwriter|SDL|imgui"
refuse kiosk/screens "journal/|sqlite/|program/|spdlog|curl|SDL"
refuse sync "documents/|kiosk/|district/|microhttpd|$sql|$sdl"
refuse district "kiosk/|sync/|journal/|SDL|imgui|ft2build"
refuse district "curl" webhook
refuse district "cairo|pango|xlsxwriter|zip"
for room in district/*/; do
  [ "$room" = district/sql/ ] || refuse "$room" "$sql|sqlite/database"
done
refuse district/sql "wire/|program/|district/[^s]|district/s[^q]"
for room in core wire documents sqlite journal kiosk sync district; do refuse "$room" 'systemd/'; done
for room in core wire documents sqlite journal program kiosk sync district assets tests bench; do refuse "$room" '.*\.cc'; done
exit $bad
