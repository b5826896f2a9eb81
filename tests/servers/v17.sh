#!/usr/bin/env bash
# v17.sh start|stop DIR: PostgreSQL 17.
directory=$2 server=v17 first_port=27441
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
# shellcheck source=postgresql.sh
source "$scripts/postgresql.sh"
cluster_at
# shellcheck source=unpacked.sh
source "$scripts/unpacked.sh"
candidates=(17:trixie)

start() {
    unpacked_start DATARESILIENCE_TEST_POSTGRESQL_V17 DATARESILIENCE_TEST_POSTGRESQL_V17_BIN
}

"$1"
