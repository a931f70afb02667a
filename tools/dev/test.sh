# shellcheck shell=bash
# Runs the tests and counts what they did.

command_test() {
    local kind=all module='' started=$SECONDS failed=''
    while (($# > 0)); do
        case $1 in
            --all) kind=all ;;
            --unit) kind=unit ;;
            --native) kind=native ;;
            --containers) kind=containers ;;
            -*) die "'test' knows --unit, --native and --containers, not $1" ;;
            *) module=${1%/} ;;
        esac
        shift
    done
    [[ -z $module || -f $module/pom.xml ]] || die "there is no module '$module'"
    [[ $kind != native && $kind != containers || -z $module ]] || die "'test --$kind' takes no module: it runs scenarios of e2e"
    use_jdk
    forget_reports
    case $kind in
        unit) run_unit_tests "$module" || failed=1 ;;
        native) run_native_scenarios || failed=1 ;;
        containers) run_container_scenarios || failed=1 ;;
        all) run_all_tests "$module" || failed=1 ;;
    esac
    report_tests "$started" "$failed"
}

# Test failures do not end Maven, so that one run shows them all; the reports are counted in the end.
TEST_ARGUMENTS=(-Dmaven.test.failure.ignore=true)

run_unit_tests() {
    select_module "$1"
    step 'unit tests'
    maven test test "${TEST_ARGUMENTS[@]}" "${SELECTION[@]}"
}

run_all_tests() {
    if [[ -z $1 ]]; then
        step 'format'
        maven format spotless:check || return
    fi
    if [[ -z $1 || $1 == e2e ]]; then
        prepare_scenarios || return
    fi
    # In a run of everything the services are packaged before e2e's turn comes.
    [[ $1 != e2e ]] || command_build || return
    select_module "$1"
    step "${1:-unit, component and end-to-end} tests, with Redis from $(test_redis)"
    maven test verify -DskipITs=false "${TEST_ARGUMENTS[@]}" "${SELECTION[@]}"
}

run_native_scenarios() {
    prepare_scenarios || return
    command_native || return
    select_module e2e
    step "end-to-end tests against the native executables, with Redis from $(test_redis)"
    maven test-native verify -DskipITs=false -Dfanfare.e2e.native=true "${TEST_ARGUMENTS[@]}" "${SELECTION[@]}"
}

# run_container_scenarios: what a container engine runs, by the one class that is no *IT, because it needs an engine
run_container_scenarios() {
    container_engine >/dev/null || die 'the containers need a Docker or Podman that runs'
    docker compose version >/dev/null 2>&1 || die 'the containers need Docker Compose 2'
    step "the installation of compose.yaml, with images for ${FANFARE_KIND:-jvm}"
    maven test-containers verify -DskipITs=false "${TEST_ARGUMENTS[@]}" -pl e2e -am -Dtest=none \
        -Dit.test=ContainersCheck -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false
}

# select_module MODULE: sets SELECTION to the arguments that run its tests but not those of the modules
# that it needs; nothing for all modules
select_module() {
    local package
    case $1 in
        '') SELECTION=(-Dfanfare.all=true) && return ;;
        broker-redis) package=redis ;;
        gateway-service) package=gateway ;;
        publisher-service) package=publisher ;;
        telemetry-ingest) package=telemetry ;;
        *) package=$1 ;;
    esac
    SELECTION=(-pl "$1" -am "-Dtest=dev/fanfare/$package/**/*Test" "-Dit.test=dev/fanfare/$package/**/*IT"
        -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false)
}

test_redis() {
    local engine
    if engine=$(container_engine); then
        say "Testcontainers ($engine)"
    else
        redis-server --version | cut -d ' ' -f 1-3
    fi
}

# prepare_scenarios: finds the browser, and installs the packages of the Node programs among the scenarios
# where the lock file is newer than what is installed
prepare_scenarios() {
    local lock folder
    CHROMIUM=$(find_chromium) || die 'Chromium is missing: ./dev setup'
    export CHROMIUM
    for lock in e2e/*/package-lock.json; do
        folder=${lock%/*}
        [[ $lock -nt $folder/node_modules/.package-lock.json ]] || continue
        step "packages of $folder"
        command -v npm >/dev/null || die 'npm is missing: ./dev setup'
        (cd "$folder" && npm ci --no-audit --no-fund --loglevel=error) || return
        # npm keeps the time of an older installation where nothing changed.
        touch "$folder/node_modules/.package-lock.json"
    done
}

report_files() {
    compgen -G '*/target/surefire-reports/TEST-*.xml' || true
    compgen -G '*/target/failsafe-reports/TEST-*.xml' || true
    compgen -G 'e2e/target/node-reports/*.xml' || true
}

forget_reports() {
    report_files | while IFS= read -r file; do rm -f "$file"; done
}

# report_tests SINCE FAILED: counts every report and ends with `N passed, N failed`. Fails when a test failed or
# was skipped, when there was none, or when FAILED says that the run broke.
report_tests() {
    local passed=0 failed=0 skipped=0 file counts p f s
    step "results after $(elapsed "$1")"
    while IFS= read -r file; do
        counts=$(count_report "$file")
        read -r p f s <<<"$counts"
        passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
        ((f + s == 0)) || say "   $f failed, $s skipped in $file"
    done < <(report_files)
    [[ -z $2 ]] || warn 'the run broke before all tests were done'
    ((skipped == 0)) || warn "$skipped tests were skipped; a skipped test counts as a failure"
    ((passed + failed > 0)) || warn 'no test ran'
    say "$passed passed, $((failed + skipped)) failed"
    [[ -z $2 ]] && ((failed + skipped == 0 && passed > 0))
}

# count_report FILE: prints passed, failed and skipped of a JUnit report, as Surefire and Node write it:
# an element per line. Counted one by one, because Node's has no sums.
count_report() {
    awk '
        /^[[:space:]]*<testcase[ >]/ { all++ }
        /^[[:space:]]*<(failure|error)[ >]/ { failed++ }
        /^[[:space:]]*<skipped[ \/>]/ { skipped++ }
        END { print all - failed - skipped, failed + 0, skipped + 0 }
    ' "$1"
}

command_ci() {
    lint_scripts
    lint_workflows
    command_rules
    command_manifests
    command_test --all
}
