#!/usr/bin/env bash
# start.sh DIR [SERVER...]: starts real servers for the tests and writes DIR/servers.env, to be sourced.
#
# Everything lies in DIR, on loopback ports, as an unprivileged user; packages that are missing are installed. What runs
# is left alone, what crashed is started again. DIR/skips names what cannot be had here and why; what should have
# started and did not is named in DIR/errors, and the exit code is 1.
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

[ $# -ge 1 ] || { echo "usage: start.sh DIR [SERVER...]" >&2; exit 2; }
directory=$(realpath -m "$1")
shift
servers=("${all_servers[@]}")
[ $# -eq 0 ] || servers=("$@")

# Modes and owners are about to be set in here, so it must not be somebody's directory.
mkdir -p "$directory"
if [ ! -e "$directory/.dataresilience-servers" ]; then
    [ -z "$(ls -A "$directory")" ] || fail "$directory is not empty and was not made by this script"
    touch "$directory/.dataresilience-servers"
fi
chmod 755 "$directory"

# One at a time. The servers must not inherit the lock, so it is held by a process that starts this script again.
if [ "${DATARESILIENCE_SERVERS_LOCK:-}" != "$directory" ]; then
    DATARESILIENCE_SERVERS_LOCK=$directory exec flock --close "$directory/.dataresilience-servers" \
        bash "$scripts/start.sh" "$directory" "${servers[@]}"
fi

as_server test -x "$directory" || fail "user $(server_user) cannot enter $directory: choose another"
command -v openssl >/dev/null || install_packages openssl
bash "$scripts/certificates.sh" "$directory/tls"

rm -f "$directory/skips" "$directory/errors"
for server in "${servers[@]}"; do
    rm -f "$directory/$server/env"
    began=$(date +%s%N)
    code=0
    bash "$scripts/$server.sh" start "$directory" 2>&1 | tee "$directory/$server.messages" >&2 || code=$?
    reason=$(tail -n 1 "$directory/$server.messages" 2>/dev/null || true)
    case $code in
        0) echo "$server: $(($(date +%s%N) / 1000000 - began / 1000000)) ms" ;;
        3) echo "Server.$server: $reason" >>"$directory/skips" ;;
        *) echo "Server.$server: ${reason:-ended with exit code $code}" >>"$directory/errors" ;;
    esac
done

find "$directory" -mindepth 2 -maxdepth 2 -name env -exec cat {} + >"$directory/servers.env"
[ ! -e "$directory/skips" ] || sed 's/^/skipped /' "$directory/skips"
echo "source $directory/servers.env"
if [ -e "$directory/errors" ]; then
    sed 's/^/FAILED /' "$directory/errors" >&2
    exit 1
fi
