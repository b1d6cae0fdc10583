#!/usr/bin/env bash
# Installs the pinned Python tools into .tools/venv, inside the project and nowhere else.
# Does nothing when what is installed is what tools/requirements.txt says.
set -euo pipefail
cd "$(dirname "$0")/.."
venv=.tools/venv
PATH=${PATH//$PWD\/$venv\/bin:/}  # the Python that makes the environment is never the one inside it

cmp -s tools/requirements.txt $venv/installed.txt && exit 0
fail() { echo "$1" >&2; exit 1; }

tools/need.sh python3 "install Python 3.10 or newer" python3
python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' || fail "$(python3 --version) is too old: install Python 3.10 or newer"
# Debian splits the part of Python that makes environments into a package of its own.
if ! python3 -c 'import ensurepip' 2>/dev/null; then
    [[ $(id -u) == 0 ]] && { apt-get update -qq && apt-get install -qq -y python3-venv; } >/dev/null \
        || fail "This Python cannot make environments: install python3-venv"
fi

echo "Installing cargo-lambda, zig and SAM into $venv (a minute or two)"
rm -rf $venv
python3 -m venv $venv
# The list is complete, so nothing is left to resolve.
$venv/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r tools/requirements.txt \
    || fail "The Python tools could not be installed; the lines above say why (no network?)"
cp tools/requirements.txt $venv/installed.txt
