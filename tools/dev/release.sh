# shellcheck shell=bash
# What a release is made with.

# command_notes [VERSION]: prints what the changelog says about a version, or about what is not released yet
command_notes() {
    local version=${1:-Unreleased} notes
    (($# <= 1)) || die "'notes' takes one version"
    notes=$(awk -v version="$version" '
        /^## / { inside = $2 == version; next }
        inside { print }
    ' CHANGELOG.md)
    [[ $notes == *[![:space:]]* ]] || die "CHANGELOG.md says nothing about $version: give its section a heading '## $version'"
    say "$notes"
}
