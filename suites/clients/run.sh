#!/usr/bin/env bash
# Real clients against the served reference, as the package registries have them today.
#
#     suites/clients/run.sh [CLIENT...]
#
# The clients are boto3, aws_cli, javascript, pytest_plugin and reproductions, which are meant if none is named, and
# ansible, c7n, moto, judged and recordings.
# Each gets a server of its own on a free port, and what it needs in a folder that is removed at the end, or in
# the one that CLIENTS names, which is kept. A client that can't be installed here is skipped.
#
# BELLWETHER names the program that serves; without it cargo builds one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
scratch=$(mktemp -d)
clients=${CLIENTS:-$scratch/clients}
server=
end() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$scratch"
}
trap end EXIT
export PYTHONDONTWRITEBYTECODE=1 PIP_DISABLE_PIP_VERSION_CHECK=1 AWS_EC2_METADATA_DISABLED=true

# pip_install PACKAGE...: a Python environment in $own with these packages in it.
pip_install() {
    python3 -m venv "$own" && "$own/bin/pip" install --quiet "$@"
}

# recorded ENDPOINT NAME: records the session against an endpoint, in NAME.jsonl.
recorded() {
    "$BELLWETHER" record --endpoint "$1" --out "$scratch/$2.jsonl" -- \
        "$own/bin/python" boto3/recorded_session.py
}

# A client is two functions. NAME_install puts what it needs into the folder $own, once; the client is skipped
# if that fails. NAME plays it against $endpoint.

boto3_install() { pip_install boto3 pytest; }
boto3() {
    "$own/bin/python" boto3/three_accounts.py "$endpoint" >"$scratch/walk" || fails "$scratch/walk"
    "$own/bin/pytest" -q -p no:cacheprovider boto3 --endpoint "$endpoint"
}

# PyPI has version 1 alone. Version 2 is Debian's, which CI installs; a person's machine is left as it is.
aws_cli_install() {
    pip_install awscli
    [ -z "${APT:-}" ] || apt-get install -y -q awscli || echo 'Debian has no awscli here'
}
aws_cli() {
    local aws number=0
    for aws in "$own/bin/aws" /usr/bin/aws; do
        if [ -x "$aws" ]; then
            "$aws" --version
            number=$((number + 1))
            PATH="$(dirname "$aws"):$PATH" \
                ./aws_cli.sh "$endpoint" "33333333333$number" "44444444444$number"
        else
            echo "skipped: there is no $aws"
        fi
    done
}

