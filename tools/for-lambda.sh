#!/usr/bin/env bash
# for-lambda.sh ARCH COMMAND…: runs COMMAND, which builds what Lambda runs, so that the same source gives the
# same bytes wherever it lies and whenever it is built, by the same compiler. Brings the standard library of
# that architecture; where rustup cannot, Debian's, with a compiler of its own.
set -euo pipefail
cd "$(dirname "$0")/.."
arch=$1
shift
case $arch in
    arm64) target=aarch64-unknown-linux-gnu cpu=neoverse-n1 ;;  # Graviton2
    x86-64) target=x86_64-unknown-linux-gnu cpu=haswell ;;
    *) echo "ARCH is arm64 or x86-64, not $arch" >&2; exit 1 ;;
esac

has_target() { [[ -d $("$@" --print sysroot)/lib/rustlib/$target/lib ]]; }

if ! has_target rustc && ! rustup target add "$target" 2>/dev/null; then
    RUSTC=$(tools/debian-rust.sh) || {
        echo "Rust's standard library for $target is missing, and neither rustup nor Debian brings it" >&2
        exit 1
    }
    has_target "$RUSTC" || { echo "Debian's Rust has no $target" >&2; exit 1; }
    echo "rustup cannot fetch $target: building with Debian's $("$RUSTC" --version), in target/debian" >&2
    export RUSTC CARGO_TARGET_DIR=target/debian  # what two compilers made does not mix
fi

# A panic tells where it was. Not on whose machine. The processor is the one that cargo-lambda would
# choose; these flags replace its own.
cargo fetch --quiet --locked
RUSTFLAGS="-C target-cpu=$cpu --remap-path-prefix=$PWD=/kontobro"
for crates in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*; do
    RUSTFLAGS+=" --remap-path-prefix=$crates=/crates"
done
export RUSTFLAGS CARGO_INCREMENTAL=0
# For whatever would rather write down when it was built: when the source was.
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || echo 0)
export SOURCE_DATE_EPOCH
exec "$@"
