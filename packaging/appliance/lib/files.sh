# shellcheck shell=bash
# Puts files under ROOT and remembers them, so that they can be taken away again. The manifest has lines of kind and
# path: "file", also for a link, and "dir" for a folder that was made. What was there before lies in KEPT.
# A Raspberry Pi takes milliseconds to start a program: what is looked at for every file is looked at by the shell.
MANIFEST=$STATE/appliance.manifest
KEPT=$STATE/appliance.kept
declare -A OURS=()   # paths of the manifest that are files
declare -A WANTED=() # paths that this run put or found as they should be
declare -A LINKS=()  # what the links that are there point to
declare -A MODES=()  # of files that not everybody may read
CHANGED=()           # what this run changed

begin_changes() {
  local kind path value
  [ -d "$STATE" ] || install -d -m 0755 "$STATE"
  [ -e "$MANIFEST" ] || : > "$MANIFEST"
  while IFS=$'\t' read -r kind path; do
    [ "$kind" != file ] || OURS[$path]=yes
  done < "$MANIFEST"
  while IFS=$'\t' read -r path value; do
    LINKS[$path]=$value
  done < <(find "$ROOT/etc" -type l -printf '%p\t%l\n')
  while IFS=$'\t' read -r path value; do
    MODES[$path]=0$value
  done < <(find "$ROOT/etc/usbguard" -type f -printf '%p\t%m\n' 2> /dev/null)
}

# Says and remembers that a path was changed.
note_change() {
  echo "changed: $1"
  CHANGED+=("$1")
}

tell_changes() {
  [ ${#CHANGED[@]} -gt 0 ] || echo "nothing changed"
  bring_to_card "$STATE"
}

# Nothing is kept in memory of the file system that holds this path. A folder that is made ready can wait.
bring_to_card() { [ -n "$ROOT" ] || sync -f "$1"; }

is_ours() { [ -n "${OURS[$1]:-}" ]; }

# Makes the folders of a path, and remembers those that were not there.
make_parents() {
  local folder=${1%/*}
  [ ! -d "$ROOT$folder" ] || return 0
  make_parents "$folder"
  printf 'dir\t%s\n' "$folder" >> "$MANIFEST"
  mkdir -m 0755 "$ROOT$folder"
}

# Keeps what is at a path that is not ours yet, and makes it ours. First of all the manifest knows of it, so that a
# power cut leaves nothing behind that `remove` would not find.
claim() {
  local path=$1 from=$ROOT$1
  ! is_ours "$path" || return 0
  if [ -e "$from" ] || [ -L "$from" ]; then
    mkdir -p "$KEPT${path%/*}"
    cp -aT "$from" "$KEPT$path.new"
    mv -T "$KEPT$path.new" "$KEPT$path"
  fi
  make_parents "$path"
  printf 'file\t%s\n' "$path" >> "$MANIFEST"
  OURS[$path]=yes
}

# Whether a file of ours holds this text, and can be read by whom it should.
is_as_wanted() {
  local path=$1 mode=$2 text=$3 to=$ROOT$1 found
  is_ours "$path" && [ -f "$to" ] && [ ! -L "$to" ] || return 1
  IFS= read -r -d '' found < "$to" || true
  [ "$found" = "$text" ] || return 1
  [[ "$path" != /etc/usbguard/* ]] || [ "${MODES[$to]:-}" = "$mode" ]
}

# put PATH MODE: the file's text comes from standard input, which must be no pipe: what is remembered would be lost.
put() {
  local path=$1 mode=$2 to=$ROOT$1 text
  WANTED[$path]=yes
  IFS= read -r -d '' text || true
  ! is_as_wanted "$path" "$mode" "$text" || return 0
  claim "$path"
  (umask 0077 && printf '%s' "$text" > "$to.hailong-new")
  chmod "$mode" "$to.hailong-new"
  mv -T "$to.hailong-new" "$to"
  note_change "$path"
}

# put_link PATH TARGET
put_link() {
  local path=$1 target=$2 to=$ROOT$1
  WANTED[$path]=yes
  ! is_ours "$path" || [ "${LINKS[$to]:-}" != "$target" ] || return 0
  claim "$path"
  ln -sfnT "$target" "$to"
  note_change "$path"
}

# Takes a file of ours away and brings back what was there before.
take_away() {
  local path=$1
  if [ -e "$KEPT$path" ] || [ -L "$KEPT$path" ]; then
    cp -aT --remove-destination "$KEPT$path" "$ROOT$path"
    rm "$KEPT$path"
  else
    rm -f "$ROOT$path"
  fi
  unset "OURS[$path]"
  note_change "$path"
}

# Takes away all that is ours and that this run did not want: everything, when it wanted nothing.
take_away_unwanted() {
  local kind path dirs=()
  for path in "${!OURS[@]}"; do
    [ -n "${WANTED[$path]:-}" ] || take_away "$path"
  done
  # The innermost folders first.
  while IFS=$'\t' read -r kind path; do
    [ "$kind" = dir ] || continue
    if [ -d "$ROOT$path" ] && ! rmdir "$ROOT$path" 2> /dev/null; then dirs+=("$path"); fi
  done < <(sort -r "$MANIFEST")
  {
    for path in "${!OURS[@]}"; do printf 'file\t%s\n' "$path"; done
    for path in ${dirs[@]+"${dirs[@]}"}; do printf 'dir\t%s\n' "$path"; done
  } > "$MANIFEST.new"
  sort -o "$MANIFEST.new" "$MANIFEST.new"
  mv "$MANIFEST.new" "$MANIFEST"
  [ ! -d "$KEPT" ] || find "$KEPT" -depth -type d -empty -delete
}

# Every file of the tree, as it is. usbguard refuses rules that others can read.
put_tree() {
  local path mode
  while IFS= read -r path; do
    mode=0644
    [[ "$path" != /etc/usbguard/* ]] || mode=0600
    put "$path" "$mode" < "$SHARE/root$path"
  done < <(cd "$SHARE/root" && find . -type f ! -name '*.in' -printf '/%P\n' | sort)
}

put_links() {
  local path target
  while read -r path target; do
    case "$path" in '' | '#'*) continue ;; esac
    put_link "$path" "$target"
  done < "$SHARE/links"
}
