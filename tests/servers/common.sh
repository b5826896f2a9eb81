# shellcheck shell=bash
# Sourced by the scripts of this folder: users, directories, ports, packages, and how a script says what became of its server.
#
# A server has one script, run as "NAME.sh start DIR" or "NAME.sh stop DIR". What it keeps lies in DIR/NAME; when the
# server answers, DIR/NAME/env says with which variables tests find it. Exit codes: 0 it runs, 3 it cannot be had here
# (the last line of stderr says why), anything else is a failure.
set -euo pipefail

: "${server:=}" "${directory:=}" # the script that sources this has set them
scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
is_root=$([ "$(id -u)" -eq 0 ] && echo yes || echo no)

# In the order of starting: some build on an earlier one.
export all_servers=(release standby newer v13 v17 small pgbouncer mariadb mariadbnewer mysql mysql84)

# The roles that tests log in with: see postgresql.sh. Not a secret: the servers listen on the loopback only.
export test_password=resilience

# The postgres user comes with the distribution's package.
server_user() {
    if [ "$is_root" = no ]; then
        id -un
    elif id -u postgres >/dev/null 2>&1; then
        echo postgres
    else
        echo nobody
    fi
}

unavailable() {
    echo "$*" >&2
    exit 3
}

fail() {
    echo "$*" >&2
    exit 1
}

# A server refuses to run as root, and sees nothing of this shell's variables or directory.
as_server() {
    local drop=()
    if [ "$is_root" = yes ]; then
        drop=(setpriv "--reuid=$(server_user)" "--regid=$(id -g "$(server_user)")" --clear-groups)
    fi
    (cd / && exec "${drop[@]}" env -i PATH="$PATH" HOME=/ LC_ALL=C.UTF-8 TZ=UTC "$@" </dev/null)
}

# owned_directory PATH [MODE]: made when missing, and the server's own.
owned_directory() {
    mkdir -p "$1"
    [ "$is_root" = no ] || chown "$(server_user):" "$1"
    chmod "${2:-700}" "$1"
}

# owned_file PATH: filled from stdin, readable for the server alone.
owned_file() {
    (umask 077 && cat >"$1")
    [ "$is_root" = no ] || chown "$(server_user):" "$1"
}

port_is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_port FIRST: the first port from there on that nothing listens on.
free_port() {
    local port=$1
    while port_is_taken "$port"; do port=$((port + 1)); done
    echo "$port"
}

# publish NAME VALUE...: the variables by which tests find the server.
publish() {
    local file=$directory/$server/env
    : >"$file"
    while [ $# -gt 0 ]; do
        printf 'export %s=%q\n' "$1" "$2" >>"$file"
        shift 2
    done
}

# Where packages of other releases stay unpacked. The servers' user must get there, so root's home will not do.
cache_directory() {
    if [ -n "${DATARESILIENCE_SERVERS_CACHE:-}" ]; then
        echo "$DATARESILIENCE_SERVERS_CACHE"
    elif [ "$is_root" = yes ]; then
        echo /var/cache/dataresilience-servers
    else
        echo "${XDG_CACHE_HOME:-$HOME/.cache}/dataresilience-servers"
    fi
}

# install_packages PACKAGE...: from the distribution, so that none of their services is started or enabled.
install_packages() {
    command -v apt-get >/dev/null || unavailable "not installed, and there is no apt-get to install it with: $*"
    local root=()
    [ "$is_root" = yes ] || root=(sudo)
    "${root[@]}" true || unavailable "not installed, and installing needs root: $*"
    echo "installing $*" >&2
    "${root[@]}" bash "$scripts/install.sh" "$@" >&2 || unavailable "apt-get could not install $*"
}
