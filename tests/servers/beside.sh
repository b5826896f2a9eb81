# shellcheck shell=bash
# Sourced by the scripts of servers whose packages are unpacked beside the system.
#
# Programs of a newer release need its C library, so each is started by that release's own loader, through a wrapper. The
# wrappers stand in a tree of the same shape as the packages', for some programs look for each other, and for their
# files, beside the path they were started by. Programs of an older release run with the system's C library, and need only
# their other libraries.

: "${scripts:?}"

# unpacked SUITE NAME PACKAGE...: the folder with the packages; unpacked now unless it is there. Fails if they cannot be had.
unpacked() {
    local suite=$1 name=$2 root
    shift 2
    root=$(cache_directory)/$name
    if [ ! -d "$root" ]; then
        echo "unpacking $* of $suite into $root" >&2
        mkdir -p "$(dirname "$root")"
        flock --close "$root.lock" bash "$scripts/unpack.sh" "$suite" "$root" "$@" >&2 || return 1
    fi
    echo "$root"
}

# wrap ROOT FOLDER PROGRAM...: wrappers of ROOT's programs in FOLDER.
wrap() {
    local root=$1 folder=$2 loader libraries program wrapper start
    shift 2
    loader=$(find "$root"/usr/lib/*/ -maxdepth 1 -name 'ld-linux*.so.*' | head -n 1)
    [ -n "$loader" ] || fail "no loader in $root"
    libraries=$(dirname "$loader")
    mkdir -p "$folder"
    for program in "$@"; do
        wrapper=$folder/$(basename "$program")
        # Loaders have this option since 2.33 of the C library; an older one is of a release whose programs the system's own can start.
        if "$loader" --help 2>/dev/null | grep -q -- --argv0; then
            start=$(printf 'exec %q --library-path %q --argv0 %q %q' "$loader" "$libraries" "$wrapper" "$program")
        else
            start=$(printf 'LD_LIBRARY_PATH=%q exec %q' "$(other_libraries "$libraries" "$folder.libraries")" "$program")
        fi
        printf '#!/bin/sh\n%s "$@"\n' "$start" >"$wrapper"
        chmod 755 "$wrapper"
    done
}

# A folder with links to all libraries but the C library's own.
other_libraries() {
    local library
    mkdir -p "$2"
    for library in "$1"/*.so.*; do
        case ${library##*/} in
            ld-* | libc.so.* | libm.so.* | libmvec.so.* | libpthread.so.* | libdl.so.* | librt.so.* | libresolv.so.* | libutil.so.* | libnss_* | libnsl.so.* | libanl.so.*) ;;
            *) ln -sfn "$library" "$2/${library##*/}" ;;
        esac
    done
    echo "$2"
}
