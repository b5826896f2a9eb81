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
# What runs here ends before a profile of it pays; without one, building and testing take a quarter less processor time.
export DOTNET_TieredPGO=0

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
    bash tests/servers/start.sh "$servers" || [ -s "$servers/errors" ] || echo "Servers: start.sh failed" >>"$results/errors"
    cat "$servers/skips" >>"$results/skips" 2>/dev/null || true
    cat "$servers/errors" >>"$results/errors" 2>/dev/null || true
    if [ -e "$servers/servers.env" ]; then
        # shellcheck source=/dev/null
        source "$servers/servers.env"
    fi
}

# Ends what still runs when the run is stopped, and the servers, whose logs stay with the reports.
stop() {
    [ ${#names[@]} -eq 0 ] || kill "${!names[@]}" || true
    [ -n "$servers" ] || return 0
    local log
    mkdir -p "$results/servers"
    for log in "$servers"/*/log; do
        [ ! -e "$log" ] || cp "$log" "$results/servers/$(basename "$(dirname "$log")").log"
    done
    ! bash tests/servers/stop.sh "$servers" || rm -rf "$servers"
}

build() {
    local code=0 quick=()
    # The full run has the analyzers.
    [ "$mode" = full ] || quick=(-p:RunAnalyzersDuringBuild=false)
    dotnet build -c Release -v quiet -nodeReuse:false -p:UseSharedCompilation=true "${quick[@]}" || code=$?
    # The compiler's server would stay for ten minutes, and hold open what it has from us: pipes, locks.
    dotnet build-server shutdown --vbcscompiler >/dev/null || true
    return $code
}

# start NAME CODES COMMAND...: runs a part beside another; of its exit codes these are no error of their own.
declare -A names=() codes=()
start() {
    local name=$1 good=$2
    shift 2
    [ ${#names[@]} -lt 2 ] || finish
    timeout --kill-after=30s "$limit" "$@" </dev/null >"$results/$name.log" 2>&1 &
    names[$!]=$name codes[$!]=$good
}

# Waits for a part, prints what it said, and writes what went wrong beside the tests to $results/errors.
finish() {
    local part code=0 name
    wait -n -p part "${!names[@]}" || code=$?
    name=${names[$part]}
    echo "== $name"
    cat "$results/$name.log"
    case " ${codes[$part]} 124 137 " in
        *" $code "*) [ $code -lt 124 ] || echo "$name: stopped after $limit" >>"$results/errors" ;;
        *) echo "$name: ended with exit code $code" >>"$results/errors" ;;
    esac
    [ -s "$results/$name.xml" ] || [ -s "$results/$name.junit.xml" ] || echo "$name: left no report" >>"$results/errors"
    unset "names[$part]" "codes[$part]"
}

finish_all() {
    while [ ${#names[@]} -gt 0 ]; do finish; done
}

# One project's executable. 2: some failed, the report says which. 8: none ran, the least number catches it.
start_project() {
    start "$1" "0 2 8" "tests/$1/bin/Release/net10.0/$1" --no-ansi --progress off --output Minimal \
        --results-directory "$results" --report-xunit-xml --report-xunit-xml-filename "$1.xml" "${filter[@]}"
}

# The tests of the independent reader of the repository format. 1: some failed, the report says which.
start_reader() {
    start Reader "0 1" python3 -B tests/reader/test_reader.py --report "$results/Reader.junit.xml" "$@"
}

start_pester() {
    if ! command -v pwsh >/dev/null; then
        echo "Pester: pwsh is not on the PATH" >>"$results/skips"
    elif ! pwsh -NoProfile -NonInteractive -Command \
        'exit [int](-not (Get-Module -ListAvailable -Name Pester | Where-Object Version -ge ([version] "5.0")))' </dev/null; then
        echo "Pester: pwsh has no module Pester of version 5 or later" >>"$results/skips"
    else
        start Pester 0 pwsh -NoProfile -NonInteractive -File tests/Pester/run.ps1 -Report "$results/Pester.junit.xml" "$@"
    fi
}

install_missing
# The package serves the distribution's interpreter; another python3 that comes first on the PATH may lack it.
python3 -c 'import cryptography' 2>/dev/null || export PATH="/usr/bin:$PATH"
results=$PWD/artifacts/test-results
servers=
trap stop EXIT
rm -rf "$results"
mkdir -p "$results"

build

if [ "$mode" = full ]; then start_servers; fi

# Two parts at a time, the long ones first. What uses the servers has them and the machine for itself: some of it has pace.
if [ "$mode" = quick ]; then start_pester -ExcludeTag Slow,Server; else start_pester; fi
alone=()
for project in tests/*.Tests; do
    name=$(basename "$project")
    if [ "$mode" = full ] && grep -rqF --include='*.cs' '"Category", "Server"' "$project"; then
        alone+=("$name")
    elif [ "$mode" = full ] || [ "$name" != DataResilience.Integration.Tests ]; then
        start_project "$name"
    fi
done
if [ "$mode" = quick ]; then start_reader --quick; else start_reader; fi
for name in "${alone[@]}"; do
    finish_all
    start_project "$name"
done
finish_all

python3 tests/summary.py "$mode" "$results"
