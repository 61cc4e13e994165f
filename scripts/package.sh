#!/usr/bin/env bash
# Makes the Debian packages hailong-kiosk and hailong-district in build/packages.
#   scripts/package.sh [amd64|arm64]      default: this machine's own
# arm64 is a cross build (docs/decisions/008-arm64-packages.md). HAILONG_PACKAGE_VERSION names another version than the
# one that the commits count.
set -euo pipefail
cd "$(dirname "$0")/.."

architecture=${1:-$(dpkg --print-architecture)}
case "$architecture" in
  amd64) preset=release; run=() ;;
  arm64) preset=arm64; run=(scripts/cross.sh) ;;
  *) echo "package.sh: unknown architecture '$architecture' (known: amd64, arm64)" >&2; exit 2 ;;
esac
[ "$architecture" = arm64 ] || scripts/install-deps.sh

# Each commit's packages are newer than those before it.
commits=$(git rev-list --count HEAD 2> /dev/null || echo 0)
version=${HAILONG_PACKAGE_VERSION:-$(sed -n 's/^ *VERSION \([0-9.]*\)$/\1/p' CMakeLists.txt)+$commits}

"${run[@]}" cmake --preset "$preset" > /dev/null
"${run[@]}" cmake --build --preset "$preset" --parallel "$(nproc)" --target packaged
rm -f build/packages/hailong-*_"$architecture".deb
mkdir -p build/packages
(cd "build/$preset" && rm -rf _CPack_Packages)
"${run[@]}" cpack --config "build/$preset/CPackConfig.cmake" -B "$PWD/build/packages" \
  -D CPACK_PACKAGE_VERSION="$version"
rm -rf build/packages/_CPack_Packages
ls build/packages/hailong-*_"${version}"_"$architecture".deb
