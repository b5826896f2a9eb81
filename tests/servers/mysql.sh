#!/usr/bin/env bash
# mysql.sh start|stop DIR: MySQL 9, which only Debian's unstable suite has, unpacked beside the system: DIR/mysql/bin has
# wrappers of its client programs.
directory=$2 server=mysql first_port=27308 scheme=mysql variable=DATARESILIENCE_TEST_MYSQL
daemon=$directory/$server/usr/sbin/mysqld client=$directory/$server/usr/bin/mysql
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
# shellcheck source=mysqld.sh
source "$scripts/mysqld.sh"
# shellcheck source=beside.sh
source "$scripts/beside.sh"

more_settings() {
    cat <<CONF
basedir = $home/usr
lc_messages_dir = $home/usr/share/mysql
character_sets_dir = $home/usr/share/mysql/charsets
plugin_dir = $home/usr/lib/mysql/plugin
gtid_mode = ON
enforce_gtid_consistency = ON
mysqlx = OFF
innodb_redo_log_capacity = 64M
CONF
}

make_wrappers() {
    wrap "$1" "$home/usr/bin" "$1"/usr/bin/mysql*
    wrap "$1" "$home/usr/sbin" "$1"/usr/sbin/mysqld
    ln -sfn "$1/usr/lib" "$home/usr/lib"
    ln -sfn "$1/usr/share" "$home/usr/share"
}

instance_init() { as_server "$daemon" "--defaults-file=$settings" "--datadir=$1" --initialize-insecure; }

start() {
    local root
    if ! instance_running; then
        root=$(unpacked sid mysql-9 mysql-server-core mysql-client-core) || unavailable "MySQL 9 could not be unpacked from Debian sid"
        owned_directory "$home" 755
        make_wrappers "$root"
    fi
    instance_start "$home/usr/bin"
}

stop_signal=KILL # a clean stop takes 11 s
stop() { instance_stop; }

"$1"
