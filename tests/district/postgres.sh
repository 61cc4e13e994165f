#!/usr/bin/env bash
# A PostgreSQL server from Debian's package, for tests and benchmarks, on a socket in FOLDER alone.
#   postgres.sh start FOLDER [durable]
#   postgres.sh stop FOLDER
#   postgres.sh crash FOLDER           as if its processes had been killed
#   postgres.sh recover FOLDER [standby]
# Without fsync unless it is to be durable: what a power cut does is not what the tests ask. Beside
# "postgres" it has the database "unlucky" (unlucky.sql).
set -euo pipefail
command=$1 folder=$2 kind=${3:-fleeting}
here=$(cd "$(dirname "$0")" && pwd)
bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin | sort -V | tail -1)

# initdb refuses to work for root.
unprivileged() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

control() { (cd / && unprivileged "$bin/pg_ctl" -D "$folder/data" -l "$folder/server.log" -w "$@"); }

stop() {
  [ ! -f "$folder/data/postmaster.pid" ] || control -m immediate stop
  rm -rf "$folder"
}

case $command in
  start)
    stop >/dev/null
    mkdir -p "$folder"
    if [ "$(id -u)" = 0 ]; then chown postgres "$folder"; fi
    cd /
    unprivileged "$bin/initdb" -D "$folder/data" --username=hailong --auth=trust --encoding=UTF8 \
      --locale=C --no-sync >"$folder.log"
    cat >>"$folder/data/postgresql.conf" <<CONF
listen_addresses = ''
unix_socket_directories = '$folder'
shared_buffers = 64MB
max_connections = 200
CONF
    if [ "$kind" = fleeting ]; then
      printf '%s = off\n' fsync full_page_writes autovacuum >>"$folder/data/postgresql.conf"
    fi
    control start >>"$folder.log"
    database=(psql -X -q -v ON_ERROR_STOP=1 -h "$folder" -U hailong)
    "${database[@]}" -d postgres -c 'CREATE DATABASE unlucky' >>"$folder.log"
    "${database[@]}" -d unlucky -f "$here/unlucky.sql" >>"$folder.log"
    ;;
  crash) control -m immediate stop ;;
  recover)
    if [ "$kind" = standby ]; then unprivileged touch "$folder/data/standby.signal"; fi
    control start
    ;;
  stop) stop ;;
  *)
    echo "postgres.sh start|stop|crash|recover FOLDER [durable|standby]" >&2
    exit 2
    ;;
esac
