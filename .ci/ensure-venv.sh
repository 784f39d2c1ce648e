#!/bin/sh
# Make the Python environment. Debian ships venv apart from Python; as root we fetch it, otherwise we say how.
# usage: ensure-venv.sh PYTHON FOLDER
set -eu
python=$1 folder=$2
command -v "$python" >/dev/null || { echo "$python is missing. Install Python 3.11 or newer, or run: make PYTHON=/path/to/python3" >&2; exit 1; }
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11, 5))' || { echo "$("$python" --version) is too old; Python 3.11.5 or newer is needed." >&2; exit 1; }
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
    else
        echo "Python's venv is missing. On Debian or Ubuntu: sudo apt install python3-venv" >&2; exit 1
    fi
fi
exec "$python" -m venv "$folder"
