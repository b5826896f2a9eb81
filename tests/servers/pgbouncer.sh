#!/usr/bin/env bash
# pgbouncer.sh start|stop DIR: pgbouncer before the release server, one server connection per transaction.
directory=$2 server=pgbouncer first_port=27436
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
home=$directory/$server

# The process that the file names, if it is still ours and not a later one with its number.
process() {
    local id
    id=$(cat "$home/pid" 2>/dev/null) && grep -qzxF "$home/pgbouncer.ini" "/proc/$id/cmdline" 2>/dev/null && echo "$id"
}

configure() {
    owned_file "$home/users" <<<"\"postgres\" \"\"
\"drpassword\" \"$test_password\""
    owned_file "$home/pgbouncer.ini" <<CONF
[databases]
* = host=127.0.0.1 port=$(cat "$directory/release/port")
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $1
unix_socket_dir =
auth_type = trust
auth_file = $home/users
admin_users = postgres
pool_mode = transaction
logfile = $home/log
pidfile = $home/pid
CONF
}

launch() {
    local port _
    port=$(free_port "$(cat "$home/port" 2>/dev/null || echo "$first_port")")
    rm -f "$home/pid"
    configure "$port"
    echo "$port" >"$home/port"
    as_server pgbouncer -q -d "$home/pgbouncer.ini" >/dev/null 2>&1 || fail "pgbouncer does not start, see $home/log"
    for _ in {1..100}; do
        if process >/dev/null && port_is_taken "$port"; then return 0; fi
        sleep 0.1
    done
    fail "pgbouncer does not answer, see $home/log"
}

start() {
    [ -e "$directory/release/env" ] || unavailable "there is no release server to stand before"
    command -v pgbouncer >/dev/null || install_packages pgbouncer
    owned_directory "$home"
    process >/dev/null || launch
    publish DATARESILIENCE_TEST_PGBOUNCER "postgresql://postgres@127.0.0.1:$(cat "$home/port")/postgres"
}

stop() {
    local id _
    id=$(process) || return 0
    kill -INT "$id"
    for _ in {1..100}; do
        process >/dev/null || return 0
        sleep 0.1
    done
    kill -KILL "$id"
}

"$1"
