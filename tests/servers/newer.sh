#!/usr/bin/env bash
# newer.sh start|stop DIR: a newer major version than the distribution's, unpacked beside the system: DIR/newer/bin has a
# wrapper for each of its programs.
directory=$2 server=newer first_port=27434
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
# shellcheck source=postgresql.sh
source "$scripts/postgresql.sh"
# shellcheck source=beside.sh
source "$scripts/beside.sh"
cluster_at
bin=$home/bin

# Newest first; a version that left a suite is looked for in the next.
candidates=(18:forky 18:sid 17:trixie)

unpacked_root() {
    local release candidate version suite
    release=$(basename "$(dirname "$(release_bin || echo /0/bin)")")
    for candidate in "${candidates[@]}"; do
        version=${candidate%%:*} suite=${candidate#*:}
        [ "$version" -gt "$release" ] || continue
        ! unpacked "$suite" "postgresql-$version" "postgresql-$version" || return 0
    done
    return 1
}

make_wrappers() {
    local root=$1 version=${1##*-} programs
    programs=$home/usr/lib/postgresql/$version
    wrap "$root" "$programs/bin" "$root/usr/lib/postgresql/$version/bin"/*
    mkdir -p "$home/usr/share/postgresql"
    ln -sfn "$root/usr/lib/postgresql/$version/lib" "$programs/lib"
    ln -sfn "$root/usr/share/postgresql/$version" "$home/usr/share/postgresql/$version"
    ln -sfn "usr/lib/postgresql/$version/bin" "$bin"
}

start() {
    local root
    owned_directory "$home" 755 # the wrappers are for everybody
    if [ ! -x "$bin/pg_ctl" ] || ! cluster_running; then
        root=$(unpacked_root) || unavailable "no newer PostgreSQL could be unpacked: ${candidates[*]}"
        make_wrappers "$root"
        [ -d "$data" ] || cluster_init --wal-segsize=16
        cluster_launch
    fi
    cluster_roles
    # The second is for the tests, the third for what they test: it finds pg_dump of that version there.
    publish DATARESILIENCE_TEST_POSTGRESQL_NEWER "$(cluster_uri)" DATARESILIENCE_TEST_POSTGRESQL_NEWER_BIN "$bin" DATARESILIENCE_PG_BINDIR "$bin"
}

stop() {
    [ ! -x "$bin/pg_ctl" ] || cluster_stop
}

"$1"
