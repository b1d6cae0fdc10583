#!/usr/bin/env bash
# rust-target.sh ARCH: makes sure that Rust's standard library for Lambda's architecture is there.
set -euo pipefail
case $1 in
    arm64) target=aarch64-unknown-linux-gnu ;;
    x86-64) target=x86_64-unknown-linux-gnu ;;
    *) echo "ARCH is arm64 or x86-64, not $1" >&2; exit 1 ;;
esac

[[ -d $(rustc --print sysroot)/lib/rustlib/$target/lib ]] && exit 0
rustup target add "$target" && exit 0
echo "Rust's standard library for $target is missing and could not be fetched" >&2
exit 1
