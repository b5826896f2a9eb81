#!/usr/bin/env bash
# mysql.sh start|stop DIR: MySQL 9, which only Debian's unstable suite has, unpacked beside the system.
directory=$2 server=mysql first_port=27308 scheme=mysql variable=DATARESILIENCE_TEST_MYSQL
daemon=$directory/$server/usr/sbin/mysqld client=$directory/$server/usr/bin/mysql
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
# shellcheck source=mysqld.sh
source "$scripts/mysqld.sh"
# shellcheck source=beside.sh
source "$scripts/beside.sh"

more_settings() { mysql_settings; }

instance_init() { mysql_init "$1"; }

start() { mysql_start sid mysql-9; }

stop_signal=KILL # a clean stop takes 11 s
stop() { instance_stop; }

"$1"
