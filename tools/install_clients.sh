#!/usr/bin/env bash
# Installs what tests read the feed and the pages with, and play clips with: the npm packages of the
# lock file in tests/clients into .clients/, and newsboat, gpodder, mpv and Chromium where apt-get is
# there and we may use it.
# What cannot be installed is said, and its tests are skipped: the status is 1 then.
set -uo pipefail
cd "$(dirname "$0")/.."
status=0

miss() {
    echo "install_clients: $1" >&2
    status=1
}

node_clients() {
    command -v npm >/dev/null || { miss "no npm: no podcast-partytime, no feedsmith, no axe-core, no vnu-jar"; return; }
    mkdir -p .clients
    cp tests/clients/package.json tests/clients/package-lock.json .clients/
    timeout 300 npm ci --prefix .clients --ignore-scripts --no-audit --no-fund --loglevel=error >&2 ||
        miss "npm ci failed: no podcast-partytime, no feedsmith, no axe-core, no vnu-jar"
}

# PROGRAM PACKAGE
debian_client() {
    command -v "$1" >/dev/null && return
    command -v apt-get >/dev/null || { miss "no apt-get: no $1"; return; }
    if [ "$(id -u)" = 0 ]; then sudo=(); else sudo=(sudo -n); fi
    local install=(apt-get install --yes --quiet --no-install-recommends "$2")
    export DEBIAN_FRONTEND=noninteractive
    # The lists of packages may be old, or not be there at all.
    timeout 300 "${sudo[@]}" "${install[@]}" >/dev/null 2>&1 ||
        { timeout 120 "${sudo[@]}" apt-get update --quiet >/dev/null &&
            timeout 300 "${sudo[@]}" "${install[@]}" >/dev/null; } ||
        miss "apt-get failed: no $1"
}

node_clients
debian_client podboat newsboat
debian_client gpo gpodder
debian_client mpv mpv
debian_client chromium chromium
exit "$status"
