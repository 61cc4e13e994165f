# shellcheck shell=bash
# Puts files under ROOT and remembers them, so that they can be taken away again. The manifest has lines of kind and
# path: "file", also for a link, and "dir" for a folder that was made. What was there before lies in KEPT.
MANIFEST=$STATE/appliance.manifest
KEPT=$STATE/appliance.kept
declare -A WANTED=() # paths that this run put or found as they should be
CHANGED=()           # what this run changed

begin_changes() {
  install -d -m 0755 "$STATE"
  touch "$MANIFEST"
}

# Says and remembers that a path was changed.
note_change() {
  echo "changed: $1"
  CHANGED+=("$1")
}

tell_changes() {
  [ ${#CHANGED[@]} -gt 0 ] || echo "nothing changed"
  sync -f "$STATE"
}

is_ours() { grep -qxF "file"$'\t'"$1" "$MANIFEST"; }

# Makes the folders of a path, and remembers those that were not there.
make_parents() {
  local folder
  folder=$(dirname "$1")
  [ -d "$ROOT$folder" ] && return
  make_parents "$folder"
  printf 'dir\t%s\n' "$folder" >> "$MANIFEST"
  mkdir -m 0755 "$ROOT$folder"
}

# Keeps what is at a path that is not ours yet, and makes it ours. First of all the manifest knows of it, so that a
# power cut leaves nothing behind that `remove` would not find.
claim() {
  local path=$1 from=$ROOT$1
  is_ours "$path" && return
  if [ -e "$from" ] || [ -L "$from" ]; then
    mkdir -p "$(dirname "$KEPT$path")"
    cp -aT "$from" "$KEPT$path.new"
    mv -T "$KEPT$path.new" "$KEPT$path"
  fi
  make_parents "$path"
  printf 'file\t%s\n' "$path" >> "$MANIFEST"
}

# put PATH MODE: the file's content comes from standard input, which must be no pipe: what is remembered would be lost.
put() {
  local path=$1 mode=$2 to=$ROOT$1 new
  WANTED[$path]=yes
  new=$(mktemp "$STATE/new.XXXXXX")
  cat > "$new"
  chmod "$mode" "$new"
  if is_ours "$path" && [ -f "$to" ] && [ ! -L "$to" ] && cmp -s "$new" "$to" &&
    [ "$(stat -c %a "$to")" = "$(stat -c %a "$new")" ]; then
    rm "$new"
    return
  fi
  claim "$path"
  cp -p "$new" "$to.hailong-new"
  rm "$new"
  mv -T "$to.hailong-new" "$to"
  note_change "$path"
}

# put_link PATH TARGET
put_link() {
  local path=$1 target=$2 to=$ROOT$1
  WANTED[$path]=yes
  is_ours "$path" && [ "$(readlink "$to")" = "$target" ] && return
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
  note_change "$path"
}

# Takes away all that is ours and that this run did not want: everything, when it wanted nothing.
take_away_unwanted() {
  local kind path left
  left=$(mktemp "$STATE/manifest.XXXXXX")
  while IFS=$'\t' read -r kind path; do
    if [ "$kind" = file ] && [ -z "${WANTED[$path]:-}" ]; then
      take_away "$path"
    else
      printf '%s\t%s\n' "$kind" "$path" >> "$left"
    fi
  done < "$MANIFEST"
  chmod 0644 "$left"
  mv "$left" "$MANIFEST"
  # The innermost folders first.
  while IFS=$'\t' read -r kind path; do
    if [ "$kind" = dir ] && { [ ! -d "$ROOT$path" ] || rmdir "$ROOT$path" 2> /dev/null; }; then
      grep -vxF "dir"$'\t'"$path" "$MANIFEST" > "$MANIFEST.new" || true
      mv "$MANIFEST.new" "$MANIFEST"
    fi
  done < <(sort -r "$MANIFEST")
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
