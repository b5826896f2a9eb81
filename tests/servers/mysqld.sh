# shellcheck shell=bash
# Sourced by the scripts of MariaDB and MySQL servers. A script sets directory, server, scheme, variable, daemon, client
# and first_port, defines instance_init, may define more_settings and stop_signal, and calls instance_start or
# instance_stop; what was there before is used again.
#
# Who may log in, on every server: root through the socket without a password; dradmin with one and with every right;
# drpassword with one; drtls with one, over TLS only; drcert with the client's certificate.

: "${directory:?}" "${server:?}" "${first_port:?}" "${test_password:?}" "${scheme:?}" "${variable:?}"
: "${daemon:?}" "${client:?}" "${is_root:?}"
home=$directory/$server
data=$home/data
settings=$home/my.cnf

# The process that the file names, if it is still ours and not a later one with its number.
instance_process() {
    local id
    id=$(cat "$home/pid" 2>/dev/null) && grep -qzxF -- "--defaults-file=$settings" "/proc/$id/cmdline" 2>/dev/null && echo "$id"
}

instance_running() { instance_process >/dev/null; }

# Runs what comes by stdin, as root.
instance_sql() {
    "$client" --no-defaults --user=root --socket="$home/socket" --batch --skip-column-names
}

more_settings() { :; }

# Nothing waits for the disk: what the kernel was given survives a kill of the process, and no more need survive.
instance_configure() {
    owned_file "$home/server.key" <"$directory/tls/server.key"
    owned_file "$settings" <<CONF
[mysqld]
datadir = $data
socket = $home/socket
pid_file = $data/server.pid
bind_address = 127.0.0.1,127.0.0.2 # the certificate does not name the second
port = $1
skip_name_resolve = ON # root@localhost is the socket, not 127.0.0.1
ssl_ca = $directory/tls/ca.crt
ssl_cert = $directory/tls/server.crt
ssl_key = $home/server.key
character_set_server = utf8mb4
local_infile = ON
secure_file_priv =
server_id = $first_port
log_bin = binlog
sync_binlog = 0
max_binlog_size = 64M
binlog_expire_logs_seconds = 3600
innodb_buffer_pool_size = 128M
innodb_doublewrite = OFF
innodb_flush_log_at_trx_commit = 2
innodb_flush_method = nosync
$(more_settings)
CONF
}

mariadb_settings() {
    printf '%s\n' 'binlog_format = ROW' 'innodb_log_file_size = 64M' 'sync_frm = OFF'
}

# mariadb_init PROGRAM DATA [OPTION...]
mariadb_init() {
    local program=$1 new=$2
    shift 2
    as_server "$program" --defaults-file="$settings" --datadir="$new" --auth-root-authentication-method=normal --skip-test-db "$@"
}

# The performance schema tells who holds which lock; the statistics that it keeps besides take 230 MB.
mysql_settings() {
    cat <<CONF
basedir = $home/usr
mysqlx = OFF
gtid_mode = ON
enforce_gtid_consistency = ON
innodb_redo_log_capacity = 64M
innodb_log_buffer_size = 16M
performance_schema_digests_size = 0
performance_schema_error_size = 0
performance_schema_events_statements_history_long_size = 0
performance_schema_events_transactions_history_long_size = 0
performance_schema_accounts_size = 0
performance_schema_hosts_size = 0
performance_schema_users_size = 0
CONF
}

mysql_init() { as_server "$daemon" "--defaults-file=$settings" "--datadir=$1" --initialize-insecure; }

# mysql_start SUITE NAME: packages of that suite, unpacked by that name.
mysql_start() {
    local root
    if ! instance_running; then
        root=$(unpacked "$1" "$2" mysql-server-core mysql-client-core) || unavailable "$2 could not be unpacked from $1"
        instance_wrap "$root" mysql{,admin,binlog,check,dump,import,show}
    fi
    instance_start "$home/usr/bin"
}

# instance_wrap ROOT PROGRAM...: wrappers of the server and of programs, and their files beside them.
instance_wrap() {
    local root=$1
    shift
    owned_directory "$home" 755
    wrap "$root" "$home/usr/sbin" "$root/usr/sbin/$(basename "$daemon")"
    wrap "$root" "$home/usr/bin" "${@/#/$root/usr/bin/}"
    ln -sfn "$root/usr/lib" "$home/usr/lib"
    ln -sfn "$root/usr/share" "$home/usr/share"
}

# Waits until it answers; fails when it has ended.
instance_answers() {
    local id=$1 _
    for _ in {1..600}; do
        ! instance_sql <<<'select 1' >/dev/null 2>&1 || return 0
        kill -0 "$id" 2>/dev/null || return 1
        sleep 0.1
    done
    kill -KILL "$id"
    return 1
}

# Keeps the port it had if that is still free, and tries again if somebody else was quicker.
instance_launch() {
    local port id _
    port=$(cat "$home/port" 2>/dev/null || echo "$first_port")
    for _ in {1..3}; do
        port=$(free_port "$port")
        instance_configure "$port"
        echo "$port" >"$home/port"
        # shellcheck disable=SC2016 # the inner shell's
        id=$(as_server sh -c 'setsid "$@" >>"$0" 2>&1 & echo $!' "$home/log" "$daemon" "--defaults-file=$settings")
        echo "$id" >"$home/pid"
        ! instance_answers "$id" || return 0
    done
    fail "$server does not start: $(grep -F '[ERROR]' "$home/log" 2>/dev/null | tail -n 1)"
}

instance_users() {
    # The last of them is there: so are the others.
    [ -z "$(instance_sql <<<"select 1 from mysql.user where user = 'drcert'")" ] || return 0
    instance_sql <<SQL
drop user if exists root@'127.0.0.1', root@'::1';
create user if not exists dradmin identified by '$test_password';
grant all on *.* to dradmin with grant option;
create user if not exists drpassword identified by '$test_password';
create user if not exists drtls identified by '$test_password' require ssl;
create user if not exists drcert require subject '/CN=drcert';
SQL
}

# instance_start FOLDER: FOLDER has the client programs of its version.
instance_start() {
    if ! instance_running; then
        owned_directory "$home" 755 # the socket is for everybody
        # The directory takes its name last, so an interrupted start is not taken for a server.
        if [ ! -d "$data" ]; then
            rm -rf "$data.new"
            instance_configure "$first_port"
            instance_init "$data.new" >"$home/init.log" 2>&1 || fail "no data directory: $(tail -n 1 "$home/init.log")"
            mv -T "$data.new" "$data"
        fi
        # The servers' user is another one since PostgreSQL was installed, say.
        touch "$home/log"
        [ "$is_root" = no ] || chown -R "$(server_user):" "$data" "$home/log"
        instance_launch
    fi
    instance_users
    publish "$variable" "$scheme://dradmin@127.0.0.1:$(cat "$home/port")" \
        "${variable}_BIN" "$1" \
        "${variable}_SOCKET" "$home/socket" \
        "${variable}_TLS" "$directory/tls" \
        "${variable}_PASSWORD" "$test_password"
}

stop_signal=TERM

instance_stop() {
    local id signal _
    id=$(instance_process) || return 0
    for signal in "$stop_signal" KILL; do
        kill "-$signal" "$id"
        for _ in {1..100}; do
            instance_running || return 0
            sleep 0.1
        done
    done
    return 1
}
