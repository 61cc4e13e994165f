#!/usr/bin/env bash
# Installs exactly the Debian packages that are missing, and nothing when none is.
#   scripts/install-deps.sh            what building and running needs
#   scripts/install-deps.sh --test     also what the tests, the checks and the benchmarks need
#   scripts/install-deps.sh --arm64    also what the cross build and the emulated machine for arm64 need
set -euo pipefail

build=(
  g++ cmake ninja-build pkg-config git ca-certificates
  libsdl2-dev libudev-dev libimgui-dev libfreetype-dev libcairo2-dev fonts-inter
  libutf8proc-dev libqrencode-dev libopusfile-dev
  libsqlite3-dev libsqlitecpp-dev libpqxx-dev libpq-dev libcurl4-openssl-dev libmicrohttpd-dev libgnutls28-dev
  libsystemd-dev
  libsodium-dev libzstd-dev libexpected-dev libtomlplusplus-dev libcli11-dev libspdlog-dev
  nlohmann-json3-dev libsimdjson-dev libkainjow-mustache-dev libjs-chart.js zlib1g-dev
  libpango1.0-dev libxlsxwriter-dev libzip-dev fonts-liberation2
  curl xvfb
)
test=(
  libgtest-dev libgmock-dev librapidcheck-dev libbenchmark-dev libzbar-dev
  xdotool x11-utils libx11-dev libxtst-dev libxdamage-dev libxext-dev libxrandr-dev
  clang libclang-rt-14-dev clang-format clang-tidy shellcheck sqlite3 jq openssl
  hunspell-vi espeak-ng opus-tools python3
  valgrind
  lintian
  poppler-utils python3-openpyxl python3-docx python3-jsonschema
  postgresql
  bats nftables iproute2 systemd
  chromium chromium-driver python3-selenium
)
# What builds for another machine, and is one (scripts/cross.sh, scripts/test-deploy-vm.sh).
arm64=(
  mmdebstrap arch-test qemu-user-static binfmt-support
  qemu-system-arm qemu-utils cpio kmod fdisk e2fsprogs dosfstools openssh-client
)

wanted=("${build[@]}")
browser=no
emulator=no
for option in "$@"; do
  case "$option" in
    --test) wanted+=("${test[@]}"); browser=yes ;;
    --arm64) wanted+=("${arm64[@]}"); emulator=yes ;;
    *) echo "install-deps.sh: unknown option '$option' (known: --test, --arm64)" >&2; exit 2 ;;
  esac
done

is_installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

missing=()
for package in "${wanted[@]}"; do
  is_installed "$package" || missing+=("$package")
done
# axe-core, for the browser tests: an npm package, of the version and digest in the lock file.
command -v npm >/dev/null || [ "$browser" = no ] || missing+=(npm)
install_axe() {
  local from to
  from=$(cd "$(dirname "$0")/.." && pwd)/tests/browser
  to=$from/../../build/browser
  if [ "$browser" = no ] || cmp -s "$from/package-lock.json" "$to/package-lock.json"; then return; fi
  mkdir -p "$to/new"
  cp "$from/package.json" "$from/package-lock.json" "$to/new/"
  (cd "$to/new" && npm ci --ignore-scripts --no-audit --no-fund)
  rm -rf "$to/node_modules"
  mv "$to/new/node_modules" "$to/new/package-lock.json" "$to/"
  rm -r "$to/new"
}

# The kernel starts programs for arm64 by the emulator; a container has nobody who tells it at the start.
enable_emulator() {
  local formats=/proc/sys/fs/binfmt_misc
  if [ "$emulator" = no ] || [ -e $formats/qemu-aarch64 ]; then return; fi
  [ -e $formats/register ] || "${as_root[@]}" mount -t binfmt_misc binfmt_misc $formats
  [ -e $formats/qemu-aarch64 ] || "${as_root[@]}" update-binfmts --enable qemu-aarch64
}

as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
if [ ${#missing[@]} -gt 0 ]; then
  echo "installing: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  "${as_root[@]}" apt-get update -q
  "${as_root[@]}" apt-get install -q -y --no-install-recommends "${missing[@]}"
fi
install_axe
enable_emulator
