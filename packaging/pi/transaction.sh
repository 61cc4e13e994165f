# shellcheck shell=bash disable=SC2154,SC2034 # variables are apply.sh's
# Sourced by apply.sh: what makes a deployment whole or not at all.
#
# transaction  the marker: "change", then "package" once dpkg is asked to change anything, then "commit"
# saved/       what ran before: hailong-kiosk.deb, etc/, appliance, version; first: nothing did; reached: and it
#              reached the district
# copied/      the journal as it was when the old version's services had stopped, and what was in it
# next/        becomes current/ by the commit, and saved/ becomes previous/
# way          only while the copy is put in the journal's place: a second try must do the same

enter() {
  echo "$1" > "$state/transaction.new"
  sync -f "$state"
  mv "$state/transaction.new" "$state/transaction"
  sync -f "$state"
}

# It comes before the services, and starts none of them.
recovery_unit() {
  cat << 'UNIT'
[Unit]
Description=Takes back a deployment of the kiosk that a power cut interrupted
ConditionPathExists=/var/lib/hailong-deploy/transaction
RequiresMountsFor=/var/lib/hailong-deploy
Wants=var-lib-hailong.mount
After=var-lib-hailong.mount
Before=hailong-kiosk.service hailong-syncd.service

[Service]
Type=oneshot
ExecStart=/var/lib/hailong-deploy/apply.sh recover
TimeoutStartSec=infinity

[Install]
WantedBy=multi-user.target
UNIT
}

install_recovery() {
  local unit=$root/etc/systemd/system/hailong-deploy-recover.service
  if [ "$here" != "$state" ]; then install -m 755 "$here"/*.sh "$state/"; fi
  if [ "$(recovery_unit)" != "$(cat "$unit" 2> /dev/null)" ]; then
    recovery_unit > "$unit"
    systemctl daemon-reload
  fi
  systemctl enable --quiet hailong-deploy-recover.service
}

begin() {
  rm -rf "$state/saved" "$state/next" "$state/copied"
  mkdir -m 700 "$state/saved"
  if [ -z "$(installed_version)" ]; then
    touch "$state/saved/first"
  else
    installed_version > "$state/saved/version"
    if [ "$(cat "$state/current/version" 2> /dev/null)" = "$(installed_version)" ]; then
      ln "$state/current/hailong-kiosk.deb" "$state/saved/"
      cp "$state/current/appliance" "$state/saved/"
    fi
    if has_reached; then touch "$state/saved/reached"; fi
  fi
  [ ! -e "$etc" ] || cp -a "$etc" "$state/saved/etc"
  install_recovery
  sync -f "$state"
  enter change
}

# Puts the previous version in the place of what was uploaded.
plan_rollback() {
  local previous=$state/previous
  [ -e "$previous/hailong-kiosk.deb" ] ||
    fail "there is no previous version to go back to: deploy the wanted package with --package"
  if [ "$(reads_journal "$previous/hailong-kiosk.deb" "$data/journal.db")" != yes ]; then
    fail "version $(cat "$previous/version") cannot read the journal any more, which $(installed_version) has brought to its own form; nothing was changed"
  fi
  rm -rf "$state/incoming/etc" "$state/incoming/appliance"
  cp -a "$previous/etc" "$state/incoming/etc"
  cp "$previous/appliance" "$state/incoming/appliance"
  sed -i "s/^digest=.*/digest=$(digest_of "$previous/hailong-kiosk.deb")/" "$state/incoming/plan"
}

# reads_journal DEB FILE: "yes", "no" (the file is of a newer program) or "unknown", as the package's own program says.
reads_journal() {
  local look=$state/look said code=0
  if [ ! -e "$2" ]; then
    echo yes
    return 0
  fi
  rm -rf "$look"
  mkdir -m 755 "$look"
  dpkg-deb --extract "$1" "$look" 2> /dev/null || true
  said=$(as_hailong "$look/usr/bin/hailong-journal" stats --db "$2" 2>&1) || code=$?
  rm -rf "$look"
  if [ "$code" -eq 0 ]; then echo yes; elif [[ $said == *"newer program"* ]]; then echo no; else echo unknown; fi
}

