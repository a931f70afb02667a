# shellcheck shell=bash
# Ports and requests, by Bash's own /dev/tcp, so that no tool needs to be installed.

# accepts HOST PORT: whether somebody accepts connections there
accepts() {
    (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null
}

# free_port: prints a local port at which nobody listens
free_port() {
    local port
    while true; do
        port=$((20000 + RANDOM % 12000))
        if ! accepts 127.0.0.1 "$port"; then
            say "$port"
            return
        fi
    done
}

# http_status PORT PATH: prints the status of a local GET, or nothing when there is no answer
http_status() {
    (
        exec 3<>"/dev/tcp/127.0.0.1/$1"
        printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$2" >&3
        IFS=' ' read -r -t 3 _ status _ <&3
        say "$status"
    ) 2>/dev/null || true
}

# port_holder PORT: prints who listens at a local port, as far as this user may know
port_holder() {
    local pid
    pid=$(listener_pid "$1")
    if [[ -n $pid ]]; then
        say "process $pid ($(command_of "$pid" | cut -c 1-100))"
    else
        say "a process of another user"
    fi
}

listener_pid() {
    if [[ ! -r /proc/net/tcp ]]; then
        lsof -t -nP -iTCP:"$1" -sTCP:LISTEN 2>/dev/null | head -n 1 || true
        return
    fi
    # Column 2 is address:port in hexadecimal, column 4 the state (0A = listening), column 10 the inode.
    local hex inode fd
    hex=$(printf ':%04X' "$1")
    inode=$(cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
        awk -v port="$hex" '$4 == "0A" && substr($2, length($2) - 4) == port { print $10; exit }')
    [[ -n $inode ]] || return 0
    for fd in /proc/[0-9]*/fd/*; do
        if [[ $(readlink "$fd" 2>/dev/null) == "socket:[$inode]" ]]; then
            fd=${fd#/proc/}
            say "${fd%%/*}"
            return
        fi
    done
}
