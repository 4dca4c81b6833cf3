#!/usr/bin/env python3
"""Compares what `judge` said of a recorded session with what `check` says of the same target.

    python suites/clients/judged.py JUDGED.json CHECKED.json

Exit status 0 says that the session contradicts the model, and that each rule that it contradicts is among those that
the target breaks in `check`.
"""

import json
import pathlib
import sys


def main(judged, checked):
    judged = json.loads(pathlib.Path(judged).read_text())
    checked = json.loads(pathlib.Path(checked).read_text())
    contradicted = {it["rule"] for it in judged["contradictions"]}
    broken = {it["rule"] for it in checked["divergences"]}
    print(f"contradicted by the session: {', '.join(sorted(contradicted)) or 'nothing'}")
    if not contradicted:
        sys.exit("the session was to show divergences")
    if contradicted - broken:
        sys.exit(f"check does not know these: {', '.join(sorted(contradicted - broken))}")


if __name__ == "__main__":
    main(*sys.argv[1:])
