# shellcheck shell=bash disable=SC2154 # variables are those of scripts/deploy-pi.sh, which sources it
# Many kiosks, some at a time; one that fails stops no other.

# csv_fields LINE: into fields, by RFC 4180 without line breaks in a field. 1: a quote is not closed.
csv_fields() {
  local line=$1 field='' quoted=no i c
  fields=()
  for ((i = 0; i < ${#line}; i++)); do
    c=${line:i:1}
    if [ "$quoted" = yes ]; then
      if [ "$c" != '"' ]; then field+=$c; elif [ "${line:i+1:1}" = '"' ]; then
        field+='"'
        i=$((i + 1))
      else quoted=no; fi
    elif [ "$c" = '"' ] && [ -z "$field" ]; then quoted=yes; elif [ "$c" = , ]; then
      fields+=("$field")
      field=
    else field+=$c; fi
  done
  fields+=("$field")
  [ "$quoted" = no ]
}

# with_row N COMMAND…: with the variables that line N of the inventory sets, in a shell of its own.
with_row() (
  local column
  csv_fields "${rows[$1]}" || refuse "$inventory:$1: a quote is not closed"
  [ ${#fields[@]} -eq ${#columns[@]} ] || refuse "$inventory:$1: ${#columns[@]} fields are wanted, as in the header"
  for column in "${!columns[@]}"; do
    [ -z "${fields[column]}" ] || set_option "${columns[column]//_/-}" "${fields[column]}"
  done
  shift
  "$@"
)

# Every line is checked before any kiosk is touched.
read_inventory() {
  local number=0 line column row hosts=() said
  while IFS= read -r line || [ -n "$line" ]; do
    number=$((number + 1))
    line=${line%$'\r'}
    line=${line#$'\xef\xbb\xbf'}
    [[ -n $line && $line != "#"* ]] || continue
    if [ ${#columns[@]} -eq 0 ]; then
      csv_fields "$line" || refuse "$inventory:$number: a quote is not closed"
      columns=("${fields[@]}")
      for column in "${columns[@]}"; do
        (set_option "${column//_/-}" '') || refuse "$inventory:$number: no option is called '$column'"
      done
      [[ " ${columns[*]} " == *" host "* ]] || refuse "$inventory:$number: the header names no column 'host'"
    else
      rows[number]=$line
    fi
  done < "$inventory"
  [ ${#rows[@]} -gt 0 ] || refuse "$inventory names no kiosk"
  for row in "${!rows[@]}"; do
    said=$(with_row "$row" check_one 2>&1) || refuse "$inventory:$row: ${said#deploy-pi.sh: }"
    hosts+=("$(with_row "$row" host_of_row)")
  done
  said=$(printf '%s\n' "${hosts[@]}" | sort | uniq -d | head -n 1)
  [ -z "$said" ] || refuse "$inventory names $said twice"
}

host_of_row() { echo "$host"; }

# In the background: the log is the kiosk's own, and its outcome goes into the table.
deploy_row() {
  local from=$SECONDS code=0
  if [ "$action" = deploy ]; then check_kiosk; fi # fills in what has a default
  deploy_one > "build/deploy/$host.log" 2>&1 < /dev/null & # what stands before "||" would go on after a failure
  wait $! || code=$?
  printf '%s|%s|%s|%s|%s|%s\n' "$host" "$unit" "$counter" "$([ "$code" = 0 ] && echo good || echo FAILED)" \
    "$((SECONDS - from)) s" "$(cat "$work/$host.note" 2> /dev/null || echo "see build/deploy/$host.log")" > "$work/row.new.$1"
  mv "$work/row.new.$1" "$work/row.$1"
}

# tell_progress ENDED ALL ROW: one line that grows where somebody looks at a terminal; a line for each kiosk otherwise.
tell_progress() {
  local host result what width=30 full
  IFS='|' read -r host _ _ result _ what < "$work/row.$3"
  if [ ! -t 1 ]; then
    echo "$1/$2 $host: $result: $what"
    return 0
  fi
  full=$(($1 * width / $2))
  printf '\r[%s%s] %s/%s %s\e[K' "$(printf '%*s' "$full" '' | tr ' ' '#')" \
    "$(printf '%*s' "$((width - full))" '' | tr ' ' .)" "$1" "$2" "$host: $result"
  [ "$1" -lt "$2" ] || echo
}

# Waits until one ends, and tells of those that ended since the last look.
await_one() {
  local row
  wait -n || true
  running=$((running - 1))
  for row in "${started[@]}"; do
    if [ -e "$work/row.$row" ] && [ -z "${told[row]:-}" ]; then
      told[row]=yes
      tell_progress "${#told[@]}" "${#rows[@]}" "$row"
    fi
  done
}

run_inventory() {
  local columns=() rows=() row running=0 started=() told=() failed
  read_inventory
  echo "${#rows[@]} kiosks, $jobs at a time; logs in build/deploy/"
  for row in "${!rows[@]}"; do
    [ "$running" -lt "$jobs" ] || await_one
    with_row "$row" deploy_row "$row" &
    started+=("$row")
    running=$((running + 1))
  done
  while [ "$running" -gt 0 ]; do await_one; done
  echo
  {
    echo "HOST|UNIT|COUNTER|RESULT|TIME|WHAT"
    for row in "${!rows[@]}"; do cat "$work/row.$row"; done
  } | column -t -s '|'
  failed=$(cat "$work"/row.* | awk -F '|' '$4 == "FAILED"' | wc -l)
  [ "$failed" = 0 ] || echo "$failed of ${#rows[@]} failed; their logs: build/deploy/HOST.log"
  [ "$failed" = 0 ]
}
