#!/usr/bin/env bash
# Builds the Python wheel that carries the binary, with maturin.
#
#     packaging/wheel.sh FOLDER [OPTION...]
#
# The wheel is written to FOLDER; options are those of `maturin build`. Without options the binary is
# compiled in the profile `dist`, which takes long. Cargo compiles nothing that it has already:
# `--profile dev` packs the binary that `cargo run` made, for a look at the package.
#
# It needs Rust, and maturin or a Python that can install it.
set -euo pipefail
if [ $# -eq 0 ]; then
    echo 'usage: packaging/wheel.sh FOLDER [OPTION of maturin build...]' >&2
    exit 2
fi
mkdir -p "$1"
folder=$(cd "$1" && pwd)
shift
cd "$(dirname "${BASH_SOURCE[0]}")"

maturin=$(command -v maturin || true)
if [ -z "$maturin" ]; then
    tools=../target/packaging
    python3 -m venv "$tools"
    "$tools/bin/pip" install --quiet --disable-pip-version-check 'maturin>=1.9,<2'
    maturin=$tools/bin/maturin
fi
"$maturin" build --locked --target-dir ../target --out "$folder" "$@"
