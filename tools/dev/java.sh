# shellcheck shell=bash
# Finds the JDK and runs Maven with it.

JDK_MAJOR=25

# is_jdk HOME: whether HOME is a JDK (not a mere runtime) of our major version. Reads its release file
# instead of starting it, which would cost a second for a dozen candidates.
is_jdk() {
    [[ -x $1/bin/javac ]] && grep -qs "^JAVA_VERSION=\"${JDK_MAJOR}[.\"]" "$1/release"
}

# jdk_candidates: folders in which a JDK may be, the user's own choice first
jdk_candidates() {
    local java
    [[ -z ${JAVA_HOME:-} ]] || say "$JAVA_HOME"
    if java=$(command -v java); then
        say "$(dirname "$(dirname "$(readlink -f "$java")")")"
    fi
    # Patterns that match nothing stay as they are and are no JDK.
    printf '%s\n' \
        /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/*jdk* /opt/*jdk* /opt/*jvm*/* /opt/java/* \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.jabba/jdk/* \
        "$HOME"/.asdf/installs/java/* "$HOME"/.local/share/mise/installs/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
}

# find_jdk: prints the home of the first JDK found, or fails
find_jdk() {
    local home
    while IFS= read -r home; do
        if is_jdk "$home"; then
            say "$home"
            return
        fi
    done < <(jdk_candidates)
    return 1
}

# use_jdk: makes JAVA_HOME the JDK, or ends with what to do
use_jdk() {
    local home
    home=$(find_jdk) || die "no JDK $JDK_MAJOR found: run ./dev setup, or install one ($JDK_HINT) and set JAVA_HOME"
    export JAVA_HOME=$home
}

JDK_HINT="Temurin from adoptium.net, 'sdk install java 25-tem', or 'brew install openjdk@25'"

# maven NAME ARGUMENT…: runs Maven with its whole output in .run/log/NAME.log and shows how far it is
maven() {
    local log=$RUN/log/$1.log
    shift
    use_jdk
    mkdir -p "$RUN/log"
    if ./mvnw -B "$@" 2>&1 | tee "$log" | maven_progress; then
        return
    fi
    tail_of 60 "$log"
    warn "failed: mvnw $*"
    return 1
}

# maven_progress: from Maven's output, the modules, the tests and the errors, each with the time so far;
# a sign of life when there was none for half a minute
maven_progress() {
    local line status started=$SECONDS doing='starting Maven'
    while true; do
        if IFS= read -r -t 30 line; then
            case $line in
                *'Building Fanfare'*)
                    doing=${line#*Building }
                    doing=${doing% 0.*}
                    ;;
                'chaos '* | *'Tests run:'*' in '* | *'ERROR'* | *'BUILD SUCCESS'*) ;;
                *'Finished generating'* | *'[2/8]'* | *'[7/8]'*) ;;
                *) continue ;;
            esac
            case $line in
                *'Building Fanfare'*) printf '[%s] %s\n' "$(elapsed "$started")" "$doing" ;;
                *) printf '[%s]   %s\n' "$(elapsed "$started")" "$line" ;;
            esac
        else
            status=$?
            # Above 128 the time ran out, otherwise the output has ended.
            ((status > 128)) || return 0
            printf '[%s]   … %s\n' "$(elapsed "$started")" "$doing"
        fi
    done
}
