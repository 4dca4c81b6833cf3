#!/usr/bin/env bash
# Packs a binary with what belongs beside it: manual pages, completions, licence, README and changes.
#
#     packaging/archive.sh BINARY TARGET FOLDER
#
# Writes FOLDER/bellwether-VERSION-TARGET.tar.gz, or .zip where TARGET is one of Windows. The binary has to
# run on this machine. `cargo binstall` looks for archives of these names: see Cargo.toml.
set -euo pipefail
if [ $# -ne 3 ]; then
    echo 'usage: packaging/archive.sh BINARY TARGET FOLDER' >&2
    exit 2
fi
binary=$1
target=$2
mkdir -p "$3"
out=$(cd "$3" && pwd)
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# `bellwether 1.2.3 (commit)`
read -r _ version _ <<<"$("$binary" --version) "
name=bellwether-$version-$target
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/$name/completions"
cp "$binary" "$root/LICENSE" "$root/README.md" "$root/CHANGELOG.md" "$work/$name/"
"$binary" man "$work/$name/man" >/dev/null
for shell in bash elvish fish powershell zsh; do
    "$binary" completions "$shell" >"$work/$name/completions/bellwether.$shell"
done

cd "$work"
case $target in
    *-windows-*) 7z a -bso0 "$out/$name.zip" "$name" ;;
    *) tar -czf "$out/$name.tar.gz" "$name" ;;
esac
