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

# The performance schema tells who holds which lock; the statistics that it keeps besides take 230 MB.
more_settings() {
    cat <<CONF
performance_schema_digests_size = 0
performance_schema_error_size = 0
performance_schema_events_statements_history_long_size = 0
performance_schema_events_transactions_history_long_size = 0
performance_schema_accounts_size = 0
performance_schema_hosts_size = 0
performance_schema_users_size = 0
innodb_log_buffer_size = 16M
basedir = $home/usr
gtid_mode = ON
enforce_gtid_consistency = ON
mysqlx = OFF
innodb_redo_log_capacity = 64M
CONF
}

instance_init() { as_server "$daemon" "--defaults-file=$settings" "--datadir=$1" --initialize-insecure; }

start() {
    local root
    if ! instance_running; then
        root=$(unpacked sid mysql-9 mysql-server-core mysql-client-core) || unavailable "MySQL 9 could not be unpacked from Debian sid"
        instance_wrap "$root" mysql{,admin,binlog,check,dump,import,show}
    fi
    instance_start "$home/usr/bin"
}

stop_signal=KILL # a clean stop takes 11 s
stop() { instance_stop; }

"$1"