# journal_end FILE: epoch and last event. Nothing when nobody can tell.
journal_end() {
  as_hailong hailong-journal stats --db "$1" 2> /dev/null | awk '/^(epoch|events):/ { printf "%s ", $2 }' || true
}

# With the services stopped, before the new version starts for the first time.
copy_journal() {
  local size room
  [ -e "$data/journal.db" ] || return 0
  size=$(du --block-size=1M --summarize --total "$data"/journal.db* | tail -n 1 | cut -f 1)
  room=$(df --output=avail --block-size=1M "$state" | tail -n 1)
  [ "$room" -gt $((size + 100)) ] || fail "no room for a safety copy of the journal ($size MB; $((room)) MB are free)"
  rm -rf "$state/copied"
  mkdir -m 700 "$state/copied"
  cp -a "$data"/journal.db* "$state/copied/"
  chown hailong:hailong "$state/copied"
  journal_end "$state/copied/journal.db" > "$state/copied.end"
  mv "$state/copied.end" "$state/copied/end"
  sync -f "$state"
}

# way_back KIND OLD_READS COPY_READS END COPIED_END: what a failed deployment has to do.
#   remove    nothing ran before
#   old       the old version, on the journal as it is
#   old+copy  the old version, on the safety copy: the journal is of the new version's form, and nothing was added
#   new       the new version stays, since only it can read ratings that were added to the journal
way_back() {
  case $1 in
    first) echo remove ;;
    same) echo old ;;   # only the configuration was changed
    unkept) echo new ;; # nobody has the old package
    *)
      if [ "$2" = yes ]; then echo old; elif [ "$3" = yes ] && [ -n "$4" ] && [ "$4" = "$5" ]; then
        echo old+copy
      else
        echo new
      fi
      ;;
  esac
}

find_way_back() {
  local saved=$state/saved kind=upgrade copy=$state/copied
  if [ -e "$saved/first" ]; then kind=first; elif [ "$(cat "$state/transaction")" = change ]; then kind=same; fi
  if [ "$kind" = upgrade ] && [ ! -e "$saved/hailong-kiosk.deb" ]; then
    kind=unkept
    [ "$(installed_version)" != "$(cat "$saved/version")" ] || kind=same
  fi
  if [ "$kind" != upgrade ]; then
    way_back "$kind" '' '' '' ''
    return 0
  fi
  way_back "$kind" "$(reads_journal "$saved/hailong-kiosk.deb" "$data/journal.db")" \
    "$([ ! -e "$copy/end" ] || reads_journal "$saved/hailong-kiosk.deb" "$copy/journal.db")" \
    "$(journal_end "$data/journal.db")" "$(cat "$copy/end" 2> /dev/null)"
}

# The copy comes beside the journal first: where there is no room for it nothing is changed. A log of the journal that
# goes must not meet the one that comes.
restore_copy() {
  local beside=$data/.restored
  rm -rf "$beside"
  { mkdir -m 700 "$beside" && cp -a "$state"/copied/journal.db* "$beside/" && sync -f "$data"; } || {
    rm -rf "$beside"
    return 1
  }
  { echo old+copy > "$state/way" && sync -f "$state"; } || return 1
  rm -f "$data"/journal.db-*
  { mv "$beside"/journal.db* "$data/" && rmdir "$beside" && sync -f "$data"; } || return 1
  rm -f "$state/way"
  sync -f "$state"
}

