# shellcheck shell=bash
# Plays what cannot be tried out here.

command_simulate() {
    local what=${1:-} option scaler='' options=()
    [[ $what == hpa ]] || die "'simulate' takes what is to be simulated, which is hpa; ./dev simulate hpa --help"
    shift
    for option in "$@"; do
        if [[ $option == --keda ]]; then scaler=keda; else options+=("$option"); fi
    done
    command -v kubectl >/dev/null || die 'kubectl is missing: ./dev setup'
    RENDERED=$RUN/simulate
    mkdir -p "$RENDERED"
    render production "$scaler"
    # What Maven does is of no interest to who wants to see a plot.
    build_deployment >"$RENDERED/build.log" || die "not built; see ${RENDERED#"$ROOT"/}/build.log"
    java_deployment dev.fanfare.deployment.simulate.SimulateHpa \
        --manifests "$RENDERED/production${scaler:++$scaler}.yaml" ${options[@]+"${options[@]}"}
}
