#!/bin/sh
# Starts a throwaway PostgreSQL in DIRECTORY and stays with it until its own input closes. That happens however the
# tests end, killed or not; the server is then stopped and nothing of it remains. A line of input restarts the server
# as after a crash.
#
# usage: guard.sh BIN DIRECTORY < (nothing, or "crash" lines)     its configuration is in DIRECTORY/settings.conf
set -eu

bin=$1
directory=$2
log=$directory/log

# PostgreSQL refuses to run as root.
if [ "$(id -u)" = 0 ]; then
    user=postgres
    id "$user" >/dev/null 2>&1 || user=nobody
    chown "$user" "$directory"
    as_owner() {
        setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups "$@"
    }
else
    as_owner() { "$@"; }
fi

control() {
    as_owner "$bin/pg_ctl" -s -w -t 120 -D "$directory/data" -l "$log" "$@"
}

clear_away() {
    control -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$directory"
}
trap clear_away EXIT
trap 'exit 1' HUP INT TERM

make_and_start() {
    as_owner "$bin/initdb" -D "$directory/data" -U postgres -A trust -E UTF8 --no-locale --no-sync &&
        cat "$directory/settings.conf" >>"$directory/data/postgresql.conf" &&
        control start
}

cd "$directory"
if ! make_and_start >"$directory/start" 2>&1; then
    cat "$directory/start" "$log" 2>/dev/null || true
    exit 1
fi

echo ready
while read -r _; do
    control -m immediate restart >"$directory/start" 2>&1
    echo ready
done
