#!/usr/bin/env bash
# debian-rust.sh: for where rustup cannot fetch the standard library for arm64: unpacks Debian's compiler,
# with the libraries for both, into .tools/debian-rust and prints the path of that compiler. Installs
# nothing and changes none of the system's lists. Needs Debian on x86-64, or what is near it.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$PWD/.tools/debian-rust
rustc=$folder/rustc
[[ -x $rustc ]] && { echo "$rustc"; exit 0; }
command -v apt-get >/dev/null || { echo "There is no apt-get here" >&2; exit 1; }

rm -rf "$folder"
mkdir -p "$folder/lists/partial" "$folder/unpacked"
cd "$folder"
apt() { apt-get -qq -o APT::Architectures::=amd64 -o APT::Architectures::=arm64 -o APT::Sandbox::User=root \
    -o Dir::State::Lists="$folder/lists" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= "$@" >&2; }
needs() { dpkg-deb --field "$1"_*_amd64.deb Depends | tr ',' '\n' | awk '{print $1}'; }

echo "Unpacking Debian's Rust for arm64 into .tools/debian-rust (a minute)" >&2
apt update
apt download rustc-web:amd64 libstd-rust-web-dev:amd64 libstd-rust-web-dev:arm64
# The compiler itself is a library, in a package named by its version; LLVM is another.
compiler=$(needs libstd-rust-web-dev | grep '^libstd-rust-web')
apt download "$compiler:amd64"
llvm=$(needs "$compiler" | grep '^libllvm')
apt download "$llvm:amd64"
for library in $(needs "$llvm" | grep -vE '^(libc6|libgcc-s1|libstdc\+\+6)$'); do
    apt download "$library:amd64"
done
for package in *.deb; do dpkg-deb --extract "$package" unpacked; done
rm -rf lists -- *.deb

cat >rustc.new <<EOF
#!/bin/sh
LD_LIBRARY_PATH=$folder/unpacked/usr/lib/x86_64-linux-gnu exec $folder/unpacked/usr/bin/rustc --sysroot $folder/unpacked/usr "\$@"
EOF
chmod +x rustc.new
./rustc.new --version >&2
mv rustc.new rustc  # only a whole one has this name
echo "$rustc"
