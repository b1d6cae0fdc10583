#!/usr/bin/env bash
# Installs the pinned Python tools into .tools, inside the project and nowhere else.
# Does nothing when what is installed is what the lists say.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH=${PATH//$PWD\/.tools\/venv\/bin:/}  # the Python that makes the environments is never one inside them

fail() { echo "$1" >&2; exit 1; }

python_is_fit() {
    tools/need.sh python3 "install Python 3.10 or newer" python3
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' || fail "$(python3 --version) is too old: install Python 3.10 or newer"
    # Debian splits the part of Python that makes environments into a package of its own.
    if ! python3 -c 'import ensurepip' 2>/dev/null; then
        [[ $(id -u) == 0 ]] && { apt-get update -qq && apt-get install -qq -y python3-venv; } >/dev/null \
            || fail "This Python cannot make environments: install python3-venv"
    fi
}

# FOLDER LIST WHAT
environment() {
    local folder=$1 list=$2
    cmp -s "$list" "$folder/installed.txt" && return
    python_is_fit
    echo "Installing $3 into $folder (a minute or two)"
    rm -rf "$folder"
    python3 -m venv "$folder"
    # The list is complete, so nothing is left to resolve.
    "$folder/bin/pip" install --quiet --disable-pip-version-check --no-deps --require-hashes -r "$list" \
        || fail "The Python tools could not be installed; the lines above say why (no network?)"
    cp "$list" "$folder/installed.txt"
}

environment .tools/venv tools/requirements.txt "cargo-lambda, zig and SAM"
environment .tools/checkov tools/checkov.txt "checkov"
