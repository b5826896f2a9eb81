# shellcheck shell=bash
# Sourced by the scripts of servers whose packages are unpacked beside the system.
#
# Programs of a newer release need its C library, so each is started by that release's own loader, through a wrapper. The
# wrappers stand in a tree of the same shape as the packages', for some programs look for each other, and for their
# files, beside the path they were started by.

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
    local root=$1 folder=$2 loader libraries program wrapper
    shift 2
    loader=$(find "$root"/usr/lib/*/ -maxdepth 1 -name 'ld-linux*.so.*' | head -n 1)
    [ -n "$loader" ] || fail "no loader in $root"
    libraries=$(dirname "$loader")
    mkdir -p "$folder"
    for program in "$@"; do
        wrapper=$folder/$(basename "$program")
        printf '#!/bin/sh\nexec %q --library-path %q --argv0 %q %q "$@"\n' "$loader" "$libraries" "$wrapper" "$program" >"$wrapper"
        chmod 755 "$wrapper"
    done
}
