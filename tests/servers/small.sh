#!/usr/bin/env bash
# small.sh start|stop DIR: the release version on a disk of its own that is soon full. Filling it may leave the server
# beyond repair, so every start makes it anew unless it runs.
directory=$2 server=small first_port=27435
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
# shellcheck source=postgresql.sh
source "$scripts/postgresql.sh"
disk=$directory/$server/disk data=$disk/data
cluster_at

more_settings() {
    printf '%s\n' "min_wal_size = '4MB'" "max_wal_size = '16MB'" "max_slot_wal_keep_size = '16MB'"
}

unmount() { ! mountpoint -q "$disk" 2>/dev/null || umount "$disk"; }

start() {
    bin=$(release_bin) || unavailable "PostgreSQL is not installed"
    if ! cluster_running; then
        [ "$is_root" = yes ] || unavailable "mounting a small disk needs root"
        owned_directory "$home"
        unmount
        mkdir -p "$disk"
        mount -t tmpfs -o "size=200m,mode=700,uid=$(id -u "$(server_user)"),gid=$(id -g "$(server_user)")" \
            dataresilience-small "$disk" 2>/dev/null || unavailable "a tmpfs cannot be mounted here"
        cluster_init --wal-segsize=1
        cluster_launch
    fi
    cluster_roles
    publish DATARESILIENCE_TEST_POSTGRESQL_SMALL "$(cluster_uri)"
}

stop() {
    if bin=$(release_bin); then cluster_stop; fi
    unmount
}

"$1"