remove_package() {
  if command -v hailong-appliance > /dev/null; then hailong-appliance remove || true; fi
  systemctl disable --quiet "${services[@]}" 2> /dev/null || true
  case $(dpkg-query --show --showformat='${db:Status-Status}' hailong-kiosk 2> /dev/null) in
    '' | not-installed | config-files) ;;
    *) apt-get --yes -o DPkg::Lock::Timeout=300 remove hailong-kiosk || dpkg --remove --force-remove-reinstreq hailong-kiosk ;;
  esac
}

# What it needs is there since it ran: nothing is fetched.
restore_old() {
  local saved=$state/saved arguments=()
  if [ "$(cat "$state/transaction")" = package ] && [ -e "$saved/hailong-kiosk.deb" ]; then
    apt_install "$saved/hailong-kiosk.deb" || return 1
  fi
  if [ -e "$saved/etc" ]; then
    rm -rf "$etc.back"
    cp -a "$saved/etc" "$etc.back"
    put_configuration "$etc.back"
  fi
  if [ -e "$saved/appliance" ] && command -v hailong-appliance > /dev/null; then
    mapfile -t arguments < "$saved/appliance"
    hailong-appliance apply "${arguments[@]}" || return 1
  fi
}

# Runs in the EXIT trap, where bash lets a bare "return" give the code from before the trap: "return 0" everywhere.
# go_back START: what ran before runs again; START: yes, or no while the machine is starting, which starts the
# services behind this. 1: the marker stays, and the next start of the machine, or the next deployment, tries again; it
# looks anew for its way, since residents may rate until then.
go_back() {
  local way outcome=good
  # Which way it is depends on the journal.
  if is_in_fstab && ! is_mounted && ! mount "$data"; then
    tell "the journal's partition cannot be mounted: nothing is taken back yet"
    return 1
  fi
  [ "$1" = no ] || stop_services
  dpkg --configure -a || true
  way=$(cat "$state/way" 2> /dev/null || true)
  [ -n "$way" ] || way=$(find_way_back)
  case $way in
    remove)
      remove_package || outcome=bad
      if [ -e "$state/saved/etc" ]; then
        rm -rf "$etc.back"
        cp -a "$state/saved/etc" "$etc.back"
        put_configuration "$etc.back"
      fi
      ;;
    old+copy) { restore_copy && restore_old; } || outcome=bad ;;
    old) restore_old || outcome=bad ;;
    new) keep_new || outcome=bad ;;
  esac
  if [ "$outcome" = bad ]; then
    tell "going back failed: see 'journalctl -t hailong-deploy'; it is tried again when the device starts"
    [ -s "$state/way" ] || systemctl --no-block start "${services[@]}" || true
    return 1
  fi
  case $way in
    remove) tell "nothing is left of the attempt but what is in $data" ;;
    new) tell "ratings were added that the old version cannot read: version $(installed_version) stays, nothing is lost" ;;
    *) tell "the old version $(cat "$state/saved/version" 2> /dev/null) is back with its configuration" ;;
  esac
  if [ "$way" != remove ] && [ "$1" = yes ]; then
    if start_services; then tell "it runs"; else tell "it does not run: $(cat "$state/reason")"; fi
  fi
  if [ "$way" = new ]; then
    enter commit
    finish_commit
  else
    rm -f "$state/transaction"
    rm -rf "$state/copied" "$state/next"
    sync -f "$state"
  fi
}

# The version that was meant stays, whole.
keep_new() {
  local file
  file=$(planned_package) || return 1
  if [ "$(installed_version)" != "$(dpkg-deb --field "$file" Version)" ]; then apt_install "$file" || return 1; fi
  build_next
}

# next/, out of the package and lock-down that were meant.
build_next() {
  local file
  file=$(planned_package) || return 1
  rm -rf "$state/building" "$state/next"
  mkdir "$state/building"
  ln "$file" "$state/building/hailong-kiosk.deb"
  cp "$state/incoming/appliance" "$state/building/"
  dpkg-deb --field "$file" Version > "$state/building/version"
  sync -f "$state"
  mv "$state/building" "$state/next"
}

