# The emulated machine in the hands of a test: started, asked, tapped on, photographed and unplugged. To be sourced.
# Wants: $made (what make.sh made), $work (a folder of this run), $ssh_port, $finger (the program).
# The emulator's process id lies in $work/qemu.pid while the machine is on, since tests run in subshells.
# shellcheck shell=bash disable=SC2154

# Plugs it in, and the touch screen. The disk is a layer over the one that was made, so every run begins with a fresh machine.
# It starts by $work/initrd.img when that is there, as the machine's own mkinitramfs makes one.
power_on() {
  local initrd=$work/initrd.img
  [ -e "$initrd" ] || initrd=$made/initrd.gz
  [ -e "$work/disk.qcow2" ] || qemu-img create -q -f qcow2 -b "$made/disk.img" -F raw "$work/disk.qcow2"
  qemu-system-aarch64 -M virt,gic-version=2 -cpu cortex-a72 -smp 2 -m 1024 -accel tcg,thread=multi \
    -kernel "$made/vmlinuz" -initrd "$initrd" -append 'root=/dev/vda1 console=ttyAMA0 net.ifnames=0 quiet' \
    -drive "file=$work/disk.qcow2,format=qcow2,if=none,id=disk,cache=writeback" -device virtio-blk-pci,drive=disk \
    -netdev "user,id=net,hostfwd=tcp:127.0.0.1:$ssh_port-:22" -device virtio-net-pci,netdev=net,romfile= \
    -device virtio-gpu-pci,xres=1280,yres=800,romfile= -device virtio-rng-pci -device qemu-xhci -device i6300esb \
    -display none -serial "file:$work/console.log" -qmp "unix:$work/qmp,server=on,wait=off" \
    > "$work/qemu.log" 2>&1 &
  echo $! > "$work/qemu.pid"
  wait_until 240 "the machine answers" on_machine true
  plug_touch_screen
}

is_on() { [ -e "$work/qemu.pid" ] && kill -0 "$(cat "$work/qemu.pid")" 2> /dev/null; }

# As a power cut: what the machine has not written yet is gone.
pull_the_plug() {
  is_on || return 0
  kill -9 "$(cat "$work/qemu.pid")"
  while is_on; do sleep 0.1; done
  rm "$work/qemu.pid"
}

ssh_options=(-o BatchMode=yes -o StrictHostKeyChecking=yes -o UserKnownHostsFile="$work/known_hosts" -o LogLevel=ERROR
  -o IdentitiesOnly=yes -o IdentityFile="$made/id" -o ConnectTimeout=5 -o ServerAliveInterval=5)

know_host() { printf '[127.0.0.1]:%s %s\n' "$ssh_port" "$(cat "$made/host.pub")" > "$work/known_hosts"; }

# on_machine COMMAND…: as root.
on_machine() { ssh "${ssh_options[@]}" -p "$ssh_port" it@127.0.0.1 sudo bash -c "$(printf '%q' "$*")"; }

# wait_until SECONDS WHAT COMMAND…: until the command succeeds.
wait_until() {
  local most=$1 what=$2 from=$SECONDS
  shift 2
  until "$@" > /dev/null 2>&1; do
    if [ -e "$work/qemu.pid" ] && ! is_on; then
      echo "the machine ended by itself: $(tail -n 3 "$work/qemu.log")" >&2
      return 1
    fi
    if [ $((SECONDS - from)) -ge "$most" ]; then
      echo "not within $most s: $what" >&2
      return 1
    fi
    sleep 1
  done
}

# A touch screen, there from now on until the machine is off.
plug_touch_screen() {
  ! on_machine 'test -p /run/finger' || return 0
  scp -q "${ssh_options[@]}" -P "$ssh_port" "$finger" it@127.0.0.1:/tmp/finger
  on_machine 'install -m 755 /tmp/finger /usr/local/bin/hailong-finger; modprobe uinput;
    systemd-run --quiet --unit=finger /usr/local/bin/hailong-finger /run/finger'
  wait_until 30 "the touch screen is there" on_machine 'test -p /run/finger && grep -q "Test touch screen" /proc/bus/input/devices'
}

# tap X Y: 0 to 1 of the panel's width and height.
tap() { on_machine "test -p /run/finger && echo 'tap $1 $2' > /run/finger"; }

# qmp COMMAND [ARGUMENTS]: one command to the emulator, its answer on standard output.
qmp() {
  python3 - "$work/qmp" "$1" "${2:-}" << 'PYTHON'
import json, socket, sys
path, command, arguments = sys.argv[1:]
monitor = socket.socket(socket.AF_UNIX)
monitor.connect(path)
lines = monitor.makefile("rw")
json.loads(lines.readline())
for request in ({"execute": "qmp_capabilities"},
                {"execute": command, **({"arguments": json.loads(arguments)} if arguments else {})}):
    lines.write(json.dumps(request) + "\n")
    lines.flush()
    while True:
        answer = json.loads(lines.readline())
        if "return" in answer or "error" in answer:
            break
if "error" in answer:
    sys.exit(answer["error"]["desc"])
print(json.dumps(answer["return"]))
PYTHON
}

# press KEY…: all at once for 0.1 s, by their names in QEMU's QKeyCode. Needs a keyboard that was plugged in.
press() {
  local keys
  keys=$(printf '{"type": "qcode", "data": "%s"}, ' "$@")
  qmp send-key "{\"keys\": [${keys%, }], \"hold-time\": 100}" > /dev/null
}

# photograph FILE.ppm: what is on the panel.
photograph() { qmp screendump "{\"filename\": \"$1\"}" > /dev/null; }
