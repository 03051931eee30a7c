#!/usr/bin/env bash
# Installs the programs that tests use and do without, where apt-get is there and we may use it:
# readers of the feed (newsboat, gpodder, and npm packages into .clients/), mpv and Chromium, servers
# to publish to (nginx, sshd, rsync, azurite). No server is started, here or as a service; tests
# start their own. What cannot be installed is said, and its tests are skipped: the status is 1 then.
set -uo pipefail
cd "$(dirname "$0")/.."
status=0

miss() {
    echo "install_for_tests: $1" >&2
    status=1
}

node_packages() {
    local packages="no podcast-partytime, no feedsmith, no axe-core, no vnu-jar, no azurite"
    command -v npm >/dev/null || { miss "no npm: $packages"; return; }
    mkdir -p .clients
    cp tests/clients/package.json tests/clients/package-lock.json .clients/
    timeout 600 npm ci --prefix .clients --ignore-scripts --no-audit --no-fund --loglevel=error >&2 ||
        miss "npm ci failed: $packages"
}

# PROGRAM PACKAGE...
debian() {
    PATH="$PATH:/usr/sbin" command -v "$1" >/dev/null && return
    command -v apt-get >/dev/null || { miss "no apt-get: no $1"; return; }
    if [ "$(id -u)" = 0 ]; then sudo=(); else sudo=(sudo -n); fi
    # RUNLEVEL=1 keeps packages from starting their services.
    local install=(env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
        apt-get install --yes --quiet --no-install-recommends "${@:2}")
    # The lists of packages may be old, or not be there at all.
    timeout 600 "${sudo[@]}" "${install[@]}" >/dev/null 2>&1 ||
        { timeout 120 "${sudo[@]}" apt-get update --quiet >/dev/null &&
            timeout 600 "${sudo[@]}" "${install[@]}" >/dev/null; } ||
        miss "apt-get failed: no $1"
}

node_packages
debian podboat newsboat
debian gpo gpodder
debian mpv mpv
debian chromium chromium fonts-dejavu-core
debian nginx nginx-light
debian sshd openssh-server
debian rsync rsync
tools/fetch_waveform.sh || status=1
exit "$status"
