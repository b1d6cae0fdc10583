#!/usr/bin/env bash
# fuzz.sh SECONDS [TARGET…]: looks for bytes that break a property of tests/properties, so many
# seconds a target, as many targets at once as there are processors. What breaks one is put into
# fuzz/finds/, where `make test` tries it ever after.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH=$PWD/.tools/bin:$PATH
export seconds=$1
shift
targets=("$@")
[[ $# -gt 0 ]] || targets=($(cd fuzz/fuzz_targets && basename -s .rs -- *.rs))

# Counting which lines ran is a nightly compiler's. The stable one can do it too when it is told so
# with this; nothing that ships is built this way.
export RUSTC_BOOTSTRAP=1
# No sanitizer: those look for what only `unsafe` can do, and there is none here.
cargo fuzz build --sanitizer none
export built=fuzz/target/$(rustc -vV | sed -n 's/^host: //p')/release

fuzz() {
    local log=fuzz/target/$1.log
    mkdir -p "fuzz/corpus/$1" "fuzz/seeds/$1" "fuzz/finds/$1"
    # The first folder is added to, the others are read.
    if "$built/$1" "fuzz/corpus/$1" "fuzz/seeds/$1" "fuzz/finds/$1" \
        -max_total_time="$seconds" -timeout=10 -max_len=8192 -print_final_stats=1 \
        -artifact_prefix="$PWD/fuzz/finds/$1/" >"$log" 2>&1; then
        awk -v name="$1" '/ cov: / { for (i = 1; i < NF; i++) if ($i == "cov:") edges = $(i + 1) }
            /^stat::number_of_executed_units/ { runs = $2 } /^stat::new_units_added/ { new = $2 }
            END { printf "%-14s held  %10d inputs tried, %6d edges reached, %5d inputs of interest added\n", name, runs, edges, new }' "$log"
    else
        printf '%-14s BROKE; %s tells how, and fuzz/finds/%s has what broke it\n' "$1" "$log" "$1"
        return 1
    fi
}
export -f fuzz
printf '%s\n' "${targets[@]}" | nice xargs -P "$(nproc)" -I{} bash -c 'fuzz {}'
