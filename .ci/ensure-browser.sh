#!/bin/sh
# The browser tests need Chromium. Use one that is there; as root on Debian install it; otherwise say loudly
# what is skipped and how to get it. Never fails: pytest skips what it can not run and reports it.
set -u
for name in ${JOURNEY_CHROMIUM:-} chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Debian's chromium for the browser tests …"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-core >/dev/null && exit 0
fi
cat >&2 <<'TEXT'
**********************************************************************************************
No Chromium was found: ALL BROWSER TESTS WILL BE SKIPPED.
Install Chromium or Google Chrome (Debian, Ubuntu: sudo apt install chromium), or name one that
you have: JOURNEY_CHROMIUM=/path/to/chrome make test
**********************************************************************************************
TEXT
exit 0
