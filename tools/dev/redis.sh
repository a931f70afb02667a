# shellcheck shell=bash
# The Redis of a local installation: the one that FANFARE_REDIS names, or our own.
#
# What we started is noted in .run/redis: the URL, `process` or the container engine, and its id.

REDIS_IMAGE=docker.io/valkey/valkey:8-alpine

# provide_redis: makes REDIS_URL that of a Redis that answers
provide_redis() {
    if [[ -n ${FANFARE_REDIS:-} ]]; then
        REDIS_URL=$FANFARE_REDIS
        check_given_redis
    elif is_own_redis_running; then
        read -r REDIS_URL _ <"$RUN/redis"
    else
        start_own_redis
    fi
}

# check_given_redis: fails early and by name, not as three services that never become ready
check_given_redis() {
    local address=${REDIS_URL#*://}
    address=${address##*@}
    address=${address%%[/?,]*}
    local host=${address%:*} port=6379
    [[ $address != *:* ]] || port=${address##*:}
    accepts "$host" "$port" || die "nobody answers at $host:$port, where FANFARE_REDIS points"
    say "   redis: the given one at $host:$port"
}

start_own_redis() {
    local port engine
    port=$(free_port)
    REDIS_URL=redis://127.0.0.1:$port
    if command -v redis-server >/dev/null; then
        start_redis_process "$port"
    elif engine=$(container_engine); then
        start_redis_container "$engine" "$port"
    elif can_install; then
        apt_install redis-server || die 'redis-server could not be installed'
        start_redis_process "$port"
    else
        die "there is no Redis: install redis-server or Docker (./dev setup says how), or set FANFARE_REDIS"
    fi
    await_redis "$port"
}

start_redis_process() {
    mkdir -p "$RUN/redis-data"
    in_background "$RUN/redis.log" \
        redis-server --port "$1" --bind 127.0.0.1 --save '' --appendonly no --dir "$RUN/redis-data"
    say "$REDIS_URL process $BACKGROUND_PID" >"$RUN/redis"
    say "   redis: redis-server at port $1, without persistence"
}

start_redis_container() {
    local id
    id=$("$1" run --detach --rm --publish "127.0.0.1:$2:6379" "$REDIS_IMAGE" \
        valkey-server --save '' --appendonly no) || die "the container engine could not start $REDIS_IMAGE"
    say "$REDIS_URL $1 $id" >"$RUN/redis"
    say "   redis: container $REDIS_IMAGE at port $2, without persistence"
}

await_redis() {
    local deadline=$((SECONDS + 20))
    until redis_answers "$1"; do
        if ((SECONDS > deadline)); then
            tail_of 20 "$RUN/redis.log"
            stop_own_redis
            die "Redis did not answer at port $1 within 20 s"
        fi
        sleep 0.1
    done
}

redis_answers() {
    (
        exec 3<>"/dev/tcp/127.0.0.1/$1"
        printf 'PING\r\n' >&3
        IFS= read -r -t 2 reply <&3
        [[ $reply == +PONG* ]]
    ) 2>/dev/null
}

# is_own_redis_running: whether what .run/redis notes is still there and still ours. redis-server puts
# its address into its command line, which no other process with a recycled id will have.
is_own_redis_running() {
    local url kind id
    [[ -s $RUN/redis ]] || return 1
    read -r url kind id <"$RUN/redis"
    if [[ $kind == process ]]; then
        [[ $(command_of "$id") == redis-server*":${url##*:}"* ]]
    else
        [[ $("$kind" inspect --format '{{.State.Running}}' "$id" 2>/dev/null) == true ]]
    fi
}

stop_own_redis() {
    local kind id
    if is_own_redis_running; then
        read -r _ kind id <"$RUN/redis"
        if [[ $kind == process ]]; then
            end_process "$id"
        else
            "$kind" stop "$id" >/dev/null
        fi
        say '   redis ended'
    fi
    rm -rf "$RUN/redis" "$RUN/redis-data"
}
