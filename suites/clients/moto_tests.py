#!/usr/bin/env python3
"""moto's own tests in server mode, unchanged, against an endpoint; and why those that fail do.

    bellwether serve --address 127.0.0.1:4000 --default-account 123456789012 &
    python suites/clients/moto_tests.py FOLDER_OF_THE_SOURCE_DISTRIBUTION http://127.0.0.1:4000 [--write]

A test that fails is out of scope if the reference says so itself (it does not serve an operation, or does not
have a parameter or filter). For any other one moto_tests.json says why: what it is about is not modelled, AWS is
not known there, or what it claims is not what AWS does, with the source. Exit status 1 says that one failed for
no such reason. --write renews the table of docs/reference-clients.md, and the reasons below it.
"""

import collections
import importlib.metadata
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree

# What is about the services of the reference. The files of other resources of EC2 are out of scope as a whole.
FILES = [
    "tests/test_ec2/test_internet_gateways.py",
    "tests/test_ec2/test_prefix_lists.py",
    "tests/test_ec2/test_subnets.py",
    "tests/test_ec2/test_transit_gateway.py",
    "tests/test_ec2/test_vpcs.py",
    "tests/test_organizations/test_organizations.py",
    "tests/test_ram/test_ram.py",
]

# How the reference says that it does not do something.
NOT_SERVED = re.compile(
    "InvalidAction|UnknownOperationException|are not served|[Tt]he reference does not have"
)


def outcomes(source, endpoint):
    """Each test with what it failed with; nothing if it passed."""
    environment = os.environ | {
        "TEST_SERVER_MODE": "true",
        "TEST_SERVER_MODE_ENDPOINT": endpoint,
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    with tempfile.TemporaryDirectory() as folder:
        found = pathlib.Path(folder) / "found.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *FILES]
        command += ["--junitxml", str(found), "--tb=native", "--color=no", "-o", "junit_family=xunit1"]
        subprocess.run(command, cwd=source, env=environment, stdout=subprocess.DEVNULL)
        for case in tree.parse(found).iter("testcase"):
            file = case.get("classname").split(".")[-1]
            wrong = case.find("failure")
            wrong = case.find("error") if wrong is None else wrong
            if case.find("skipped") is None:
                text = "" if wrong is None else wrong.text or wrong.get("message")
                yield f"{file}::{case.get('name')}", text


KINDS = ["passed", "out of scope", "AWS is not known", "the test is wrong about AWS", "unexplained"]
PAGE = pathlib.Path(__file__).parents[2] / "docs" / "reference-clients.md"
WRITTEN = "<!-- What follows is written by suites/clients/moto_tests.py. -->\n"


def page(version, counts, reasons):
    """What stands in the documentation: the figures, and the reasons that some test has."""
    total = collections.Counter()
    for count in counts.values():
        total += count
    rows = sorted(counts.items()) + [("all", total)]
    lines = [f"moto {version}:", "", f"| tests | {' | '.join(KINDS)} |", "|---" * 6 + "|"]
    for name, count in rows:
        lines.append(f"| {name} | {' | '.join(str(count[kind]) for kind in KINDS)} |")
    for kind, tests in reasons.items():
        lines += ["", f"### {kind[0].upper()}{kind[1:]}", ""]
        for why, number in sorted(tests.items()):
            lines.append(f"- {why} ({number} {'tests' if number > 1 else 'test'})")
    return "\n".join(lines) + "\n"


def main():
    if len(sys.argv) not in (3, 4) or sys.argv[3:] not in ([], ["--write"]):
        sys.exit(f"usage: {sys.argv[0]} SOURCE ENDPOINT [--write]")
    source, endpoint = sys.argv[1:3]
    known = json.loads(pathlib.Path(__file__).with_suffix(".json").read_text())
    told = {
        test: (kind, why)
        for kind, groups in known.items()
        for why, tests in groups.items()
        for test in tests
    }
    counts = collections.defaultdict(collections.Counter)
    reasons = {kind: collections.Counter() for kind in known}
    unexplained = []
    for test, text in outcomes(source, endpoint):
        kind = "passed"
        if text and test in told:
            kind, why = told[test]
            reasons[kind][why] += 1
        elif text and NOT_SERVED.search(text):
            kind = "out of scope"
            reasons[kind]["The reference says that it does not have it."] += 1
        elif text:
            kind = "unexplained"
            unexplained.append(f"unexplained: {test}: {text.strip().splitlines()[-1]}")
        counts[test.split("::")[0]][kind] += 1
    version = importlib.metadata.version("moto")
    written = page(version, counts, reasons)
    print(written, *unexplained, sep="\n")
    if sys.argv[3:]:
        before = PAGE.read_text().split(WRITTEN)[0]
        PAGE.write_text(before + WRITTEN + "\n" + written)
    sys.exit(1 if unexplained else 0)


if __name__ == "__main__":
    main()
