# shellcheck shell=bash
# Sourced by the scripts of PostgreSQL servers of other major versions than the distribution's, unpacked beside the system. A script
# sets candidates, each VERSION:SUITE of Debian, and calls unpacked_start with the names of two variables: where the server is, and
# the folder of its programs.
#
# DIR/NAME/bin has a wrapper for each program: see beside.sh.

: "${home:?}" "${scripts:?}"
bin=$home/bin
oldest=0

# shellcheck source=beside.sh
source "$scripts/beside.sh"

unpacked_root() {
    local candidate version suite
    for candidate in "${candidates[@]:?}"; do
        version=${candidate%%:*} suite=${candidate#*:}
        [ "$version" -gt "$oldest" ] || continue
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

# unpacked_start URI_VARIABLE FOLDER_VARIABLE [NAME VALUE...]
unpacked_start() {
    local root
    owned_directory "$home" 755 # the wrappers are for everybody
    if [ ! -x "$bin/pg_ctl" ] || ! cluster_running; then
        root=$(unpacked_root) || unavailable "no PostgreSQL of these could be unpacked: ${candidates[*]}"
        make_wrappers "$root"
        [ -d "$data" ] || cluster_init --wal-segsize=16
        cluster_launch
    fi
    cluster_roles
    publish "$1" "$(cluster_uri)" "$2" "$bin" "${@:3}"
}

stop() {
    [ ! -x "$bin/pg_ctl" ] || cluster_stop
}
