# shellcheck shell=bash
# Sourced by the scripts of PostgreSQL servers. A script sets directory, server, bin and first_port, may define
# more_settings, and calls cluster_start or cluster_stop; what was there before is used again.
#
# Who may log in, on every server: postgres from here without a password; drpassword with one; drtls with one, over TLS
# only; drcert with the client's certificate; any other role with its password. The same holds for a Unix socket where there is one.

: "${directory:?}" "${server:?}" "${first_port:?}" "${test_password:?}" "${bin:=}"

cluster_at() {
    home=$directory/$server
    data=${data:-$home/data}
}

# The distribution's binaries: the newest there are.
release_bin() {
    local newest
    newest=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
    [ -n "$newest" ] && [ -x "$newest/initdb" ] && echo "$newest"
}

# The postmaster's process id, if it runs. A killed one that nobody has waited for yet does not: it has no command line.
cluster_process() {
    local id
    id=$(head -n 1 "$data/postmaster.pid" 2>/dev/null) && grep -qzxF -- "$data" "/proc/$id/cmdline" 2>/dev/null && echo "$id"
}

cluster_running() { cluster_process >/dev/null; }

cluster_port() { cat "$home/port"; }

cluster_uri() { echo "postgresql://postgres@127.0.0.1:$(cluster_port)/postgres"; }

# cluster_sql SQL: runs it, prints what it gives.
cluster_sql() {
    as_server "$bin/psql" -X -q -A -t -v ON_ERROR_STOP=1 -d "$(cluster_uri)" -c "$1"
}

# cluster_init OPTION...: the directory takes its name last, so an interrupted initdb is not taken for a cluster.
cluster_init() {
    rm -rf "$data.new"
    as_server "$bin/initdb" -D "$data.new" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --data-checksums --no-sync "$@" \
        >"$home/init.log" 2>&1 ||
        fail "initdb failed: $(tail -n 1 "$home/init.log")"
    mv -T "$data.new" "$data"
}

more_settings() { :; }

cluster_configure() {
    mkdir -p "$home"
    owned_file "$home/server.key" <"$directory/tls/server.key"
    owned_file "$data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1,127.0.0.2' # the certificate does not name the second
port = $1
unix_socket_directories = ''
ssl = on
ssl_ca_file = '$directory/tls/ca.crt'
ssl_cert_file = '$directory/tls/server.crt'
ssl_key_file = '$home/server.key'
password_encryption = 'scram-sha-256'
wal_level = logical
max_wal_senders = 10
max_replication_slots = 10
max_slot_wal_keep_size = '1GB'
max_locks_per_transaction = 256 # a backup locks 10,000 tables at once
max_prepared_transactions = 5
shared_buffers = '64MB'
fsync = off
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %u@%d '
$(more_settings)
CONF
    owned_file "$data/pg_hba.conf" <<'HBA'
local    all          postgres               trust
local    all          all                    scram-sha-256
host     all          postgres  127.0.0.0/8  trust
host     replication  postgres  127.0.0.0/8  trust
hostssl  all          drtls     127.0.0.0/8  scram-sha-256
host     all          drtls     127.0.0.0/8  reject
hostssl  all          drcert    127.0.0.0/8  cert
host     all          drcert    127.0.0.0/8  reject
host     all          all       127.0.0.0/8  scram-sha-256
host     replication  all       127.0.0.0/8  scram-sha-256
HBA
}

# Keeps the port it had if that is still free. Tries again if somebody else was quicker, and after a crash, until the last
# of the old processes has gone.
cluster_launch() {
    local port attempt
    port=$(cat "$home/port" 2>/dev/null || echo "$first_port")
    for attempt in {1..5}; do
        rm -f "$data/postmaster.pid"
        port=$(free_port "$port")
        cluster_configure "$port"
        echo "$port" >"$home/port"
        if as_server "$bin/pg_ctl" -D "$data" -l "$home/log" -w -t 60 start >/dev/null 2>&1; then
            return 0
        fi
        sleep "0.$attempt"
    done
    fail "$server does not start: $(grep -E 'FATAL|PANIC' "$home/log" 2>/dev/null | tail -n 1)"
}

cluster_roles() {
    cluster_sql "
        do \$\$ begin
            if not exists (select from pg_roles where rolname = 'drpassword') then
                create role drpassword login password '$test_password';
                create role drtls login password '$test_password';
                create role drcert login;
            end if;
        end \$\$"
}

cluster_stop() {
    local id mode
    id=$(cluster_process) || return 0
    for mode in fast immediate; do
        as_server "$bin/pg_ctl" -D "$data" -m "$mode" -t 20 stop >/dev/null 2>&1 || true
        cluster_running || return 0
    done
    kill -KILL "$id"
}
