#!/usr/bin/env bash
# A PostgreSQL server from Debian's package, for tests and benchmarks, on a socket in FOLDER alone.
#   postgres.sh start FOLDER [durable]
#   postgres.sh stop FOLDER
# Without fsync unless it is to be durable: what a power cut does is not what the tests ask.
set -euo pipefail
command=$1 folder=$2 kind=${3:-fleeting}
bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin | sort -V | tail -1)

# initdb refuses to work for root.
unprivileged() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

stop() {
  [ ! -f "$folder/data/postmaster.pid" ] || (cd / && unprivileged "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop)
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
    unprivileged "$bin/pg_ctl" -D "$folder/data" -l "$folder/server.log" -w start >>"$folder.log"
    ;;
  stop) stop ;;
  *)
    echo "postgres.sh start|stop FOLDER [durable]" >&2
    exit 2
    ;;
esac
