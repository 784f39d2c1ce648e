#!/bin/sh
# Some tests judge what we make with programs of others: readers of exports, the Nu HTML checker. Install them from
# their lock files; as root on Debian fetch Node first; otherwise say loudly what is skipped. Never fails: pytest
# reports what it skips.
set -u
if ! command -v npm >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "Installing Debian's Node for the tests of exports and pages …"
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nodejs npm >/dev/null
    fi
fi
if ! command -v npm >/dev/null 2>&1; then
    echo "*** npm was not found: THE TESTS OF GIFT, SCORM AND HTML WITH PROGRAMS OF OTHERS WILL BE SKIPPED. Install Node.js 20 or newer. ***" >&2
    exit 0
fi
for folder in tests/node*/; do
    if [ ! -d "$folder/node_modules" ] || [ "$folder/package-lock.json" -nt "$folder/node_modules" ]; then
        (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && touch node_modules) ||
            echo "*** npm could not install $folder: its tests will be skipped. ***" >&2
    fi
done
exit 0
