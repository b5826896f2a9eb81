#!/usr/bin/env bash
# install.sh PACKAGE...: installs packages of the distribution as root, without their services: no system cluster of
# PostgreSQL is made, nothing is started, nothing is enabled for the next boot.
set -euo pipefail

policy=/usr/sbin/policy-rc.d
clusters=/etc/postgresql-common/createcluster.conf
apt=(env DEBIAN_FRONTEND=noninteractive apt-get -y -qq -o DPkg::Lock::Timeout=300 --no-install-recommends install)

made_policy=no
saved_clusters=
put_back() {
    [ $made_policy = no ] || rm -f "$policy"
    [ -z "$saved_clusters" ] || { cat "$saved_clusters" >"$clusters" && rm -f "$saved_clusters"; }
}
trap put_back EXIT

if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
    made_policy=yes
fi

apt-get update -qq
case " $* " in
    *" postgresql "*)
        "${apt[@]}" postgresql-common >/dev/null
        saved_clusters=$(mktemp)
        cat "$clusters" >"$saved_clusters"
        echo 'create_main_cluster = false' >>"$clusters"
        ;;
esac
"${apt[@]}" "$@" >/dev/null

if command -v systemctl >/dev/null; then
    for package in "$@"; do
        systemctl --quiet disable "${package%-server}.service" 2>/dev/null || true # most packages have no such service
    done
fi
