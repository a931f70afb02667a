# shellcheck shell=bash
# What ./dev prints.

say() { printf '%s\n' "$*"; }

step() { printf '\n── %s\n' "$*"; }

warn() { printf 'dev: %s\n' "$*" >&2; }

die() {
    warn "$@"
    exit 1
}

# elapsed SINCE: time since $SECONDS was SINCE, as m:ss
elapsed() {
    local seconds=$((SECONDS - $1))
    printf '%d:%02d' $((seconds / 60)) $((seconds % 60))
}

# tail_of LINES FILE: the end of a log, indented, for the terminal
tail_of() {
    [[ -s $2 ]] || return 0
    say "   last lines of ${2#"$ROOT"/}:"
    tail -n "$1" "$2" | sed 's/^/   | /'
}
