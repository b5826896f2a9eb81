#!/usr/bin/env bash
# mariadb.sh start|stop DIR: MariaDB of the distribution, with TLS.
directory=$2 server=mariadb first_port=27306 scheme=mariadb variable=DATARESILIENCE_TEST_MARIADB
daemon=/usr/sbin/mariadbd client=/usr/bin/mariadb
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
# shellcheck source=mysqld.sh
source "$scripts/mysqld.sh"

more_settings() { echo 'innodb_log_file_size = 64M'; }

instance_init() {
    as_server mariadb-install-db --defaults-file="$settings" --datadir="$1" --auth-root-authentication-method=normal --skip-test-db
}

start() {
    [ -x "$daemon" ] || install_packages mariadb-server
    instance_start /usr/bin
}

stop() { instance_stop; }

"$1"
