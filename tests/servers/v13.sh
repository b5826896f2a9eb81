#!/usr/bin/env bash
# v13.sh start|stop DIR: PostgreSQL 13.
directory=$2 server=v13 first_port=27440
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
# shellcheck source=postgresql.sh
source "$scripts/postgresql.sh"
cluster_at
# shellcheck source=unpacked.sh
source "$scripts/unpacked.sh"
candidates=(13:bullseye)

start() {
    unpacked_start DATARESILIENCE_TEST_POSTGRESQL_V13 DATARESILIENCE_TEST_POSTGRESQL_V13_BIN
}

"$1"
