# shellcheck shell=bash
# Installs what is missing, or says how.

# can_install: whether Debian packages may be installed without asking: by root, or where a CI service lets its user be root
can_install() {
    command -v apt-get >/dev/null && { [[ $(id -u) == 0 ]] || { [[ -n ${CI:-} ]] && sudo -n true 2>/dev/null; }; }
}

as_root() {
    if [[ $(id -u) == 0 ]]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

# apt_install PACKAGE…: installs Debian packages without starting any service that they contain: a
# service of the machine's own is not ours to run, and its port may be wanted
apt_install() {
    local policy=/usr/sbin/policy-rc.d added=
    say "   installing: $*"
    mkdir -p "$RUN/log"
    if [[ ! -e $policy ]]; then
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
        as_root chmod +x "$policy"
        added=1
    fi
    local failed=
    {
        # An unreachable third-party list must not stand in the way of Debian's own packages.
        as_root apt-get update -q || true
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" || failed=1
    } >"$RUN/log/apt.log" 2>&1 </dev/null
    [[ -z $added ]] || as_root rm -f "$policy"
    if [[ -n $failed ]]; then
        tail_of 20 "$RUN/log/apt.log"
        return 1
    fi
}

find_chromium() {
    local name
    for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
        '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'; do
        if [[ -n $name ]] && command -v "$name"; then
            return
        fi
    done
    return 1
}

# container_engine: prints the name of a container engine that answers
container_engine() {
    local engine
    for engine in docker podman; do
        if command -v "$engine" >/dev/null && "$engine" info >/dev/null 2>&1; then
            say "$engine"
            return
        fi
    done
    return 1
}

# A container alone would not do: clusters in tests and benchmarks are local processes.
has_redis() { command -v redis-server && command -v redis-benchmark; }

has_node() { command -v npm >/dev/null && node -e 'process.exit(process.versions.node.split(".")[0] >= 20 ? 0 : 1)'; }

has_prometheus() { command -v prometheus && command -v promtool; }

has_unzip() { command -v unzip || command -v bsdtar; }

# need WHAT WHY PACKAGES CHECK…: notes the Debian packages of what is missing
need() {
    local what=$1 why=$2 packages=$3
    shift 3
    if "$@" >/dev/null 2>&1; then
        say "   ok       $what"
        return
    fi
    say "   missing  $what: $why"
    MISSING+=("$what")
    # shellcheck disable=SC2206  # several packages in one word are meant to be split
    PACKAGES+=($packages)
}

check_needs() {
    MISSING=() PACKAGES=()
    need "JDK $JDK_MAJOR" 'builds and runs everything' "$(jdk_package)" find_jdk
    need 'unzip' 'the Maven wrapper unpacks Maven with it' unzip has_unzip
    need 'curl or wget' 'the Maven wrapper downloads Maven with it' curl command -v curl
    need 'Redis' 'the services talk through it, tests and benchmarks start it' redis-server has_redis
    need 'Node 20 and npm' "the tutorial's client and the browser tests" 'nodejs npm' has_node
    need 'Chromium' 'the browser tests' 'chromium' find_chromium
    need 'ShellCheck' './dev lint' 'shellcheck' command -v shellcheck
    need 'kubectl' './dev manifests, ./dev simulate and the tests of deployment' "$(kubectl_package)" command -v kubectl
    need 'Prometheus and promtool' './dev rules, and the test that has them watch an installation' 'prometheus' has_prometheus
}

# jdk_package: the distribution's package, where it has one
jdk_package() {
    local package=openjdk-$JDK_MAJOR-jdk-headless
    if command -v apt-cache >/dev/null && apt-cache show "$package" >/dev/null 2>&1; then
        say "$package"
    fi
}

# kubectl_package: of a source such as kubernetes.io describes, where there is one: Debian's own (kubernetes-client) is too
# old for components of Kustomize
kubectl_package() {
    if command -v apt-cache >/dev/null && apt-cache show kubectl >/dev/null 2>&1; then
        say kubectl
    fi
}

command_setup() {
    step 'what Fanfare needs'
    check_needs
    if ((${#MISSING[@]} > 0 && ${#PACKAGES[@]} > 0)) && can_install; then
        apt_install "${PACKAGES[@]}" || warn 'not everything could be installed'
        step 'what Fanfare needs, after installing'
        check_needs
    fi
    if ((${#MISSING[@]} == 0)); then
        say 'all there: ./dev run starts Fanfare, ./dev test runs the tests'
        return
    fi
    find_jdk >/dev/null || say "JDK $JDK_MAJOR: $JDK_HINT"
    if ((${#PACKAGES[@]} > 0)) && command -v apt-get >/dev/null; then
        say "Debian, Ubuntu: sudo apt-get install ${PACKAGES[*]}"
    elif ((${#PACKAGES[@]} > 0)); then
        say 'macOS: brew install openjdk@25 redis node shellcheck prometheus kubernetes-cli; brew install --cask chromium'
    fi
    return 1
}
