#!/usr/bin/env bash
# Takes the same POSTGRES_PASSWORD as the public image. A restart of the container keeps the data.
set -euo pipefail
bin=$(echo /usr/lib/postgresql/*/bin)
data=/var/lib/postgresql/test
if [ ! -d "$data" ]; then
  printf '%s' "$POSTGRES_PASSWORD" >/tmp/password
  "$bin/initdb" -D "$data" -E UTF8 --locale=C.UTF-8 -A scram-sha-256 --pwfile=/tmp/password >/dev/null
  rm /tmp/password
  echo 'host all all all scram-sha-256' >>"$data/pg_hba.conf"
fi
exec "$bin/postgres" -D "$data" -c listen_addresses='*' -c fsync=off -c unix_socket_directories=/tmp
