#!/usr/bin/env bash
# stop.sh DIR: stops what start.sh started there. The data stays, except that of the small disk.
set -euo pipefail
scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

[ $# -eq 1 ] || { echo "usage: stop.sh DIR" >&2; exit 2; }
directory=$(realpath -m "$1")
[ -e "$directory/.dataresilience-servers" ] || { echo "$directory was not made by start.sh" >&2; exit 1; }

code=0
for server in pgbouncer small newer standby release; do
    rm -f "$directory/$server/env"
    bash "$scripts/$server.sh" stop "$directory" || { echo "$server: does not stop" >&2; code=1; }
done
rm -f "$directory/servers.env"
exit $code
