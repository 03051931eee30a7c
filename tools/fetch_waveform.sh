#!/usr/bin/env bash
# Fetches wavesurfer.js for the preview page, at the version and with the checksum of
# tools/waveform/package-lock.json, into producer/preview/static/vendor/ (not in git; wheels that
# are built afterwards carry it). Without npm the page works without a waveform: that is said, and
# the status is 1.
set -uo pipefail
cd "$(dirname "$0")/.."
vendor=producer/preview/static/vendor
package=node_modules/wavesurfer.js

give_up() {
    echo "fetch_waveform: $1: the preview page has no waveform" >&2
    exit 1
}

command -v npm >/dev/null || give_up "there is no npm"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp tools/waveform/package.json tools/waveform/package-lock.json "$work"
timeout 300 npm ci --prefix "$work" --ignore-scripts --no-audit --no-fund --loglevel=error >&2 ||
    give_up "npm ci failed"
mkdir -p "$vendor"
# The library last: it is what `make` looks for.
cp "$work/$package/LICENSE" "$vendor/wavesurfer-LICENSE.txt" &&
    cp "$work/$package/dist/plugins/regions.esm.js" "$vendor/" &&
    cp "$work/$package/dist/wavesurfer.esm.js" "$vendor/" ||
    give_up "the package is not as expected"
