# shellcheck shell=bash
# Checks and tests the alert rules.

command_rules() {
    local log=$RUN/log/rules.log
    step 'alert rules'
    command -v promtool >/dev/null || die 'promtool is missing: ./dev setup'
    mkdir -p "$RUN/log"
    if ! { promtool check rules observability/rules/*.yml && promtool test rules observability/tests/*.yml; } >"$log" 2>&1; then
        tail_of 40 "$log"
        die 'the alert rules are not right'
    fi
    check_rules_copied
    say "   $(cat observability/rules/*.yml | grep -c ' alert: ') alerts are tested"
}
