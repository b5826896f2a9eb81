#!/usr/bin/env bash
# newer.sh start|stop DIR: a newer major version than the distribution's, unpacked beside the system.
#
# Programs of a newer release need its C library, so each is started by that release's own loader: DIR/newer/bin has a
# wrapper for each. The wrappers stand in a tree of the same shape as the package's, for PostgreSQL's programs
# look for each other, and for their files, beside the path they were started by.
directory=$2 server=newer first_port=27434
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
# shellcheck source=postgresql.sh
source "$scripts/postgresql.sh"
cluster_at
bin=$home/bin

# Newest first; a version that left a suite is looked for in the next.
candidates=(18:forky 18:sid 17:trixie)

unpacked_root() {
    local release candidate version suite root
    release=$(basename "$(dirname "$(release_bin || echo /0/bin)")")
    for candidate in "${candidates[@]}"; do
        version=${candidate%%:*} suite=${candidate#*:}
        [ "$version" -gt "$release" ] || continue
        root=$(cache_directory)/postgresql-$version
        if [ ! -d "$root" ]; then
            echo "unpacking PostgreSQL $version of Debian $suite into $root" >&2
            mkdir -p "$(dirname "$root")"
            flock --close "$root.lock" bash "$scripts/unpack.sh" "$suite" "postgresql-$version" "$root" >&2 || continue
        fi
        echo "$root"
        return 0
    done
    return 1
}

make_wrappers() {
    local root=$1 version=${1##*-} program programs wrapper loader libraries
    programs=$home/usr/lib/postgresql/$version
    loader=$(find "$root"/usr/lib/*/ -maxdepth 1 -name 'ld-linux*.so.*' | head -n 1)
    [ -n "$loader" ] || fail "no loader in $root"
    libraries=$(dirname "$loader")
    mkdir -p "$programs/bin" "$home/usr/share/postgresql"
    ln -sfn "$root/usr/lib/postgresql/$version/lib" "$programs/lib"
    ln -sfn "$root/usr/share/postgresql/$version" "$home/usr/share/postgresql/$version"
    for program in "$root/usr/lib/postgresql/$version/bin"/*; do
        wrapper=$programs/bin/$(basename "$program")
        printf '#!/bin/sh\nexec %q --library-path %q --argv0 %q %q "$@"\n' "$loader" "$libraries" "$wrapper" "$program" >"$wrapper"
        chmod 755 "$wrapper"
    done
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
