# shellcheck shell=bash
# Sourced by the scripts of PostgreSQL servers of other major versions than the distribution's, unpacked beside the system. A script
# sets candidates, each VERSION:SUITE of Debian, and calls unpacked_start with the names of two variables: where the server is, and
# the folder of its programs.
#
# DIR/NAME/bin has a wrapper for each program. Programs of a newer release need its C library, so each is started by that release's
# own loader; the wrappers stand in a tree of the same shape as the package's, for PostgreSQL's programs look for each other, and for
# their files, beside the path they were started by. Programs of an older release run with the system's C library, and need only
# their other libraries.

: "${home:?}" "${scripts:?}"
bin=$home/bin
oldest=0

unpacked_root() {
    local candidate version suite root
    for candidate in "${candidates[@]:?}"; do
        version=${candidate%%:*} suite=${candidate#*:}
        [ "$version" -gt "$oldest" ] || continue
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
    # Loaders have this option since 2.33 of the C library; an older one is of a release whose programs the system's own can start.
    if "$loader" --help 2>/dev/null | grep -q -- --argv0; then
        for program in "$root/usr/lib/postgresql/$version/bin"/*; do
            wrapper=$programs/bin/$(basename "$program")
            printf '#!/bin/sh\nexec %q --library-path %q --argv0 %q %q "$@"\n' "$loader" "$libraries" "$wrapper" "$program" >"$wrapper"
        done
    else
        link_libraries "$libraries"
        for program in "$root/usr/lib/postgresql/$version/bin"/*; do
            wrapper=$programs/bin/$(basename "$program")
            printf '#!/bin/sh\nLD_LIBRARY_PATH=%q exec %q "$@"\n' "$home/lib" "$program" >"$wrapper"
        done
    fi
    chmod 755 "$programs/bin"/*
    ln -sfn "usr/lib/postgresql/$version/bin" "$bin"
}

# All but the C library's own.
link_libraries() {
    local library
    mkdir -p "$home/lib"
    for library in "$1"/*.so.*; do
        case ${library##*/} in
            ld-* | libc.so.* | libm.so.* | libmvec.so.* | libpthread.so.* | libdl.so.* | librt.so.* | libresolv.so.* | libutil.so.* | libnss_* | libnsl.so.* | libanl.so.*) ;;
            *) ln -sfn "$library" "$home/lib/${library##*/}" ;;
        esac
    done
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
