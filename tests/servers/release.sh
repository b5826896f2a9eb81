#!/usr/bin/env bash
# release.sh start|stop DIR: PostgreSQL of the distribution, with TLS, and with a Unix socket.
directory=$2 server=release first_port=27432
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
# shellcheck source=postgresql.sh
source "$scripts/postgresql.sh"
cluster_at

more_settings() {
    echo "unix_socket_directories = '$home/socket'"
}

start() {
    release_bin >/dev/null || install_packages postgresql
    bin=$(release_bin) || unavailable "the package postgresql brought no initdb"
    owned_directory "$home"
    owned_directory "$home/socket" 755
    [ -d "$data" ] || cluster_init --wal-segsize=16
    cluster_running || cluster_launch
    cluster_roles
    publish DATARESILIENCE_TEST_POSTGRESQL "$(cluster_uri)" \
        DATARESILIENCE_TEST_POSTGRESQL_BIN "$bin" \
        DATARESILIENCE_TEST_POSTGRESQL_SOCKET "$home/socket" \
        DATARESILIENCE_TEST_POSTGRESQL_TLS "$directory/tls" \
        DATARESILIENCE_TEST_POSTGRESQL_PASSWORD "$test_password"
}

stop() {
    bin=$(release_bin) || exit 0
    cluster_stop
}

"$1"
