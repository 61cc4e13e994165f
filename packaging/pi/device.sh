# shellcheck shell=bash disable=SC2154 # variables are those of scripts/deploy-pi.sh, which sources it
# One kiosk: check, upload, transaction, reboot, verification.

readonly steps=9
say() { printf '[%s/%s] %s: %s\n' "$1" "$steps" "$2" "$3"; }
note() { printf '      %s\n' "$1"; }
die() {
  printf 'deploy-pi.sh: %s: %s\n' "$host" "$1" >&2
  printf '%s\n' "$1" > "$work/$host.note"
  exit 1
}

quoted() { printf "'%s'" "${1//\'/\'\\\'\'}"; }

# A name that the device itself gives (mDNS) is heard no more once it is locked down: its address goes on.
open_line() {
  local address
  if [[ $host == *.local ]]; then
    address=$(getent ahostsv4 "$host" | awk '{ print $1; exit }') || true
    if [ -n "$address" ]; then
      note "$host is $address; a kiosk that is locked down does not answer to .local any more: use the address from now on"
      ssh_options+=(-o "HostName=$address" -o "HostKeyAlias=${port:+[}$host${port:+]:$port}")
    fi
  fi
  ssh=(ssh "${ssh_options[@]}" -o BatchMode=yes -o ConnectTimeout=15 -o ServerAliveInterval=5 -o ServerAliveCountMax=6
    -o ControlMaster=auto -o "ControlPath=$work/%C" -o ControlPersist=60)
  [ -z "$user" ] || ssh+=(-l "$user")
  [ -z "$port" ] || ssh+=(-p "$port")
}

close_line() { "${ssh[@]}" -O exit -- "$host" > /dev/null 2>&1 || true; }

# on_device COMMAND: as root, with this standard input.
on_device() {
  local command
  command=$(quoted "$1")
  "${ssh[@]}" -- "$host" "if [ \$(id -u) = 0 ]; then exec bash -c $command; else exec sudo -n bash -c $command; fi"
}

# What lies on the device under a name, of the lines "have NAME VALUE".
there() { NAME=$1 awk '$1 == "have" && $2 == ENVIRON["NAME"] { print $3; exit }' "$work/$host.answers"; }

# What the device's checks read before they begin.
check_script() {
  local what=all arch='' may_set_clock=yes
  [ "$dry_run" = no ] || may_set_clock=no
  if [ "$action" = deploy ]; then arch=$(dpkg-deb --field "$package" Architecture); else what=state; fi
  printf 'what=%s now=%s arch=%s may_set_clock=%s\n' "$what" "$(date +%s)" "$arch" "$may_set_clock"
  printf 'district=%q ca=%s\n' "$district" "$([ -z "$ca" ] || base64 --wrap=0 "$ca")"
  cat "$parts/check.sh"
}

check_device() {
  local code=0 said name failed
  check_script | on_device 'bash -s' > "$work/$host.answers" 2> "$work/$host.error" || code=$?
  said=$(tail -n 1 "$work/$host.error")
  case $code in
    0) ;;
    255) die "cannot be reached by ssh (${said:-no answer}): 'ssh $host' must log in by key, without a question" ;;
    *) die "the user must be root or allowed to sudo without a password (${said:-exit code $code})" ;;
  esac
  grep -q '^end$' "$work/$host.answers" || die "the device's checks ended early: ${said:-no reason given}"
  failed=$(grep -c '^fail ' "$work/$host.answers" || true)
  say 1 "Checking the device" "$([ "$failed" = 0 ] && echo good || echo "$failed of the checks failed")"
  while read -r name said; do
    case $name in
      ok) note "$said" ;;
      warn) note "warning: $said" ;;
      fail) note "FAILED: $said" ;;
    esac
  done < "$work/$host.answers"
  [ "$failed" = 0 ] || die "$failed of the checks failed: $(sed -n 's/^fail //p' "$work/$host.answers" | head -n 1)"
}

# stage TO: the files of the upload, in a folder. Sets digest.
stage() {
  local to=$1
  mkdir -p "$to/etc"
  cp "$parts"/{apply,transaction,journal_partition}.sh "$to/"
  if [ "$action" = deploy ]; then
    render "$to/etc"
    digest=$(sha256sum < "$package" | cut -d ' ' -f 1)
    if [ -n "$invite" ]; then (umask 077 && printf '%s\n' "$invite" > "$to/code"); fi
  fi
  printf '%s\n' "action=$action" "digest=$digest" "unit=$unit" "journal_device=$journal_device" \
    "patience=$patience" > "$to/plan"
  {
    printf '%s\n' --rotate "${rotate:-$(get_key "$config_dir/kiosk.toml" screen rotation | grep . || echo 0)}"
    [ "$read_only_root" = no ] || printf '%s\n' --read-only-root
  } > "$to/appliance"
}

is_package_there() {
  local place
  for place in current previous incoming; do
    [ "$(there "$state/$place/hailong-kiosk.deb")" != "$digest" ] || return 0
  done
  return 1
}

