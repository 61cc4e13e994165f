#!/usr/bin/env bash
# Makes the prompts of a small language and sees that everything which goes stale is noticed.
set -euo pipefail
make_speech="$(cd "$(dirname "$0")/../.." && pwd)/scripts/make-speech.py"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
vi=$folder/vi

say() {
  mkdir -p "$vi"
  printf '[a]\nb = "%s"\nc = ["Một {}", "+", "Còn {} giây nữa"]\n[a.deep]\nsilent = "Không đọc"\n' "$1" > "$vi/texts.toml"
}
make() { "$make_speech" --assets "$folder" > "$folder/out" 2>&1; }
fail() { echo "$1" >&2; cat "$folder/out" >&2; exit 1; }
# expect CHECK_FAILS|CHECK_PASSES WHAT
expect() {
  local result=passes
  "$make_speech" --check --assets "$folder" > "$folder/out" 2>&1 || result=fails
  [ "$result" = "$1" ] || fail "--check $result: $2"
}

say 'Mời Ông/Bà bấm A+'
printf '*.silent\n' > "$folder/unspoken.txt"
printf 'A+\tA cộng\nCòn {} giây\tCòn ít giây\n' > "$vi/pronunciation.txt"
expect fails 'nothing is made yet'
make || fail 'cannot make prompts'
expect passes 'all is made'
printf 'a.b\tMời Ông Bà bấm A cộng\na.c.0\tMột\na.c.2\tCòn ít giây nữa\n' | diff - <(tail -n +2 "$vi/speech/lines.txt") \
  || fail 'speaks other lines'
for id in a.b a.c.0; do
  [ -s "$vi/speech/$id.opus" ] || fail "prompt $id is missing"
done

cp "$vi/speech/a.c.0.opus" "$folder/kept.opus"
touch -d 2020-01-01 "$vi/speech/a.c.0.opus"
cp "$vi/speech/a.b.opus" "$folder/first.opus"
say 'Mời Bác bấm A+'
expect fails 'a text has changed'
make || fail 'cannot make a changed prompt'
expect passes 'the changed text is made'
cmp -s "$vi/speech/a.b.opus" "$folder/first.opus" && fail 'the changed text sounds as before'
[ "$(stat -c %Y "$vi/speech/a.c.0.opus")" = "$(date -d 2020-01-01 +%s)" ] \
  || fail 'what did not change was made anew'

rm "$vi/speech/a.c.0.opus"
expect fails 'a prompt was removed'
make || fail 'cannot make a missing prompt'
cmp "$vi/speech/a.c.0.opus" "$folder/kept.opus" || fail 'the same words give another file'

touch "$vi/speech/a.gone.opus"
expect fails 'a prompt has no text'
make || fail 'cannot remove a prompt'
[ -e "$vi/speech/a.gone.opus" ] && fail 'a prompt without text was kept'

mkdir "$vi/recordings"
cp "$folder/kept.opus" "$vi/recordings/a.b.opus"
expect fails 'nobody noted what the recording says'
make || fail 'cannot take a recording'
expect passes 'the recording is noted'
say 'Mời Cụ bấm A+'
make && fail 'took a recording that says something else'
expect fails 'the recording says something else'
rm "$vi/recordings/lines.txt"
make || fail 'cannot take a new recording'
expect passes 'the recording is new'

printf 'a b = "Sai"\n' > "$vi/texts.toml"
expect fails 'that is no TOML'
