#!/usr/bin/env bash
# need.sh COMMAND HOW [DEBIAN-PACKAGE]: goes on if the command is there, installs the package if it
# may, else stops with one line that says what to do.
set -euo pipefail
command=$1 how=$2 package=${3:-}

command -v "$command" >/dev/null && exit 0
if [[ -n $package && $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
    echo "Installing Debian's package $package"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$package"; } >/dev/null \
        && command -v "$command" >/dev/null && exit 0
fi
echo "$command is missing: $how" >&2
exit 1