# upload FROM TO
upload() {
  if [ "$action" != deploy ] || is_package_there; then
    say 2 "Copying the package" unchanged
  else
    ln -s "$package" "$1/hailong-kiosk.deb"
    say 2 "Copying the package" "${package##*/}, $(($(stat -L -c %s "$package") / 1024)) kB"
  fi
  tar --create --dereference --owner=0 --group=0 -C "$1" . |
    on_device "umask 077 && mkdir -p $state && mkdir $2 && tar --extract -C $2 && chmod 755 $2/apply.sh && sync -f $2" ||
    die "the files could not be copied: is the device's card full or read-only?"
}

# in_a_transaction COMMAND: on the device, where it goes on when the line breaks. Sets result.
in_a_transaction() {
  local code=0
  on_device "systemd-run --quiet --unit=hailong-deploy --wait --pipe --collect $1" < /dev/null 2> "$work/$host.error" |
    tee "$work/$host.out" || code=$?
  result=$(tail -n 1 "$work/$host.out")
  if [ "$code" = 255 ]; then
    note "the line broke; the device goes on by itself, waiting for it"
    close_line
    await_deployment || die "the device does not answer any more: look at it, then deploy again"
    result=$(on_device "cat $state/result" 2> /dev/null || echo "failed: the deployment left no result")
    [[ $result == failed:* ]] || code=0
  fi
  [ "$code" != 0 ] || return 0
  [[ $result == failed:* ]] || result="failed: $(tail -n 1 "$work/$host.error")"
  die "${result#failed: }"
}

# However long it takes, and as long as --wait says without an answer.
await_deployment() {
  local end=$((SECONDS + patience)) said
  until said=$(on_device 'systemctl is-active hailong-deploy.service || true' 2> /dev/null) && [ "$said" = inactive ]; do
    [ -z "$said" ] || end=$((SECONDS + patience))
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 1
  done
}

# wait_until COMMAND…: as long as --wait says.
wait_until() {
  local end=$((SECONDS + patience))
  until "$@"; do
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 1
  done
}

boot_of_device() { on_device 'cat /proc/sys/kernel/random/boot_id' 2> /dev/null; }
has_booted_since() {
  local now
  now=$(boot_of_device) && [ -n "$now" ] && [ "$now" != "$1" ]
}

reboot_device() {
  local before from=$SECONDS
  before=$(boot_of_device) || die "the device does not answer any more"
  on_device 'systemctl reboot' > /dev/null 2>&1 || true
  close_line
  wait_until has_booted_since "$before" || die "the device did not come back within $patience s of a reboot: look at it"
  note "rebooted, back after $((SECONDS - from)) s"
}

verify() {
  local code=0 must_be_enrolled=no
  [ -z "$invite" ] || must_be_enrolled=yes
  on_device "$state/apply.sh verify $patience $must_be_enrolled" < /dev/null > "$work/$host.out" 2> "$work/$host.error" || code=$?
  say 9 Verification "$([ "$code" = 0 ] && echo good || echo "NOT as it should be")"
  sed -n -e 's/^ok /      /p' -e 's/^warn /      warning: /p' -e 's/^fail /      FAILED: /p' "$work/$host.out"
  [ "$code" = 0 ] || die "deployed, but $(sed -n 's/^fail //p' "$work/$host.out" | head -n 1 | grep . || echo "nobody knows whether it serves")"
}

# For --dry-run: what the steps behind the check would do.
tell_what_would_be_done() {
  local file former changed=()
  former=$(there version)
  case $action in
    rollback) say 4 "Installing the package" "would go back from $former to $(there previous | grep . || echo "no previous version: refused")" ;;
    uninstall) say 4 "Installing the package" "would remove $former" ;;
    *)
      say 2 "Copying the package" "$(is_package_there && echo unchanged || echo "would copy ${package##*/}")"
      if [ "$(there "$state/current/hailong-kiosk.deb")" = "$digest" ]; then
        say 4 "Installing the package" "unchanged ($former)"
      else
        say 4 "Installing the package" "would install $former → $(dpkg-deb --field "$package" Version)"
      fi
      for file in "$work/$host.staged"/etc/*; do
        [ "$(there "/etc/hailong/${file##*/}")" = "$(sha256sum < "$file" | cut -d ' ' -f 1)" ] || changed+=("${file##*/}")
      done
      say 5 Configuration "$([ ${#changed[@]} -eq 0 ] && echo unchanged || echo "would change ${changed[*]}")"
      ;;
  esac
  note "dry run: nothing was touched"
}

deploy_one() {
  local from=$SECONDS upload_to digest='' result=''
  upload_to=$state/upload-$(date +%s)-$$
  open_line
  trap close_line EXIT
  check_device
  stage "$work/$host.staged"
  if [ "$dry_run" = yes ]; then
    tell_what_would_be_done
    echo "would be done" > "$work/$host.note"
    return 0
  fi
  if [ "$(there locked-root)" = yes ]; then
    note "the root is read-only: it is opened for this deployment"
    on_device 'hailong-appliance writable-root' > /dev/null || die "the read-only root cannot be opened"
    reboot_device
  fi
  upload "$work/$host.staged" "$upload_to"
  if [ "$action" = uninstall ]; then
    in_a_transaction "$upload_to/apply.sh uninstall $purge"
    echo "$result" > "$work/$host.note"
    return 0
  fi
  in_a_transaction "$upload_to/apply.sh run"
  if on_device 'test -e /run/hailong/reboot-needed'; then reboot_device; fi
  verify
  echo "$result" > "$work/$host.note"
  echo "$host: $result, serves after $((SECONDS - from)) s"
}
