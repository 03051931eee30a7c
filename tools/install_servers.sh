#!/usr/bin/env bash
# Installs the servers that tests/publish sends to, where apt-get is there and we may use it: nginx,
# OpenSSH's sshd and rsync. None of them is started, here or as a service; tests start their own.
# What cannot be installed is said, and its tests are skipped: the status is 1 then.
set -uo pipefail
status=0

miss() {
    echo "install_servers: $1" >&2
    status=1
}

# PROGRAM PACKAGE
server() {
    PATH="$PATH:/usr/sbin" command -v "$1" >/dev/null && return
    command -v apt-get >/dev/null || { miss "no apt-get: no $1"; return; }
    if [ "$(id -u)" = 0 ]; then sudo=(); else sudo=(sudo -n); fi
    # RUNLEVEL=1 keeps packages from starting their services.
    local install=(env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
        apt-get install --yes --quiet --no-install-recommends "$2")
    # The lists of packages may be old, or not be there at all.
    timeout 300 "${sudo[@]}" "${install[@]}" >/dev/null 2>&1 ||
        { timeout 120 "${sudo[@]}" apt-get update --quiet >/dev/null &&
            timeout 300 "${sudo[@]}" "${install[@]}" >/dev/null; } ||
        miss "apt-get failed: no $1"
}

server nginx nginx-light
server sshd openssh-server
server rsync rsync
exit "$status"
