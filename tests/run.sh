#!/usr/bin/env bash
# The one test command on Debian and Ubuntu: installs what is missing, builds, runs every test, adds up.
#
#   bash tests/run.sh           everything
#   bash tests/run.sh --quick   no server, nothing marked Category=Server or Category=Slow: under two minutes
#
# The last line is "N passed, N failed, N skipped". See CONTRIBUTING.md for skips and the least number of tests.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

mode=full
limit=45m
filter=()
for argument in "$@"; do
    case "$argument" in
        --quick) mode=quick limit=5m filter=(--filter-not-trait Category=Slow Category=Server) ;;
        *) echo "usage: bash tests/run.sh [--quick]" >&2; exit 2 ;;
    esac
done

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

install_missing() {
    local packages=()
    command -v sqlite3 >/dev/null || packages+=(sqlite3)
    command -v python3 >/dev/null || packages+=(python3)
    python3 -c 'import cryptography' 2>/dev/null || packages+=(python3-cryptography)
    python3 -c 'import ctypes; ctypes.CDLL("libzstd.so.1")' 2>/dev/null || packages+=(libzstd1)
    python3 -c 'import ctypes; ctypes.CDLL("libxxhash.so.0")' 2>/dev/null || packages+=(libxxhash0)
    [ ${#packages[@]} -gt 0 ] || return 0
    if ! command -v apt-get >/dev/null; then
        echo "missing, and no apt-get to install it with: ${packages[*]}" >&2
        return 1
    fi
    local root=()
    [ "$(id -u)" -eq 0 ] || root=(sudo)
    echo "installing ${packages[*]}"
    "${root[@]}" apt-get update -qq
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
}

# Real servers, in a directory of their own. What cannot be had here is a skip by the server's name, what does not start is
# an error; the tests that want it skip themselves.
start_servers() {
    echo "== Servers"
    servers=$(mktemp -d)
    trap stop_servers EXIT
    bash tests/servers/start.sh "$servers" || [ -s "$servers/errors" ] || echo "Servers: start.sh failed" >>"$results/errors"
    cat "$servers/skips" >>"$results/skips" 2>/dev/null || true
    cat "$servers/errors" >>"$results/errors" 2>/dev/null || true
    if [ -e "$servers/servers.env" ]; then
        # shellcheck source=/dev/null
        source "$servers/servers.env"
    fi
}

# Their logs stay with the reports.
stop_servers() {
    local log
    mkdir -p "$results/servers"
    for log in "$servers"/*/log; do
        [ ! -e "$log" ] || cp "$log" "$results/servers/$(basename "$(dirname "$log")").log"
    done
    ! bash tests/servers/stop.sh "$servers" || rm -rf "$servers"
}

# One project's executable; its report goes to $results, and what went wrong beside the tests to $results/errors.
run_project() {
    local name=$1 code=0
    echo "== $name"
    timeout --kill-after=30s "$limit" "tests/$name/bin/Release/net10.0/$name" --no-ansi --progress off --output Minimal \
        --results-directory "$results" --report-xunit-xml --report-xunit-xml-filename "$name.xml" \
        "${filter[@]}" </dev/null || code=$?
    case $code in
        0 | 2 | 8) ;; # all passed, some failed (the report says which), none ran (the least number catches it)
        124 | 137) echo "$name: stopped after $limit" >>"$results/errors" ;;
        *) echo "$name: ended with exit code $code" >>"$results/errors" ;;
    esac
    [ -s "$results/$name.xml" ] || echo "$name: left no report" >>"$results/errors"
}

# The tests of the independent reader of the repository format.
run_reader() {
    echo "== Reader"
    local code=0
    timeout --kill-after=30s "$limit" python3 -B tests/reader/test_reader.py --report "$results/Reader.junit.xml" "$@" </dev/null || code=$?
    [ $code -le 1 ] || echo "Reader: ended with exit code $code" >>"$results/errors" # 1: some failed, the report says which
    [ -s "$results/Reader.junit.xml" ] || echo "Reader: left no report" >>"$results/errors"
}

run_pester() {
    echo "== Pester"
    if ! command -v pwsh >/dev/null; then
        echo "Pester: pwsh is not on the PATH" >>"$results/skips"
    elif ! pwsh -NoProfile -NonInteractive -Command \
        'exit [int](-not (Get-Module -ListAvailable -Name Pester | Where-Object Version -ge ([version] "5.0")))' </dev/null; then
        echo "Pester: pwsh has no module Pester of version 5 or later" >>"$results/skips"
    else
        timeout --kill-after=30s "$limit" pwsh -NoProfile -NonInteractive -File tests/Pester/run.ps1 \
            -Report "$results/Pester.junit.xml" "$@" </dev/null || echo "Pester: ended with exit code $?" >>"$results/errors"
        [ -s "$results/Pester.junit.xml" ] || echo "Pester: left no report" >>"$results/errors"
    fi
}

install_missing
# The package serves the distribution's interpreter; another python3 that comes first on the PATH may lack it.
python3 -c 'import cryptography' 2>/dev/null || export PATH="/usr/bin:$PATH"
results=$PWD/artifacts/test-results
rm -rf "$results"
mkdir -p "$results"

dotnet build -c Release -v quiet

if [ "$mode" = full ]; then start_servers; fi

for project in tests/*.Tests; do
    name=$(basename "$project")
    [ "$mode" = quick ] && [ "$name" = DataResilience.Integration.Tests ] && continue
    run_project "$name"
done

if [ "$mode" = quick ]; then
    run_reader --quick
    run_pester -ExcludeTag Slow,Server
else
    run_reader
    run_pester
fi

python3 tests/summary.py "$mode" "$results"
