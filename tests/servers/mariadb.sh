#!/usr/bin/env bash
# mariadb.sh start|stop DIR: MariaDB of the distribution, with TLS.
directory=$2 server=mariadb first_port=27306 scheme=mariadb variable=DATARESILIENCE_TEST_MARIADB
daemon=/usr/sbin/mariadbd client=/usr/bin/mariadb
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
# shellcheck source=mysqld.sh
source "$scripts/mysqld.sh"

more_settings() { mariadb_settings; }

instance_init() { mariadb_init mariadb-install-db "$1"; }

start() {
    [ -x "$daemon" ] || install_packages mariadb-server
    instance_start /usr/bin
}

stop() { instance_stop; }

"$1"
