#!/usr/bin/env bash
# mysql84.sh start|stop DIR: MySQL 8.4 of Ubuntu 26.04, unpacked beside the system.
directory=$2 server=mysql84 first_port=27312 scheme=mysql variable=DATARESILIENCE_TEST_MYSQL_84
daemon=$directory/$server/usr/sbin/mysqld client=$directory/$server/usr/bin/mysql
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
# shellcheck source=mysqld.sh
source "$scripts/mysqld.sh"
# shellcheck source=beside.sh
source "$scripts/beside.sh"

more_settings() { mysql_settings; }

instance_init() { mysql_init "$1"; }

start() { mysql_start ubuntu/resolute mysql-8.4; }

stop_signal=KILL # a clean stop takes 11 s
stop() { instance_stop; }

"$1"
