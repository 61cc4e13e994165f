# shellcheck shell=bash
# A Raspberry Pi's kernel command line and firmware settings. Both belong to the system and to whoever set it up: only
# words of ours are changed, and exactly those are taken back.
CMDLINE=/boot/firmware/cmdline.txt
FIRMWARE=/boot/firmware/config.txt
BOOT_WORDS=$STATE/appliance.cmdline # "+word" was put in, "=new old" in the place of an old one
BLOCK_BEGIN='# hailong-appliance begin'
BLOCK_END='# hailong-appliance end'

# Replaces a file of the boot partition, which has no journal: first the new one is on the card, then its name.
replace_boot_file() {
  local to=$ROOT$1
  cat > "$to.new"
  bring_to_card "$to.new"
  mv -T "$to.new" "$to"
  bring_to_card "$to"
  note_change "$1"
}

keep_boot_file() { [ -e "$ROOT$1.before-hailong" ] || cp "$ROOT$1" "$ROOT$1.before-hailong"; }

# What this machine's kernel should be told: nothing that a resident could see, no cursor, no blank screen.
wanted_words() {
  local rotation=$1
  echo quiet loglevel=3 logo.nologo vt.global_cursor_default=0 consoleblank=0 \
    systemd.show_status=false fsck.repair=yes panic=10 cgroup_enable=memory
  [ "$rotation" -eq 0 ] || echo "fbcon=rotate:$((rotation / 90))"
}

# The command line as it was before our words.
original_words() {
  local word words=() was=() old
  read -r -a words < "$ROOT$CMDLINE" || true
  for word in "${words[@]}"; do
    grep -qsxF -e "+$word" "$BOOT_WORDS" && continue
    old=$(awk -v word="=$word" '$1 == word { print $2 }' "$BOOT_WORDS" 2> /dev/null || true)
    was+=("${old:-$word}")
  done
  echo "${was[*]}"
}

edit_cmdline() {
  local rotation=$1 word words=() new=() record=""
  read -r -a words <<< "$(original_words)"
  for word in "${words[@]}"; do
    # The first screen's console would draw behind the kiosk.
    if [ "$word" = console=tty1 ]; then
      word=console=tty3
      record+="=$word console=tty1"$'\n'
    fi
    new+=("$word")
  done
  for word in $(wanted_words "$rotation"); do
    [[ " ${new[*]} " == *" $word "* ]] || { new+=("$word"); record+="+$word"$'\n'; }
  done
  [ "${new[*]}" = "$(cat "$ROOT$CMDLINE")" ] && return
  keep_boot_file "$CMDLINE"
  printf '%s' "$record" > "$BOOT_WORDS.new"
  mv "$BOOT_WORDS.new" "$BOOT_WORDS"
  bring_to_card "$BOOT_WORDS"
  replace_boot_file "$CMDLINE" <<< "${new[*]}"
}

without_block() { sed "/^$BLOCK_BEGIN/,/^$BLOCK_END/d" "$ROOT$FIRMWARE"; }

edit_firmware() {
  local overlay=$1 new
  new=$(
    without_block
    echo "$BLOCK_BEGIN"
    echo '[all]'
    echo 'disable_splash=1'
    echo 'boot_delay=0'
    echo 'dtparam=watchdog=on'
    without_block | grep -q '^dtoverlay=vc4-kms-v3d' || echo 'dtoverlay=vc4-kms-v3d'
    # The overlay is made in the initramfs.
    [ "$overlay" = no ] || echo 'auto_initramfs=1'
    echo "$BLOCK_END"
  )
  [ "$new" = "$(cat "$ROOT$FIRMWARE")" ] && return
  keep_boot_file "$FIRMWARE"
  replace_boot_file "$FIRMWARE" <<< "$new"
}

# edit_boot ROTATION OVERLAY
edit_boot() {
  if [ ! -e "$ROOT$CMDLINE" ]; then
    echo "no $CMDLINE: the kernel's command line stays as it is"
    return
  fi
  edit_cmdline "$1"
  [ ! -e "$ROOT$FIRMWARE" ] || edit_firmware "$2"
}

restore_boot() {
  local was
  if [ -e "$ROOT$CMDLINE" ] && [ -e "$BOOT_WORDS" ]; then
    was=$(original_words)
    replace_boot_file "$CMDLINE" <<< "$was"
    rm -f "$BOOT_WORDS" "$ROOT$CMDLINE.before-hailong"
  fi
  if [ -e "$ROOT$FIRMWARE" ] && grep -q "^$BLOCK_BEGIN" "$ROOT$FIRMWARE"; then
    was=$(without_block)
    replace_boot_file "$FIRMWARE" <<< "$was"
    rm -f "$ROOT$FIRMWARE.before-hailong"
  fi
}
