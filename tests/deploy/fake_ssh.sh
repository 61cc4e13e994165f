#!/usr/bin/env bash
# ssh of a test: a device for each host is the folder $DEVICES/HOST. What is asked of it is recorded in its calls, and
# answered by files: answers (of the checks), applied (output of the transaction, its exit code in code), states (of its
# unit, one a call) and result, verified.
# Without a folder it cannot be reached.
set -euo pipefail
: "${DEVICES:?}"
options=("$@")
while [ "$1" != -- ]; do
  [ "$1" != -O ] || exit 0
  shift
done
device=$DEVICES/$2
if [ ! -d "$device" ]; then
  echo "ssh: connect to host $2 port 22: No route to host" >&2
  exit 255
fi
echo "$3" >> "$device/calls"
printf '%s\n' "${options[*]}" >> "$device/lines"
case $3 in
  *'bash -s'*) cat > "$device/asked" && cat "$device/answers" ;;
  *'tar --extract'*) rm -rf "$device/upload" && mkdir "$device/upload" && tar --extract -C "$device/upload" ;;
  *systemd-run*) cat "$device/applied"; exit "$(cat "$device/code" 2> /dev/null || echo 0)" ;;
  *'systemctl is-active'*) head -n 1 "$device/states" && sed -i 1d "$device/states" ;;
  *'/result'*) cat "$device/result" ;;
  *reboot-needed*) exit 1 ;;
  *' verify '*) cat "$device/verified"; ! grep -q '^fail' "$device/verified" ;;
esac
