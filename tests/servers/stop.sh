#!/usr/bin/env bash
# stop.sh DIR: stops what start.sh started there. The data stays, except that of the small disk.
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

[ $# -eq 1 ] || { echo "usage: stop.sh DIR" >&2; exit 2; }
directory=$(realpath -m "$1")
[ -e "$directory/.dataresilience-servers" ] || fail "$directory was not made by start.sh"

code=0
for ((i = ${#all_servers[@]} - 1; i >= 0; i--)); do
    server=${all_servers[i]}
    rm -f "$directory/$server/env"
    bash "$scripts/$server.sh" stop "$directory" || { echo "$server: does not stop" >&2; code=1; }
done
rm -f "$directory/servers.env"
exit $code
