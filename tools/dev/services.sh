# shellcheck shell=bash
# Starts and ends a local installation.
#
# .run/SERVICE.pid holds the process id and the port of a service that we started, .run/SERVICE.log its
# output. A process is ours when its command line names our .run folder: ids are used again, and a
# stale file must never cost somebody else's process its life.

READY_SECONDS=120 # an idle machine needs 3 to 6, one that is busy building many times that

configured_port() {
    case $1 in
        gateway-service) say "${GATEWAY_PORT:-8080}" ;;
        publisher-service) say "${PUBLISHER_PORT:-8081}" ;;
        telemetry-ingest) say "${TELEMETRY_PORT:-8082}" ;;
    esac
}

# running_pid SERVICE: prints the id of its process, or fails when it does not run
running_pid() {
    local pid
    [[ -s $RUN/$1.pid ]] || return 1
    read -r pid _ <"$RUN/$1.pid"
    [[ $(command_of "$pid") == *"-Ddev.run=$RUN "* ]] || return 1
    say "$pid"
}

# port_of SERVICE: the port at which it runs, or at which it would be started
port_of() {
    local port
    if running_pid "$1" >/dev/null; then
        read -r _ port <"$RUN/$1.pid"
        say "$port"
    else
        configured_port "$1"
    fi
}

is_ready() {
    [[ $(http_status "$(port_of "$1")" /q/health/ready) == 200 ]]
}

check_ports() {
    local service port taken=
    for service in "${SERVICES[@]}"; do
        running_pid "$service" >/dev/null && continue
        port=$(configured_port "$service")
        if accepts 127.0.0.1 "$port"; then
            warn "port $port, wanted for $service, is held by $(port_holder "$port")"
            taken=1
        fi
    done
    [[ -z $taken ]] || die 'free the port, or choose others: GATEWAY_PORT, PUBLISHER_PORT, TELEMETRY_PORT'
}

# What those may do who send no token, in an installation for trying things out.
EVERYTHING='{"*":["subscribe","publish","presence","history"]}'

start_service() {
    local port
    port=$(configured_port "$1")
    GATEWAY_PORT=$port PUBLISHER_PORT=$port TELEMETRY_PORT=$port FANFARE_REDIS=$REDIS_URL \
        FANFARE_ACCESS_ANONYMOUS=${FANFARE_ACCESS_ANONYMOUS-$EVERYTHING} \
        FANFARE_ACCESS_ADMIN_SECRET_FILE=${FANFARE_ACCESS_ADMIN_SECRET_FILE-$KEYS/admin} \
        FANFARE_ACCESS_ISSUERS_FANFARE_ISSUER=fanfare \
        FANFARE_ACCESS_ISSUERS_FANFARE_AUDIENCE=fanfare \
        FANFARE_ACCESS_ISSUERS_FANFARE_JWKS=redis \
        FANFARE_PUBLISHER_TOKENS_SIGNING_FOLDER=${FANFARE_PUBLISHER_TOKENS_SIGNING_FOLDER-$KEYS/signing} \
        QUARKUS_HTTP_HOST=127.0.0.1 QUARKUS_LOG_CONSOLE_JSON_ENABLED=false \
        in_background "$RUN/$1.log" "$JAVA_HOME/bin/java" --sun-misc-unsafe-memory-access=allow \
        --enable-native-access=ALL-UNNAMED "-Ddev.run=$RUN" -jar "$1/target/quarkus-app/quarkus-run.jar"
    say "$BACKGROUND_PID $port" >"$RUN/$1.pid"
}