finish_commit() {
  if [ -d "$state/next" ]; then
    if [ -d "$state/saved" ]; then
      rm -rf "$state/previous"
      mv "$state/saved" "$state/previous"
      [ -e "$state/previous/hailong-kiosk.deb" ] || rm -rf "$state/previous"
    fi
    rm -rf "$state/current"
    mv "$state/next" "$state/current"
  fi
  rm -rf "$state/saved" "$state/copied"
  sync -f "$state"
  rm -f "$state/transaction"
}

commit() {
  if [ "$changed" = yes ]; then build_next; fi
  enter commit
  finish_commit
  rm -rf "$state/incoming"
  forget_old_data || true
  finish "$([ "$changed" = yes ] && echo "changed" || echo "nothing changed")"
}

# finish RESULT: for whoever asks after the connection has broken. Waits until the log is written.
finish() {
  echo "$1" > "$state/result"
  tell "$1"
  exec > /dev/null 2>&1
  if [ -n "${log_writer:-}" ]; then wait "$log_writer" || true; fi
}

on_exit() {
  local code=$? reason
  trap - EXIT
  set +e
  [ "$code" -ne 0 ] || return 0
  rm -f "$state/incoming/code"
  if [ ! -e "$state/reason" ]; then
    tell "failed: something that was not foreseen; the last lines of its log:"
    tail -n 5 "$state/log" >&3 2> /dev/null
    echo "not foreseen" > "$state/reason"
  fi
  reason=$(cat "$state/reason")
  case $(cat "$state/transaction" 2> /dev/null) in
    commit) finish_commit ;;
    change | package) go_back yes ;;
  esac
  finish "failed: $reason"
  exit "$code"
}

recover() {
  exec 3> /dev/null
  hold_alone # a deployment that came first goes back itself
  case $(cat "$state/transaction" 2> /dev/null) in
    commit) finish_commit ;;
    change | package)
      set +e
      tell "a power cut interrupted a deployment: going back"
      go_back no
      echo "failed: interrupted by a power cut" > "$state/result"
      ;;
    *) rm -f "$state/transaction" ;;
  esac
}

# The data stay, and where: what was not receipted is nowhere else.
uninstall() {
  exec 3>&1
  hold_alone
  stop_services
  # The state goes, and with it the copy of a journal that is half replaced.
  if [ -s "$state/way" ]; then
    restore_copy || { echo "failed: the journal's copy cannot be put back: nothing was removed"; exit 1; }
  fi
  if [ "$1" = purge ]; then refuse_unless_receipted; fi
  remove_package
  systemctl disable --quiet hailong-deploy-recover.service 2> /dev/null || true
  rm -f "$root/etc/systemd/system/hailong-deploy-recover.service" "$root/etc/udev/rules.d/91-hailong-touch.rules"
  systemctl daemon-reload
  if [ ! -s "$state/appliance.manifest" ]; then rm -rf "$state"; fi # what the lock-down could not take back
  if [ "$1" = purge ] && [ -d "$data" ]; then
    find "$data" -xdev -mindepth 1 -delete
    echo "removed, with all data"
  else
    echo "removed; ratings, key and enrolment stay in $data"
  fi
}

refuse_unless_receipted() {
  local stats=$'events: 0\nreceipted: 0'
  [ ! -e "$data/journal.db" ] || stats=$(as_hailong hailong-journal stats --db "$data/journal.db" 2>&1 || true)
  if [ -z "$(find "$data/set-aside" -mindepth 1 -print -quit 2> /dev/null)" ] &&
    awk '/^events:/ { last = $2 } /^receipted:/ { sent = $2 } END { exit !(last != "" && last == sent) }' <<< "$stats"; then
    return 0
  fi
  systemctl start --no-block "${services[@]}"
  echo "failed: the district has not confirmed everything that is in $data: nothing was removed"
  exit 1
}
