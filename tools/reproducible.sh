#!/usr/bin/env bash
# reproducible.sh ARCH [FUNCTION…]: builds the last commit twice, from clean clones that lie at different
# paths and keep Cargo's things at different paths, and compares every byte. All functions take as long as
# two releases; one takes a third of that.
set -euo pipefail
cd "$(dirname "$0")/.."
source=$PWD arch=$1
shift
PATH=${PATH//$source\/.tools\/venv\/bin:/}  # each clone brings its own tools
unset MAKEFLAGS MAKELEVEL
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
if ! git diff --quiet HEAD; then echo "What is not committed is not built" >&2; fi

build() {
    local clone=$1 home=$2
    git clone --quiet "$source" "$clone"
    # Crates need not be fetched again; they are checked against the lock file all the same.
    mkdir -p "$home/registry"
    cp -r "${CARGO_HOME:-$HOME/.cargo}/registry/." "$home/registry/"
    CARGO_HOME=$home make -C "$clone" --no-print-directory package ARCH="$arch" FUNCTIONS="${functions[*]}"
    cp "$clone/target/package/$arch/SHA256SUMS" "$scratch/$3"
    rm -rf "$clone" "$home"  # two at once is much for a small disk
}

functions=("$@")
build "$scratch/one" "$scratch/cargo" first
build "$scratch/a/place/further/down/two" "$scratch/another-cargo" second
diff "$scratch/first" "$scratch/second" || { echo "The same source gave different bytes" >&2; exit 1; }
echo "Twice the same: $(grep -c 'bootstrap$' "$scratch/first") functions for $arch"
