#!/usr/bin/env bash
# runner.sh ARCH: prints what to put before a program of that architecture so that it runs here: nothing where it
# runs by itself, else QEMU's emulator of one program, with Debian's C library for it.
set -euo pipefail
cd "$(dirname "$0")/.."
case $1 in
    arm64) machine=aarch64 debian=arm64 ;;
    x86-64) machine=x86_64 debian=amd64 ;;
    *) echo "ARCH is arm64 or x86-64, not $1" >&2; exit 1 ;;
esac
[[ $(uname -m) == "$machine" ]] && exit 0

library=/usr/$machine-linux-gnu
how="install QEMU's user-mode emulation and a C library for $machine in $library"
tools/need.sh "qemu-$machine" "$how" qemu-user >&2
[[ -d $library/lib ]] || apt-get install -qq -y --no-install-recommends "libc6-$debian-cross" "libgcc-s1-$debian-cross" >/dev/null \
    || { echo "$library is missing: $how" >&2; exit 1; }
echo "qemu-$machine -L $library"
