#!/usr/bin/env bash
# Real clients against the served reference: boto3 and the AWS CLI, as PyPI has them today.
#
# It makes a Python environment of its own (in a folder that is given, or in one that is removed),
# serves the reference on a free port, and ends it whatever happens.
#
#     suites/clients.sh [FOLDER]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
scratch=$(mktemp -d)
server=
end() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$scratch"
}
trap end EXIT

clients=${1:-$scratch/clients}
[ -x "$clients/bin/aws" ] || {
    python3 -m venv "$clients"
    "$clients/bin/pip" install --quiet --disable-pip-version-check boto3 awscli
}
PATH="$clients/bin:$PATH"
"$clients/bin/python" -c 'import boto3; print("boto3", boto3.__version__)'
aws --version

cargo build --locked --quiet

# with COMMAND...: a command with the endpoint of a new server behind it.
with() {
    : >"$scratch/serve"
    "${CARGO_TARGET_DIR:-target}"/debug/bellwether serve --address 127.0.0.1:0 2>"$scratch/serve" &
    server=$!
    local endpoint=
    for _ in $(seq 100); do
        endpoint=$(sed -n 's/^listening on \(http[^;]*\);.*/\1/p' "$scratch/serve")
        [ -z "$endpoint" ] || break
        sleep 0.1
    done
    [ -n "$endpoint" ] || { echo 'the server does not listen' >&2; cat "$scratch/serve" >&2; exit 1; }
    printf '\n== %s ==\n' "$*"
    "$@" "$endpoint"
    kill "$server"
    wait "$server" || true
    server=
}

with python suites/three_accounts.py
with python suites/every_operation.py
with suites/aws_cli.sh
echo 'all clients agree'
