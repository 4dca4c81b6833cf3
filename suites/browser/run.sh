#!/usr/bin/env bash
# A report in headless Chromium: a check against a mutant writes it, page.mjs looks at it.
#
#     suites/browser/run.sh [FOLDER-FOR-SCREENSHOTS]
#
# It needs Node.js, npm and Chromium (Debian's package; CHROMIUM names another one), and is skipped where one of
# them is missing. BELLWETHER names the program that checks; without it cargo builds one.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
shots=${1:+$(mkdir -p "$1" && cd "$1" && pwd)}
export CHROMIUM=${CHROMIUM:-/usr/bin/chromium}
if ! [ -x "$CHROMIUM" ] || ! command -v npm >/dev/null; then
    echo 'skipped: there is no Chromium or no npm'
    exit
fi
if [ -z "${BELLWETHER:-}" ]; then
    cargo build --locked --quiet --manifest-path "$here/../../Cargo.toml"
    BELLWETHER=$here/../../target/debug/bellwether
fi
BELLWETHER=$(realpath "$BELLWETHER")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
if ! npm install --silent --no-audit --no-fund --no-package-lock axe-core puppeteer-core; then
    echo 'skipped: the packages can not be had'
    exit
fi
code=0
"$BELLWETHER" check --mutant accepted-twice --suite 'invitations/*' --cases 0 --report report \
    >/dev/null 2>&1 || code=$?
[ "$code" = 1 ] || { echo "the mutant was to be found; check ended with $code" >&2 && exit 1; }
node "$here/page.mjs" report/report.html ${shots:+"$shots"}
