#!/usr/bin/env bash
# The clients that take long to install or to play. For a nightly job, and for people.
set -euo pipefail
export REPRODUCTIONS=all
exec "$(dirname "${BASH_SOURCE[0]}")/run.sh" ansible c7n moto judged reproductions
