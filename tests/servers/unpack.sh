#!/usr/bin/env bash
# unpack.sh SUITE ROOT PACKAGE...: packages of another Debian suite, or of ubuntu/SUITE, unpacked beside the system and
# never installed into it.
#
# apt resolves them against an empty system, downloads and verifies; ROOT then holds them and all they depend on. No
# maintainer script is run, apt's own state is untouched, and root is not needed. ROOT appears only when it is complete.
set -euo pipefail

suite=$1 root=$2
shift 2
[ ! -d "$root" ] || exit 0

# Debian's from the mirror that this machine's apt has, unless told otherwise; Ubuntu's with the keys that Debian vouches for.
case $suite in
    ubuntu/*)
        suite=${suite#ubuntu/}
        suites=("$suite" "$suite-updates")
        mirror=${DATARESILIENCE_SERVERS_UBUNTU_MIRROR:-http://archive.ubuntu.com/ubuntu}
        keyring=/usr/share/keyrings/ubuntu-archive-keyring.gpg
        if [ ! -e "$keyring" ]; then
            keys=$(dirname "$root")/ubuntu-archive-keyring
            flock --close "$keys.lock" bash "${BASH_SOURCE[0]}" trixie "$keys" ubuntu-archive-keyring
            keyring=$keys$keyring
        fi
        ;;
    *)
        suites=("$suite")
        mirror=${DATARESILIENCE_SERVERS_MIRROR:-$(
            cat /etc/apt/sources.list /etc/apt/sources.list.d/*.{list,sources} 2>/dev/null |
                grep -E '^(URIs:|deb )' | grep -oE 'https?://[^ ]+/debian/?( |$)' | head -n 1 | tr -d ' '
        )} || true
        [ -n "$mirror" ] || { echo "apt has no Debian mirror; name one in DATARESILIENCE_SERVERS_MIRROR" >&2; exit 1; }
        keyring=/usr/share/keyrings/debian-archive-keyring.gpg
        [ -e "$keyring" ] || { echo "$keyring is missing: install debian-archive-keyring" >&2; exit 1; }
        ;;
esac

mkdir -p "$(dirname "$root")"
work=$(mktemp -d "$root.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/apt/{lists,archives}/partial
: >"$work/apt/status"
printf "deb [signed-by=$keyring] $mirror %s main\n" "${suites[@]}" >"$work/apt/sources.list"

# The mirror may be a frozen copy, so the dates in its lists are not looked at; the signatures are.
apt=(apt-get -qq -y
    -o "Dir::State=$work/apt" -o "Dir::State::status=$work/apt/status" -o "Dir::State::lists=$work/apt/lists"
    -o "Dir::Cache=$work/apt" -o "Dir::Cache::archives=$work/apt/archives" -o "Dir::Etc::sourcelist=$work/apt/sources.list"
    -o Dir::Etc::sourceparts=/dev/null -o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts=/dev/null
    -o Dir::Log=/dev/null -o Debug::NoLocking=true -o APT::Sandbox::User= -o APT::Install-Recommends=false
    -o Acquire::Languages=none -o Acquire::Check-Valid-Until=false -o Acquire::Retries=3)
"${apt[@]}" update
"${apt[@]}" --download-only install "$@" >/dev/null

mkdir -p "$work"/root/usr/{bin,sbin,lib,lib64}
for name in bin sbin lib lib64; do ln -s "usr/$name" "$work/root/$name"; done
for archive in "$work"/apt/archives/*.deb; do
    dpkg-deb --fsys-tarfile "$archive" | tar -x -C "$work/root" --no-same-owner --keep-directory-symlink \
        --exclude='./usr/share/doc' --exclude='./usr/share/man' --exclude='./usr/share/locale' --exclude='./dev/*'
done
chmod -R a+rX "$work/root"
chmod 755 "$work/root"
mv -T "$work/root" "$root"
