#!/usr/bin/env bash
# standby.sh start|stop DIR: a streaming standby of the release server. It ends a query that stands in the way of replay
# after half a second, and the primary does not wait for its snapshots.
directory=$2 server=standby first_port=27433
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
# shellcheck source=postgresql.sh
source "$scripts/postgresql.sh"
cluster_at

more_settings() {
    cat <<CONF
primary_conninfo = 'host=127.0.0.1 port=$(cat "$directory/release/port") user=postgres sslmode=disable application_name=standby'
primary_slot_name = 'standby'
hot_standby_feedback = off
max_standby_streaming_delay = '500ms'
max_standby_archive_delay = '500ms'
CONF
    # Tests leave a tablespace in the data directory, at which a standby that starts again would stop; there are none before 15.
    [ "$(basename "$(dirname "$bin")")" -lt 15 ] || echo "allow_in_place_tablespaces = on"
}

copy_primary() {
    local primary
    primary="host=127.0.0.1 port=$(cat "$directory/release/port") user=postgres sslmode=disable"
    rm -rf "$data.new"
    as_server "$bin/psql" -X -q -d "$primary dbname=postgres" \
        -c "select pg_create_physical_replication_slot('standby') where not exists (select from pg_replication_slots where slot_name = 'standby')" >/dev/null
    as_server "$bin/pg_basebackup" -d "$primary" -D "$data.new" -X stream -c fast -S standby --no-sync >"$home/init.log" 2>&1 ||
        fail "pg_basebackup failed: $(tail -n 1 "$home/init.log")"
    as_server touch "$data.new/standby.signal"
    mv -T "$data.new" "$data"
}

start() {
    [ -e "$directory/release/env" ] || unavailable "there is no release server to stand by for"
    bin=$(release_bin)
    owned_directory "$home"
    [ -d "$data" ] || copy_primary
    cluster_running || cluster_launch
    [ "$(cluster_sql 'select pg_is_in_recovery()')" = t ] || fail "the standby is not in recovery"
    publish DATARESILIENCE_TEST_POSTGRESQL_STANDBY "$(cluster_uri)"
}

stop() {
    bin=$(release_bin) || exit 0
    cluster_stop
}

"$1"
