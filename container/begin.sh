#!/bin/sh
# Makes the database of a register when it is first started, with the password from a file, and serves it. What follows the name
# of this script are further options of the server.
set -eu
data="${PGDATA:-/data}"
programs="${PROGRAMS:-/usr/lib/postgresql/15/bin}"
sockets="${SOCKETS:-/run/postgresql}"
if [ ! -d "$data/cluster" ]; then
    rm -rf "$data/new" # of a start that was killed
    "$programs/initdb" --pgdata="$data/new" --username=register --encoding=UTF8 --locale=C.UTF-8 \
        --auth-local=scram-sha-256 --auth-host=scram-sha-256 --pwfile="$POSTGRES_PASSWORD_FILE"
    echo "host all all all scram-sha-256" >>"$data/new/pg_hba.conf"
    echo "create database register template template0 encoding 'UTF8';" |
        "$programs/postgres" --single -D "$data/new" postgres >/dev/null
    mv "$data/new" "$data/cluster"
fi
exec "$programs/postgres" -D "$data/cluster" -c listen_addresses='*' -c unix_socket_directories="$sockets" "$@"
