#!/usr/bin/env bash
# Runs a command in a Debian 12 of this machine's own architecture that has the cross compiler and all libraries for
# arm64, at the same path and on the same files. Made once, under ~/.cache/hailong; made anew when its list changes.
#   scripts/cross.sh COMMAND...
# Why not in this system itself: libpqxx and libsimdjson cannot be installed for two architectures at once, and every
# other library would have to be of the same version for both (docs/decisions/008-arm64-packages.md).
set -euo pipefail
cd "$(dirname "$0")/.."

packages=(
  crossbuild-essential-arm64 cmake ninja-build pkg-config ccache file gzip qemu-user-static fonts-inter
  # headers alone, for any architecture
  nlohmann-json3-dev libexpected-dev libcli11-dev libkainjow-mustache-dev libjs-chart.js
  lib{sdl2,imgui,freetype,cairo2,utf8proc,qrencode,opusfile,sqlite3,sqlitecpp,pqxx,pq,curl4-openssl}-dev:arm64
  lib{microhttpd,gnutls28,sodium,zstd,spdlog,simdjson,tomlplusplus,pango1.0,xlsxwriter,zip,systemd,udev}-dev:arm64
  zlib1g-dev:arm64
  # the tests
  hunspell-vi
  lib{gtest,gmock,rapidcheck,zbar}-dev:arm64
)

as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/hailong
root=$cache/cross-$(printf '%s\n' "${packages[@]}" | sha256sum | cut -c1-12)

scripts/install-deps.sh --arm64
if [ ! -d "$root" ]; then
  mkdir -p "$cache"
  "${as_root[@]}" rm -rf "$cache"/cross-* # what an interrupted or earlier run left
  echo "cross.sh: making $root, once"
  "${as_root[@]}" mmdebstrap --quiet --mode=root --variant=apt --skip=output/dev --architectures=amd64,arm64 \
    --dpkgopt=force-unsafe-io --aptopt='APT::Install-Recommends "false"' --aptopt='Acquire::Languages "none"' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/fonts-inter/*' \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    --include="$(IFS=,; echo "${packages[*]}")" bookworm "$root.new"
  "${as_root[@]}" mv "$root.new" "$root"
fi

ccache=${CCACHE_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/ccache}
mkdir -p "$ccache"
# The mounts live in a namespace of the command's own and end with it.
# shellcheck disable=SC2016 # $0 and $@ are the inner shell's
exec "${as_root[@]}" unshare --mount --propagation private bash -euc '
  root=$0 here=$1 cache=$2
  shift 2
  mkdir -p "$root$here" "$root$cache"
  mount --rbind /dev "$root/dev"
  mount -t proc proc "$root/proc"
  mount --bind "$here" "$root$here"
  mount --bind "$cache" "$root$cache"
  exec chroot "$root" env -C "$here" HOME="$HOME" CCACHE_DIR="$cache" "$@"
' "$root" "$PWD" "$ccache" "$@"
