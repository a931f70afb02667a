# shellcheck shell=bash
# Runs the benchmarks.

# Name, main class, and the question that it answers.
BENCHMARKS=(
    'publish  dev.fanfare.benchmarks.publish.PublishBenchmark  how near our publisher comes to the bare script'
)

command_bench() {
    local name=${1:-} class
    case $name in
        '') die "'bench' takes the name of a benchmark; ./dev bench --list names them" ;;
        --list)
            (($# == 1)) || die "'bench --list' takes no options: ${*:2}"
            list_benchmarks
            return
            ;;
        -*) die "'bench' takes the name of a benchmark first, not $name; ./dev bench --list names them" ;;
    esac
    shift
    class=$(benchmark_class "$name") || die "there is no benchmark '$name'; ./dev bench --list names them"
    step "building the benchmarks"
    maven bench process-classes -Dmaven.test.skip=true -pl benchmarks -am
    step "benchmark $name"
    "$JAVA_HOME/bin/java" --sun-misc-unsafe-memory-access=allow \
        -Djava.util.logging.manager=org.jboss.logmanager.LogManager "-Dfanfare.commit=$(commit_name)" \
        -cp "benchmarks/target/classes:$(<benchmarks/target/classpath)" "$class" "$@"
}

list_benchmarks() {
    local name question
    while read -r name _ question; do
        printf '%-10s %s\n' "$name" "$question"
    done < <(printf '%s\n' "${BENCHMARKS[@]}")
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