javascript_install() {
    cp javascript/package.json "$own"
    npm install --prefix "$own" --no-audit --no-fund --no-package-lock
}
javascript() {
    # Packages are looked for beside the file that imports them.
    cp javascript/*.mjs "$own"
    ENDPOINT=$endpoint node --test "$own"/*.test.mjs
}

# The plugin of pytest in packaging/pytest: what is served passes, and a planted fault is a failed test with the
# sentence of its rule.
pytest_plugin_install() { pip_install pytest ../../packaging/pytest; }
pytest_plugin() {
    rules "$scratch/passed" || fails "$scratch/passed"
    grep -q 'bellwether::invitation/accepted-once PASSED' "$scratch/passed" || fails "$scratch/passed"
    end_server
    serve --mutant accepted-twice
    ! rules "$scratch/failed" || fails "$scratch/failed"
    grep -q 'bellwether::invitation/accepted-once FAILED' "$scratch/failed" || fails "$scratch/failed"
    grep -qx 'An invitation can be accepted once\.' "$scratch/failed" || fails "$scratch/failed"
    tail -n 1 "$scratch/failed"
}

# rules FILE: makes a test of each rule, in an empty folder, and keeps what pytest prints in a file.
rules() {
    local pytest
    pytest=$(realpath "$own")/bin/pytest
    mkdir -p "$scratch/empty"
    (
        cd "$scratch/empty"
        "$pytest" -v -p no:cacheprovider --bellwether-command "$BELLWETHER" \
            --bellwether-endpoint "$endpoint" --bellwether-accounts access-key \
            --bellwether-args '--suite invitations/* --cases 0'
    ) >"$1" 2>&1
}

# Reproductions of divergences, as scripts and tests: those of a few mutants, of all with REPRODUCTIONS=all, and then
# of divergences of moto too.
reproductions_install() { pip_install awscli boto3 pytest 'moto[server]'; }
reproductions() {
    local which=(--mutant accepted-twice --mutant pending-share-listed --mutant no-invitation-made)
    [ "${REPRODUCTIONS:-}" != all ] || which=(--moto "$own/bin/moto_server")
    PATH="$own/bin:$PATH" "$own/bin/python" reproductions.py "$BELLWETHER" \
        --keep "$scratch/reproductions" "${which[@]}"
}

# The package `ansible` has the collections amazon.aws and community.aws in it.
ansible_install() { pip_install ansible boto3; }
ansible() {
    AWS_ENDPOINT_URL=$endpoint ANSIBLE_HOME=$scratch/ansible ANSIBLE_LOCALHOST_WARNING=false \
        "$own/bin/ansible-playbook" -i localhost, -e "ansible_python_interpreter=$own/bin/python" \
        ansible.yml
}

c7n_install() { pip_install c7n; }
c7n() { PATH="$own/bin:$PATH" "$own/bin/python" c7n_policies.py "$endpoint"; }

# The tests are in the source distribution alone.
moto_install() {
    pip_install 'moto[all,server]' pytest freezegun
    local version
    version=$("$own/bin/python" -c 'import moto; print(moto.__version__)')
    "$own/bin/pip" download --quiet --no-deps --no-binary moto --dest "$own" "moto==$version"
    mkdir "$own/source" && tar -xzf "$own/moto-$version.tar.gz" -C "$own/source" --strip-components 1
}
# DOCUMENTS=write renews the figures of docs/reference-clients.md.
moto() {
    "$own/bin/python" moto_tests.py "$own/source" "$endpoint" \
        ${DOCUMENTS:+"--$DOCUMENTS"}
}

# Answers of AWS that others recorded; RECORDINGS names the folder, see recordings.py.
recordings_install() { pip_install boto3; }
recordings() {
    "$own/bin/python" recordings.py "${RECORDINGS:?names the folder of the recordings}" "$endpoint"
}

# A session of boto3, recorded and judged: it conforms against the reference; against moto it shows what check knows.
judged_install() {
    pip_install boto3
    "$own/bin/pip" install --quiet 'moto[ec2,ram,server]' || touch "$own/without-moto"
}
judged() {
    local port moto code=0
    recorded "$endpoint" reference
    "$BELLWETHER" judge "$scratch/reference.jsonl" --standalone
    if [ -e "$own/without-moto" ]; then
        echo 'skipped: moto can not be installed'
        return
    fi
    port=$("$own/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    MOTO_EC2_LOAD_DEFAULT_AMIS=false "$own/bin/moto_server" -H 127.0.0.1 -p "$port" >"$scratch/moto" 2>&1 &
    moto=$!
    for _ in $(seq 100); do
        ! "$own/bin/python" -c "import urllib.request as r; r.urlopen('http://127.0.0.1:$port/moto-api/')" \
            2>/dev/null || break
        sleep 0.2
    done
    recorded "http://127.0.0.1:$port" moto || code=$?
    if [ "$code" = 0 ]; then
        "$BELLWETHER" judge "$scratch/moto.jsonl" --as moto --standalone --format json \
            >"$scratch/judged.json" || code=$?
        "$BELLWETHER" check --target moto --endpoint "http://127.0.0.1:$port" --cases 0 --format json \
            >"$scratch/checked.json" 2>"$scratch/check" || true
    fi
    kill "$moto"
    wait "$moto" 2>/dev/null || true
    [ "$code" = 1 ] || fails "$scratch/moto"
    "$own/bin/python" judged.py "$scratch/judged.json" "$scratch/checked.json"
}

# The options of a client's server.
declare -A options=([recordings]='--settle association=1s')

fails() {
    cat "$1" >&2
    exit 1
}

# serve [OPTION...]: starts a server, whose endpoint is then in $endpoint.
serve() {
    : >"$scratch/serve"
    "$BELLWETHER" serve --address 127.0.0.1:0 --default-account 123456789012 "$@" 2>"$scratch/serve" &
    server=$!
    for _ in $(seq 100); do
        endpoint=$(sed -n 's/^listening on \(http[^;]*\);.*/\1/p' "$scratch/serve")
        [ -z "$endpoint" ] || return 0
        sleep 0.1
    done
    echo 'the server does not listen' >&2
    fails "$scratch/serve"
}

play() {
    printf '\n== %s (%d s so far) ==\n' "$1" "$SECONDS"
    own=$clients/$1
    if [ ! -e "$own/installed" ]; then
        mkdir -p "$own"
        # In a shell of its own that ends at the first error, which a condition would not let it do.
        set +e
        (set -e; "$1_install" >"$scratch/install" 2>&1; touch "$own/installed")
        set -e
    fi
    if [ ! -e "$own/installed" ]; then
        tail -n 2 "$scratch/install"
        echo "skipped: $1 can not be installed"
        return
    fi
    # shellcheck disable=SC2086 # They are several words.
    serve ${options[$1]:-}
    "$1"
    end_server
}

end_server() {
    kill "$server"
    wait "$server" || true
    server=
}

[ $# -gt 0 ] || set -- boto3 aws_cli javascript pytest_plugin reproductions
for client; do
    declare -F "${client}_install" >/dev/null || {
        echo "no client $client; the clients are boto3, aws_cli, javascript, pytest_plugin, reproductions, ansible, c7n," \
            moto, judged, recordings >&2
        exit 2
    }
done
[ -n "${BELLWETHER:-}" ] || {
    (cd ../.. && cargo build --locked --quiet)
    target=${CARGO_TARGET_DIR:-../../target}
    BELLWETHER=$(realpath "$target/debug/bellwether")
}
for client; do
    play "$client"
done
echo 'all clients that were played agree'
