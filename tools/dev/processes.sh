# shellcheck shell=bash
# Starts, recognises and ends processes.

END_SECONDS=20 # a service stops within a few; after that it is killed

# command_of PID: prints the command line of a process, or fails when there is none
command_of() {
    if [[ -d /proc/self ]]; then
        tr '\0' ' ' 2>/dev/null <"/proc/$1/cmdline" | grep .
    else
        ps -p "$1" -o args=
    fi
}

# in_background LOG COMMAND…: starts a command that outlives this script and sets BACKGROUND_PID.
# With job control on (set -m) it gets a process group of its own, which a Ctrl-C here does not reach.
in_background() {
    local log=$1
    shift
    set -m
    nohup "$@" >"$log" 2>&1 </dev/null &
    BACKGROUND_PID=$!
    disown "$BACKGROUND_PID"
    set +m
}

# end_process PID: asks it to end, waits, and kills it after END_SECONDS
end_process() {
    kill "$1" 2>/dev/null || return 0
    local deadline=$((SECONDS + END_SECONDS))
    while is_alive "$1"; do
        if ((SECONDS > deadline)); then
            warn "process $1 does not end and is killed"
            kill -9 "$1" 2>/dev/null || true
        fi
        sleep 0.1
    done
}

# is_alive PID: whether it runs; a zombie, which only waits for its parent to look, does not
is_alive() {
    kill -0 "$1" 2>/dev/null && command_of "$1" >/dev/null
}
