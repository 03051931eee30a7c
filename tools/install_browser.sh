#!/usr/bin/env bash
# Installs what tests/preview drives the preview page with: Debian's Chromium, where apt-get is
# there and we may use it, and wavesurfer.js. What cannot be installed is said, and its tests are
# skipped: the status is 1 then.
set -uo pipefail
cd "$(dirname "$0")/.."
status=0

chromium() {
    command -v chromium >/dev/null && return
    command -v apt-get >/dev/null || { echo "install_browser: no apt-get: no chromium" >&2; return 1; }
    if [ "$(id -u)" = 0 ]; then sudo=(); else sudo=(sudo -n); fi
    local install=(apt-get install --yes --quiet --no-install-recommends chromium fonts-dejavu-core)
    export DEBIAN_FRONTEND=noninteractive
    # The lists of packages may be old, or not be there at all.
    timeout 600 "${sudo[@]}" "${install[@]}" >/dev/null 2>&1 ||
        { timeout 120 "${sudo[@]}" apt-get update --quiet >/dev/null &&
            timeout 600 "${sudo[@]}" "${install[@]}" >/dev/null; } ||
        { echo "install_browser: apt-get failed: no chromium" >&2; return 1; }
}

chromium || status=1
tools/fetch_waveform.sh || status=1
exit "$status"
