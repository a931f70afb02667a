# shellcheck shell=bash
# Builds what is stale, on the JVM and natively.

# In the order in which they are started: the gateway last, so that the page it serves finds the rest.
SERVICES=(publisher-service telemetry-ingest gateway-service)

# What every service is made of besides its own sources.
SHARED_SOURCES=(pom.xml contract launch certificates tracing access messaging broker-redis)

is_service() {
    local service
    for service in "${SERVICES[@]}"; do
        [[ $service != "$1" ]] || return 0
    done
    return 1
}

# is_stale SERVICE STAMP: whether a source is newer than the stamp that the last build left
is_stale() {
    [[ -e $2 ]] || return 0
    local newer
    newer=$(find "${SHARED_SOURCES[@]}" "$1" \( -name target -o -name test \) -prune -o -type f -newer "$2" -print | head -n 1)
    [[ -n $newer ]]
}

# stale_services STAMP PRODUCT: the services whose PRODUCT (a pattern below target/) lacks or is older than its sources
stale_services() {
    local service
    for service in "${SERVICES[@]}"; do
        if is_stale "$service" "$service/target/$1" || ! compgen -G "$service/target/$2" >/dev/null; then
            say "$service"
        fi
    done
}

# build_services STAMP NAME SERVICE… -- MAVEN_ARGUMENT…: packages services; a source that changes meanwhile stays newer
build_services() {
    local stamp=$1 name=$2 service services=()
    shift 2
    while [[ $1 != -- ]]; do
        services+=("$1")
        shift
    done
    shift
    mkdir -p "$RUN"
    local begun=$RUN/build-begun
    : >"$begun"
    maven "$name" package -Dmaven.test.skip=true "$@" -am -pl "$(IFS=,; say "${services[*]}")" || return
    for service in "${services[@]}"; do
        touch -r "$begun" "$service/target/$stamp"
    done
    rm -f "$begun"
}

command_build() {
    local stale=()
    while IFS= read -r service; do
        stale+=("$service")
    done < <(stale_services .dev-jvm quarkus-app/quarkus-run.jar)
    if ((${#stale[@]} == 0)); then
        say 'the services are up to date'
        return
    fi
    step "building ${stale[*]}"
    build_services .dev-jvm build "${stale[@]}" --
}

command_native() {
    local stale=() service
    if (($# == 1)); then
        is_service "$1" || die "'$1' is no service; they are: ${SERVICES[*]}"
        stale=("$1")
    elif (($# == 0)); then
        while IFS= read -r service; do
            stale+=("$service")
        done < <(stale_services .dev-native '*-runner')
    else
        die "'native' takes at most one service"
    fi
    if ((${#stale[@]} == 0)); then
        say 'the native executables are up to date'
        return
    fi
    local builder
    builder=$(native_builder)
    # One after the other: each takes about 5 GB of memory at its peak.
    for service in "${stale[@]}"; do
        step "building $service natively, which takes minutes"
        # shellcheck disable=SC2086  # the builder is several arguments
        build_services .dev-native "native-$service" "$service" -- -Dquarkus.native.enabled=true $builder
        ls -l "$service"/target/*-runner
    done
}

# native_builder: prints the arguments that choose the builder, or ends with what to do
native_builder() {
    local engine
    if [[ -n ${GRAALVM_HOME:-} ]]; then
        [[ -x $GRAALVM_HOME/bin/native-image ]] || die "there is no bin/native-image in GRAALVM_HOME ($GRAALVM_HOME)"
        say -Dquarkus.native.container-build=false
    elif engine=$(container_engine); then
        say "-Dquarkus.native.container-build=true -Dquarkus.native.container-runtime=$engine"
    else
        die "a native build needs GRAALVM_HOME (Mandrel or GraalVM for JDK $JDK_MAJOR) or a running Docker or Podman"
    fi
}

command_fmt() {
    maven fmt spotless:apply
}

command_lint() {
    lint_scripts
    lint_workflows
    command_rules
    step 'format'
    maven lint spotless:check
}

lint_scripts() {
    step 'shell scripts'
    command -v shellcheck >/dev/null || die 'ShellCheck is missing: ./dev setup'
    local scripts=(dev .ci/* tools/dev/*.sh)
    shellcheck -x "${scripts[@]}"
    say "   ${#scripts[@]} scripts are clean"
}
