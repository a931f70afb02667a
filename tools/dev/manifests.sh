# shellcheck shell=bash
# Renders the Kubernetes manifests in every combination that makes sense, and checks them.

# What is chosen together with an overlay: at most one of each line's components. Production takes credentials, a cluster of
# your own need not.
MANIFEST_CREDENTIALS=(token-secret api-keys 'token-secret api-keys')
MANIFEST_ROUTES=('' ingress-nginx gateway-api)
MANIFEST_SCALERS=('' keda)
MANIFEST_WATCHERS=('' 'prometheus-operator grafana')
MANIFEST_COSTS=('' pod-deletion-cost)

RENDERED=$RUN/manifests

command_manifests() {
    local schemas=''
    while (($# > 0)); do
        case $1 in
            --schemas)
                (($# > 1)) || die "'--schemas' takes a folder"
                schemas=$(cd "$2" 2>/dev/null && pwd) || die "there is no folder $2"
                shift
                ;;
            --update)
                update_rule_objects
                return
                ;;
            *) die "'manifests' knows --schemas FOLDER and --update, not $1" ;;
        esac
        shift
    done
    command -v kubectl >/dev/null || die 'kubectl is missing: ./dev setup'
    step 'manifests'
    check_rules_copied
    render_manifests
    check_manifests "$schemas"
}

# render_manifests: every rendering as a file in .run/manifests
render_manifests() {
    local credentials route scaler watcher cost
    rm -rf "$RENDERED"
    mkdir -p "$RENDERED"
    for route in "${MANIFEST_ROUTES[@]}"; do
        for watcher in "${MANIFEST_WATCHERS[@]}"; do
            render local "$route" "$watcher"
            render local api-keys "$route" "$watcher"
            for scaler in "${MANIFEST_SCALERS[@]}"; do
                for cost in "${MANIFEST_COSTS[@]}"; do
                    for credentials in "${MANIFEST_CREDENTIALS[@]}"; do
                        render production "$credentials" "$route" "$scaler" "$watcher" "$cost"
                    done
                done
            done
        done
    done
    kubectl kustomize k8s/components/prometheus-adapter >"$RENDERED/prometheus-adapter.yaml"
    say "   $(find "$RENDERED" -name '*.yaml' | wc -l) renderings in ${RENDERED#"$ROOT"/}"
}

# render OVERLAY COMPONENTS…: renders it as somebody would who has a kustomization of their own
render() {
    local overlay=$1 component name=$1 folder=$RENDERED/own
    shift
    mkdir -p "$folder"
    {
        printf 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n'
        printf 'resources: [../../../k8s/overlays/%s]\ncomponents:\n' "$overlay"
        # shellcheck disable=SC2068  # several components in one word are meant to be split
        for component in $@; do
            printf '  - ../../../k8s/components/%s\n' "$component"
            name+=+$component
        done
        [[ $name != "$overlay" ]] || printf '  []\n'
    } >"$folder/kustomization.yaml"
    kubectl kustomize "$folder" >"$RENDERED/$name.yaml" || die "$name cannot be rendered"
    rm -rf "$folder"
}

# check_manifests SCHEMAS: our own rules, and the schemas of that folder or, without it, those that kubeconform knows
check_manifests() {
    build_deployment
    java_deployment dev.fanfare.deployment.check.ManifestCheck "$RENDERED" ${1:+"$1"}
    if [[ -n $1 ]]; then
        return
    elif command -v kubeconform >/dev/null; then
        kubeconform -strict -summary -schema-location default -schema-location "$CUSTOM_SCHEMAS" "$RENDERED"/*.yaml
    else
        warn 'fields and values were not checked against schemas: that takes kubeconform, or --schemas FOLDER'
    fi
}

# Schemas of custom resources, by group and kind
CUSTOM_SCHEMAS='https://raw.githubusercontent.com/datreeio/CRDs-catalog/main/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json'

# build_deployment: compiles the module that checks and simulates, and what it is made of
build_deployment() {
    maven deployment process-classes -Dmaven.test.skip=true -pl deployment -am
}

# java_deployment CLASS ARGUMENT…: runs a main class of it
java_deployment() {
    "$JAVA_HOME/bin/java" -Djava.util.logging.manager=org.jboss.logmanager.LogManager \
        -cp "deployment/target/classes:$(<deployment/target/classpath)" "$@"
}

# The Prometheus operator takes rules as objects. They are made from the plain files, which promtool can check.
RULE_OBJECTS=k8s/components/prometheus-operator/rules

# update_rule_objects: makes them anew
update_rule_objects() {
    local file
    mkdir -p "$RULE_OBJECTS"
    rm -f "$RULE_OBJECTS"/*.yaml
    for file in observability/rules/*.yml; do
        rule_object "$file" >"$RULE_OBJECTS/$(basename "$file" .yml).yaml"
    done
    {
        printf '# Made by ./dev manifests --update, as are the files that it names.\n'
        printf 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n'
        for file in "$RULE_OBJECTS"/*.yaml; do
            printf '  - %s\n' "${file##*/}"
        done
    } >"$RULE_OBJECTS/kustomization.yaml.new"
    mv "$RULE_OBJECTS/kustomization.yaml.new" "$RULE_OBJECTS/kustomization.yaml"
    say "   $(find "$RULE_OBJECTS" -name '*.yaml' ! -name kustomization.yaml | wc -l) files in $RULE_OBJECTS"
}

# rule_object FILE: prints the PrometheusRule with the rules of that file
rule_object() {
    local name
    name=$(basename "$1" .yml)
    cat <<EOF_RULE
# Made by ./dev manifests --update from $1: change it there.
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: fanfare-$name
  labels:
    app.kubernetes.io/part-of: fanfare
spec:
EOF_RULE
    sed 's/^\(.\)/  \1/' "$1"
}

# check_rules_copied: that the objects are what the files say, and that no dashboard is left out
check_rules_copied() {
    local file object
    for file in observability/rules/*.yml; do
        object=$RULE_OBJECTS/$(basename "$file" .yml).yaml
        cmp -s "$object" <(rule_object "$file") || die "$object is not what $file says: ./dev manifests --update"
    done
    for object in "$RULE_OBJECTS"/*.yaml; do
        file=observability/rules/$(basename "$object" .yaml).yml
        [[ $object == */kustomization.yaml || -f $file ]] || die "$object is made from no file: ./dev manifests --update"
    done
    for file in observability/dashboards/*.json; do
        [[ -e $file ]] || continue
        grep -qF "${file#observability/}" observability/kustomization.yaml ||
            die "observability/kustomization.yaml does not name ${file#observability/}"
    done
}
