# shellcheck shell=bash
# Checks the GitHub workflows as far as that goes without GitHub.

# lint_workflows: every action pinned to a commit with its version beside it, no expression inside a script (what an
# expression becomes would run), a time limit for every job that has steps, and every script clean for ShellCheck
lint_workflows() {
    local file scripts found='' count=0
    step 'workflows'
    scripts=$(mktemp -d)
    for file in .github/workflows/*.yml; do
        workflow_scripts "$file" "$scripts/$(basename "$file" .yml)"
        workflow_findings "$file" || found=1
        count=$((count + 1))
    done
    if ! (cd "$scripts" && shellcheck -s bash ./*); then
        found=1
    fi
    rm -rf "$scripts"
    [[ -z $found ]] || die 'the workflows have flaws'
    say "   $count workflows are clean"
}

# workflow_findings FILE: prints what is wrong in a workflow, and fails if anything is
workflow_findings() {
    awk -v file="$1" '
        # 40 digits and the version; not every awk knows {40}
        function is_pinned() { return match($0, /@[0-9a-f]+ # v[0-9]/) && RLENGTH == 40 + length("@ # v1") }
        function find(what) { printf "   %s:%d: %s\n", file, NR, what; found = 1 }
        /^permissions:/ { permissions = 1 }
        /^ *(- )?uses: / && !/uses: \.\// && !is_pinned() { find("pin the action to a commit, with its version as a comment") }
        /^  [a-z-]+:$/ { in_jobs && job != "" && steps && !timeout ? find("the job before has no timeout-minutes") : 0; job = $1; steps = timeout = 0 }
        /^jobs:/ { in_jobs = 1; job = "" }
        /^    timeout-minutes:/ { timeout = 1 }
        /^    steps:/ { steps = 1 }
        match($0, /^ *(- )?run: /) { script = RLENGTH; indent = match($0, /[^ ]/); if (/\$\{\{/) find("no expression in a script: pass it by env") ; if (!/run: \|/) script = 0; next }
        script && match($0, /[^ ]/) && RSTART <= indent { script = 0 }
        script && /\$\{\{/ { find("no expression in a script: pass it by env") }
        END {
            if (in_jobs && steps && !timeout) find("the last job has no timeout-minutes")
            if (!permissions) find("no permissions at the top")
            exit found
        }
    ' "$1"
}

# workflow_scripts FILE PREFIX: writes each script of a workflow to a file of its own
workflow_scripts() {
    awk -v prefix="$2" '
        match($0, /^ *(- )?run: /) {
            indent = match($0, /[^ ]/)
            name = prefix "-" NR
            if (/run: \|/) { script = name } else { script = ""; text = substr($0, index($0, "run: ") + 5); print text > name }
            next
        }
        script != "" && match($0, /[^ ]/) && RSTART <= indent { script = "" }
        script != "" { print > script }
    ' "$1"
}