# await_ready: waits until every service is ready; shows which are, and why one is not
await_ready() {
    local started=$SECONDS service waiting=("${SERVICES[@]}") still
    while ((${#waiting[@]} > 0)); do
        still=()
        for service in "${waiting[@]}"; do
            if is_ready "$service"; then
                say "   $service is ready after $(elapsed "$started")"
            elif ! running_pid "$service" >/dev/null; then
                warn "$service has ended"
                tail_of 30 "$RUN/$service.log"
                return 1
            else
                still+=("$service")
            fi
        done
        ((${#still[@]} > 0)) || return 0
        waiting=("${still[@]}")
        if ((SECONDS - started > READY_SECONDS)); then
            for service in "${waiting[@]}"; do
                warn "$service was not ready within $READY_SECONDS s"
                tail_of 30 "$RUN/$service.log"
            done
            return 1
        fi
        sleep 0.2
    done
}

start_all() {
    local service
    check_ports
    use_jdk
    command_build
    mkdir -p "$RUN"
    step 'starting'
    provide_redis
    provide_keys
    for service in "${SERVICES[@]}"; do
        running_pid "$service" >/dev/null || start_service "$service"
    done
    if ! await_ready; then
        command_down
        die 'not started; the logs stay in .run/'
    fi
    print_addresses
}

print_addresses() {
    local gateway publisher telemetry
    gateway=http://localhost:$(port_of gateway-service)
    publisher=http://localhost:$(port_of publisher-service)
    telemetry=http://localhost:$(port_of telemetry-ingest)
    cat <<EOF_ADDRESSES

Fanfare runs.

  demo page     $gateway/
  subscribe     ${gateway/http/ws}/ws
  publish       curl -H 'Content-Type: application/json' -d '{"data":"hello"}' $publisher/v1/channels/demo/messages
  API keys      ./dev key create shop '{"demo":["subscribe","publish"]}'   then  ./dev key help
  API           $publisher/q/openapi
  metrics       $gateway/q/metrics   $publisher/q/metrics   $telemetry/q/metrics
  health        $gateway/q/health    $publisher/q/health    $telemetry/q/health
  redis         ${REDIS_URL/:\/\/*@/:\/\/…@}
EOF_ADDRESSES
    if [[ ${FANFARE_ACCESS_ANONYMOUS-$EVERYTHING} != '{}' ]]; then
        warn "open to strangers: whoever reaches these ports may do ${FANFARE_ACCESS_ANONYMOUS-$EVERYTHING}
   (for trials on this machine; set FANFARE_ACCESS_ANONYMOUS to something else, '{}' for nothing)"
    fi
}

running_count() {
    local service count=0
    for service in "${SERVICES[@]}"; do
        running_pid "$service" >/dev/null && count=$((count + 1))
    done
    say "$count"
}

command_up() {
    if [[ $(running_count) == "${#SERVICES[@]}" ]]; then
        say 'it runs already'
        command_status
        return
    fi
    start_all
    say '
Logs are in .run/; ./dev down ends it.'
}

command_run() {
    [[ $(running_count) == 0 ]] || die 'it runs already in the background: ./dev status, ./dev down'
    # Whatever ends this script ends the services. A second Ctrl-C must not cut the ending short.
    trap 'trap "" INT TERM HUP; stop_tails; command_down' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    start_all
    say '
Ctrl-C ends it. The logs:
'
    follow_logs
    while [[ $(running_count) == "${#SERVICES[@]}" ]]; do
        # In the background, because Bash runs a trap only after a foreground command.
        sleep 1 &
        wait $! || true
    done
    die 'a service has ended by itself'
}

TAILS=()

follow_logs() {
    local service
    for service in "${SERVICES[@]}"; do
        # A loop of Bash, because sed and some awks hold lines back when they do not use a terminal.
        tail -n +1 -F "$RUN/$service.log" 2>/dev/null > >(
            while IFS= read -r line; do printf '%-9s | %s\n' "${service%%-*}" "$line"; done
        ) &
        TAILS+=($!)
    done
}

stop_tails() {
    ((${#TAILS[@]} == 0)) || kill "${TAILS[@]}" 2>/dev/null || true
}

command_down() {
    local service pid pids=()
    if [[ $(running_count) == 0 ]] && ! is_own_redis_running; then
        say 'nothing runs'
    else
        step 'ending'
    fi
    for service in "${SERVICES[@]}"; do
        if pid=$(running_pid "$service"); then
            # All are asked before the first is waited for.
            kill "$pid" 2>/dev/null || true
            pids+=("$pid")
        fi
    done
    for pid in ${pids[@]+"${pids[@]}"}; do
        end_process "$pid"
    done
    ((${#pids[@]} == 0)) || say "   ${#pids[@]} services ended"
    for service in "${SERVICES[@]}"; do
        rm -f "$RUN/$service.pid"
    done
    stop_own_redis
}

command_status() {
    local service pid ready=0
    for service in "${SERVICES[@]}"; do
        if ! pid=$(running_pid "$service"); then
            printf '%-18s does not run\n' "$service"
        elif is_ready "$service"; then
            printf '%-18s ready, process %s, port %s\n' "$service" "$pid" "$(port_of "$service")"
            ready=$((ready + 1))
        else
            printf '%-18s not ready, process %s, port %s\n' "$service" "$pid" "$(port_of "$service")"
        fi
    done
    if is_own_redis_running; then
        read -r REDIS_URL _ <"$RUN/redis"
        printf '%-18s %s\n' 'redis (own)' "$REDIS_URL"
    else
        REDIS_URL=${FANFARE_REDIS:-none}
    fi
    ((ready == ${#SERVICES[@]})) || return 1
    print_addresses
}
