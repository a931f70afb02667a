# shellcheck shell=bash
# API keys, through the running publisher; and the keys of a local installation.
#
# .run/keys stays when all else of .run goes: `admin` has the secret that makes the first keys, `signing` the private
# keys that tokens are signed with.

KEYS=$RUN/keys

# provide_keys: makes what a local installation needs to make API keys and to issue tokens
provide_keys() {
    mkdir -p "$KEYS/signing"
    chmod 700 "$KEYS"
    [[ -s $KEYS/admin ]] || new_secret >"$KEYS/admin"
    compgen -G "$KEYS/signing/*.pem" >/dev/null || new_signing_key "$KEYS/signing/$(date +%Y-%m-%d).pem"
}

new_secret() {
    head -c 32 /dev/urandom | base64
}

# new_signing_key FILE: writes a private key for ES256 and its public key
new_signing_key() {
    use_jdk
    [[ ! -e $1 ]] || die "$1 is there already; the name of a signing key is never used again"
    (
        umask 077
        "$JAVA_HOME/bin/java" tools/dev/NewSigningKey.java >"$1.new"
        # In one step: a publisher may be looking.
        mv "$1.new" "$1"
    )
}

key_usage() {
    cat <<'EOF_USAGE'
./dev key create NAME CAPABILITY     make an API key; its secret is shown this once
./dev key list                       list them
./dev key disable ID                 refuse it, and revoke the tokens that were issued for it
./dev key enable ID                  take it again
./dev key remove ID                  forget it; it has to be disabled
./dev key token KEY SUBJECT CAPABILITY
                                     issue a token, with an API key as `create` shows it
./dev key signing FILE               write a new private key that tokens can be signed with

CAPABILITY is JSON: '{"orders.*":["subscribe","publish"]}'. The publisher is that of ./dev run, or FANFARE_PUBLISHER
(https://…); the admin's secret that of ./dev run, or the content of the file FANFARE_ADMIN_SECRET_FILE.
EOF_USAGE
}

command_key() {
    local action=${1:-help}
    (($# == 0)) || shift
    case $action/$# in
        create/2) call_as_admin POST /v1/keys "{\"name\":$(json_text "$1"),\"capability\":$2}" ;;
        list/0) list_keys ;;
        disable/1) call_as_admin PATCH "/v1/keys/$1" '{"enabled":false}' ;;
        enable/1) call_as_admin PATCH "/v1/keys/$1" '{"enabled":true}' ;;
        remove/1) call_as_admin DELETE "/v1/keys/$1" ;;
        token/3) call_publisher "$1" POST /v1/tokens "{\"subject\":$(json_text "$2"),\"capability\":$3}" ;;
        signing/1) new_signing_key "$1" ;;
        help/*) key_usage ;;
        *)
            key_usage >&2
            exit 2
            ;;
    esac
}

json_text() {
    local text=${1//\\/\\\\}
    say "\"${text//\"/\\\"}\""
}

list_keys() {
    local answer next='' path
    while true; do
        path="/v1/keys?limit=1000${next:+&cursor=$next}"
        answer=$(call_as_admin GET "$path")
        say "$answer"
        [[ $answer =~ \"next\":\"([0-9]+)\" ]] || return 0
        next=${BASH_REMATCH[1]}
    done
}

call_as_admin() {
    local file=${FANFARE_ADMIN_SECRET_FILE:-$KEYS/admin}
    [[ -s $file ]] || die "$file is missing: ./dev run makes one; else set FANFARE_ADMIN_SECRET_FILE"
    call_publisher "admin.$(<"$file")" "$@"
}

# call_publisher KEY METHOD PATH [BODY]: prints the answer; fails when it is none of success
call_publisher() {
    local key=$1 method=$2 url answer status
    url=${FANFARE_PUBLISHER:-http://localhost:$(port_of publisher-service)}$3
    command -v curl >/dev/null || die 'curl is missing: ./dev setup says how to install it'
    # By standard input, because everybody can see the arguments of a process.
    answer=$(printf 'header = "Authorization: Bearer %s"\n' "$key" |
        curl --silent --show-error --config - --request "$method" --header 'Content-Type: application/json' \
            ${4:+--data-binary "$4"} --write-out '\n%{http_code}' "$url") || die "no answer from $url: ./dev status"
    status=${answer##*$'\n'}
    say "${answer%$'\n'*}"
    [[ $status == 2* ]] || die "$method $url: $status"
}
