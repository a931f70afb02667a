# shellcheck shell=bash
# Builds container images of the services.

# What an image begins with unless --base names another: glibc and nothing else, built from deploy/base.
BASE_IMAGE=fanfare/base

command_images() {
    local kind=jvm base='' chosen=() engine service started=$SECONDS
    while (($# > 0)); do
        case $1 in
            --kind)
                kind=${2:-}
                [[ $kind == jvm || $kind == native ]] || die "--kind is jvm or native, not '$kind'"
                shift
                ;;
            --base)
                base=${2:-}
                [[ -n $base ]] || die '--base wants the name of an image that has glibc'
                shift
                ;;
            -*) die "'images' knows --kind jvm|native and --base IMAGE, not $1" ;;
            *)
                is_service "$1" || die "'$1' is no service; they are: ${SERVICES[*]}"
                chosen+=("$1")
                ;;
        esac
        shift
    done
    ((${#chosen[@]} > 0)) || chosen=("${SERVICES[@]}")
    engine=$(container_engine) || die 'images need a Docker or Podman that runs'
    "package_$kind" "${chosen[@]}"
    if [[ -z $base ]]; then
        base=$BASE_IMAGE
        build_image "$engine" "$base" deploy/base deploy/base/Dockerfile
    fi
    for service in "${chosen[@]}"; do
        build_image "$engine" "fanfare/$service:$kind" "$service" "$service/src/main/docker/Dockerfile.$kind" \
            --build-arg "BASE_IMAGE=$base" --build-arg "VERSION=$(project_version)" \
            --build-arg "REVISION=$(commit_name)" --build-arg "CREATED=$(git show --no-patch --format=%cI HEAD)"
    done
    step "images after $(elapsed "$started")"
    show_images "$engine" "$base" "$kind" "${chosen[@]}"
}

# package_jvm SERVICE…: packages those whose sources have changed so that the JVM can keep their classes in an AOT cache
package_jvm() {
    local service wanted=()
    for service in $(stale_services .dev-image image/quarkus-run.jar); do
        [[ " $* " != *" $service "* ]] || wanted+=("$service")
    done
    ((${#wanted[@]} > 0)) || return 0
    step "packaging ${wanted[*]}"
    build_services .dev-image image-jars "${wanted[@]}" -- \
        -Dquarkus.package.jar.type=aot-jar -Dquarkus.package.output-directory=image
}

# package_native SERVICE…: puts what makes a native image into target/native: the executable, built where it is stale,
# the JDK's libraries where the builder has left some beside it, and the bill of materials
package_native() {
    local service files
    for service in $(stale_services .dev-native '*-runner'); do
        [[ " $* " != *" $service "* ]] || command_native "$service"
    done
    for service in "$@"; do
        files=$service/target/native
        rm -rf "$files"
        mkdir -p "$files"
        cp "$service"/target/*-runner "$files/$service"
        cp "$service"/target/*-runner-cyclonedx.json "$files/sbom.cdx.json"
        [[ ! -d $service/target/jdklibs ]] || cp -r "$service/target/jdklibs" "$files/"
    done
}

# build_image ENGINE IMAGE FOLDER DOCKERFILE ARGUMENT…: shows the steps; the whole output is in .run/log. Without a
# network, because nothing is fetched but the images that the Dockerfile begins with.
build_image() {
    local engine=$1 image=$2 folder=$3 file=$4 log
    shift 4
    log=$RUN/log/image-$(tr / - <<<"${image#fanfare/}" | tr : -).log
    mkdir -p "$RUN/log"
    step "image $image"
    if ! "$engine" build --network none --tag "$image" --file "$file" "$@" "$folder" 2>&1 | tee "$log" |
        { grep --line-buffered -iE '^(STEP |#[0-9]+ \[)' || true; } | cut -c 1-120; then
        tail_of 40 "$log"
        die "$image was not built; the whole output is in ${log#"$ROOT"/}"
    fi
}

project_version() {
    sed -n 's|^  <version>\(.*\)</version>|\1|p' pom.xml
}

# show_images ENGINE BASE KIND SERVICE…: a line per image, with what it adds to its base
show_images() {
    local engine=$1 base=$2 kind=$3 service size base_size
    shift 3
    base_size=$(image_bytes "$engine" "$base")
    for service in "$@"; do
        size=$(image_bytes "$engine" "fanfare/$service:$kind")
        printf '%-34s %4d MB, %d MB of it %s\n' "fanfare/$service:$kind" \
            $((size / 1000000)) $((base_size / 1000000)) "$base"
    done
    say "commit $(commit_name); the bill of materials is in each at /app/sbom.cdx.json"
}

image_bytes() {
    "$1" image inspect --format '{{.Size}}' "$2"
}
