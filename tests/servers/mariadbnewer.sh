#!/usr/bin/env bash
# mariadbnewer.sh start|stop DIR: MariaDB 11.8, newer than the distribution's, unpacked beside the system.
directory=$2 server=mariadbnewer first_port=27310 scheme=mariadb variable=DATARESILIENCE_TEST_MARIADB_NEWER
daemon=$directory/$server/usr/sbin/mariadbd client=$directory/$server/usr/bin/mariadb
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
# shellcheck source=mysqld.sh
source "$scripts/mysqld.sh"
# shellcheck source=beside.sh
source "$scripts/beside.sh"

more_settings() {
    mariadb_settings
    echo "basedir = $home/usr"
}

instance_init() { mariadb_init "$home/install-db" "$1" --basedir="$home/usr"; }

start() {
    local root
    if ! instance_running; then
        root=$(unpacked trixie mariadb-11.8 mariadb-server mariadb-client) || unavailable "MariaDB 11.8 could not be unpacked from Debian trixie"
        instance_wrap "$root" mariadb{,-admin,-binlog,-check,-dump,-import,-show,-upgrade} my_print_defaults resolveip
        ln -sfn "$root/usr/bin/mariadb-install-db" "$home/install-db"
    fi
    instance_start "$home/usr/bin"
}

stop() { instance_stop; }

"$1"
