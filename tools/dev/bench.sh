# shellcheck shell=bash
# Runs the benchmarks.

# Name, main class, and the question that it answers.
BENCHMARKS=(
    'publish  dev.fanfare.benchmarks.publish.PublishBenchmark  how near our publisher comes to the bare script'
    'http     dev.fanfare.benchmarks.http.HttpBenchmark        what a publish over HTTP costs, beside the bare class and Express'
    'fanout   dev.fanfare.benchmarks.fanout.FanoutBenchmark    what one delivery costs the server, beside other servers'
    'ladder   dev.fanfare.benchmarks.ladder.LadderBenchmark    what each layer between Redis and a client adds'
    'micro    dev.fanfare.benchmarks.micro.MicroBenchmark      what single steps on the path of a message cost'
    'idle     dev.fanfare.benchmarks.idle.IdleBenchmark        what connections cost that do nothing'
    'churn    dev.fanfare.benchmarks.churn.ChurnBenchmark      whether everything is given back by clients that come and go'
    'stalled  dev.fanfare.benchmarks.stalled.StalledBenchmark  what clients that have stopped to read cost the others'
    'revoke   dev.fanfare.benchmarks.revoke.RevokeBenchmark    how long those who are revoked stay connected'
    'capacity dev.fanfare.benchmarks.capacity.CapacityBenchmark  what an installation needs for so many connections and messages'
    'builds   dev.fanfare.benchmarks.builds.BuildsBenchmark      native executables beside the JVM: size, start, memory, work'
    'rolling  dev.fanfare.benchmarks.moves.RollingBenchmark    what clients notice of a rolling restart, and of a crash'
    'scaleup  dev.fanfare.benchmarks.moves.ScaleUpBenchmark    how soon gateways that are added have their share'
)

# What is not ours and not in a repository of Maven: for all worktrees of this user.
BENCH_CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/fanfare-bench

command_bench() {
    local name=${1:-} class
    case $name in
        '') die "'bench' takes the name of a benchmark; ./dev bench --list names them" ;;
        --list)
            (($# == 1)) || die "'bench --list' takes no options: ${*:2}"
            list_benchmarks
            return
            ;;
        setup)
            (($# == 1)) || die "'bench setup' takes no options: ${*:2}"
            bench_setup
            return
            ;;
        -*) die "'bench' takes the name of a benchmark first, not $name; ./dev bench --list names them" ;;
    esac
    shift
    class=$(benchmark_class "$name") || die "there is no benchmark '$name'; ./dev bench --list names them"
    # What is measured is what is checked out.
    command_build
    warn_of_stale_executables
    step "building the benchmarks"
    maven bench process-classes -Dmaven.test.skip=true -pl benchmarks -am
    step "benchmark $name"
    in_own_network "$JAVA_HOME/bin/java" --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED \
        -Djava.util.logging.manager=org.jboss.logmanager.LogManager "-Dfanfare.commit=$(commit_name)" \
        "-Dfanfare.bench.cache=$BENCH_CACHE" \
        -cp "benchmarks/target/classes:$(<benchmarks/target/classpath)" "$class" "$@"
}

warn_of_stale_executables() {
    local service
    while IFS= read -r service; do
        ! compgen -G "$service/target/*-runner" >/dev/null \
            || warn "the native executable of $service is older than its sources: ./dev native $service"
    done < <(stale_services .dev-native '*-runner')
}

# in_own_network COMMAND…: runs it, as root, where there is nothing but a loopback interface of its own. The firewall
# rules of this machine, such as those of a container engine, would be measured with every packet.
in_own_network() {
    if [[ $(id -u) == 0 ]] && command -v ip >/dev/null && unshare --net true 2>/dev/null; then
        unshare --net bash -c 'ip link set lo up && exec "$@"' bash "$@"
    else
        "$@"
    fi
}

list_benchmarks() {
    local name question
    while read -r name _ question; do
        printf '%-10s %s\n' "$name" "$question"
    done < <(printf '%s\n' "${BENCHMARKS[@]}")
    printf '%-10s %s\n' setup 'not a benchmark: brings the servers with which fanout, idle and http compare us, and a proxy'
}

# benchmark_class NAME: prints the main class, or fails
benchmark_class() {
    local name class
    while read -r name class _; do
        if [[ $name == "$1" ]]; then
            say "$class"
            return
        fi
    done < <(printf '%s\n' "${BENCHMARKS[@]}")
    return 1
}

# commit_name: prints what is checked out, with a mark when it was changed since
commit_name() {
    git describe --always --dirty --abbrev=12 --exclude='*' 2>/dev/null || say unknown
}

# bench_setup: brings the servers of others; one that cannot be had is reported, not fatal
bench_setup() {
    mkdir -p "$BENCH_CACHE" "$RUN/log"
    step "servers to compare with, in $BENCH_CACHE"
    setup_node_servers || warn "the servers in Node are missing; see ${RUN#"$ROOT"/}/log/bench-setup.log"
    setup_debian_servers || warn "Nchan, NATS or HAProxy is missing; see ${RUN#"$ROOT"/}/log/bench-setup.log"
}

setup_node_servers() {
    has_node || {
        warn 'Node 20 and npm are missing: ./dev setup'
        return 1
    }
    mkdir -p "$BENCH_CACHE/node"
    cp benchmarks/peers/package.json "$BENCH_CACHE/node/"
    (cd "$BENCH_CACHE/node" && npm install --no-audit --no-fund --no-package-lock) \
        >"$RUN/log/bench-setup.log" 2>&1 </dev/null || return
    say '   ok       ws, ioredis, Express, Socket.IO and its Redis adapter'
}

# setup_debian_servers: unpacks packages without installing them, so that no service of the machine changes
setup_debian_servers() {
    if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
        warn 'Nchan, NATS and HAProxy come from Debian packages: apt-get and dpkg-deb are needed'
        return 1
    fi
    mkdir -p "$BENCH_CACHE/packages" "$BENCH_CACHE/debian"
    (
        cd "$BENCH_CACHE/packages"
        rm -f ./*.deb
        [[ $(id -u) != 0 ]] || apt-get update -q || true
        apt-get download nginx libnginx-mod-nchan nats-server \
            haproxy liblua5.3-0 libopentracing-c-wrapper0 libopentracing1
        for package in ./*.deb; do
            dpkg-deb -x "$package" "$BENCH_CACHE/debian"
        done
        # Nchan opens a folder in it whatever its configuration says.
        mkdir -p /var/lib/nginx || printf 'run as root: mkdir -p /var/lib/nginx\n'
    ) >>"$RUN/log/bench-setup.log" 2>&1 </dev/null || return
    say '   ok       nginx with Nchan, NATS, HAProxy'
}
