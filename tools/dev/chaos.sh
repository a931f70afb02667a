# shellcheck shell=bash
# Plays the chaos of e2e with as many seeds as wanted.

CHAOS_SEEDS=10

# command_chaos [--seeds N [--first N] | --seed N] [--topology NAME] [--side-by-side]
command_chaos() {
    local topology='*' which=-Dfanfare.chaos.seeds=$CHAOS_SEEDS first=1 forks=1 started=$SECONDS failed=''
    while (($# > 0)); do
        if [[ $1 == --side-by-side ]]; then
            forks=3
            shift
            continue
        fi
        (($# > 1)) || die "$1 wants a value; 'chaos' knows --seeds N, --first N, --seed N, --topology NAME, --side-by-side"
        case $1 in
            --seeds) which=-Dfanfare.chaos.seeds=$(whole_number "$1" "$2") ;;
            --first) first=$(whole_number "$1" "$2") ;;
            --seed) which=-Dfanfare.chaos.seed=$(whole_number "$1" "$2") ;;
            --topology)
                case $2 in
                    single | sentinel | cluster) topology=${2^} ;;
                    *) die "there is no topology '$2'; they are: single, sentinel, cluster" ;;
                esac
                ;;
            *) die "'chaos' knows --seeds N, --first N, --seed N, --topology NAME and --side-by-side, not $1" ;;
        esac
        shift 2
    done
    use_jdk
    command_build || return
    forget_reports
    step 'chaos: a line per seed, then the sums of each topology'
    maven chaos verify -DskipITs=false "${TEST_ARGUMENTS[@]}" -pl e2e -am -Dtest=none \
        "-Dit.test=${topology}ChaosIT" "$which" "-Dfanfare.chaos.first=$first" -Dsurefire.failIfNoSpecifiedTests=false \
        "-DforkCount=$forks" -Dfailsafe.failIfNoSpecifiedTests=false || failed=1
    grep -hE '^chaos ' "$RUN/log/chaos.log" | grep -E 'rounds:|faults:' || true
    report_tests "$started" "$failed"
}

whole_number() {
    [[ $2 =~ ^[1-9][0-9]{0,8}$ ]] || die "$1 wants a whole number from 1, not '$2'"
    say "$2"
}
