#!/usr/bin/env bash
# newer.sh start|stop DIR: a newer major version than the distribution's.
directory=$2 server=newer first_port=27434
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
# shellcheck source=postgresql.sh
source "$scripts/postgresql.sh"
cluster_at
# shellcheck source=unpacked.sh
source "$scripts/unpacked.sh"

# Newest first; a version that left a suite is looked for in the next.
candidates=(18:forky 18:sid 17:trixie)
oldest=$(basename "$(dirname "$(release_bin || echo /0/bin)")")

start() {
    # What is tested finds pg_dump of that version by the last one.
    unpacked_start DATARESILIENCE_TEST_POSTGRESQL_NEWER DATARESILIENCE_TEST_POSTGRESQL_NEWER_BIN DATARESILIENCE_PG_BINDIR "$bin"
}

"$1"
