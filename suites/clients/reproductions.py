"""Plays reproductions: those of a mutant's divergences fail on the mutant, and pass on the reference.

    python reproductions.py BELLWETHER [--moto MOTO_SERVER] [--keep FOLDER]

Each mutant is checked with the suites of its topic. The script with the AWS CLI and the test with boto3 of a
divergence that shows are played against the served mutant, where they have to say that it diverges, and against
the served reference, where they have to say that it does not. With moto, those of some divergences of moto are
played against it and have to fail. `aws` and `pytest` are those on the PATH.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

# Mutants of all kinds of divergences, each with the suites that show it.
MUTANTS = {
    "accepted-twice": "invitations/*",
    "allocation-released-by-others": "ipam-pool/*",
    "closed-share-crashes": "principals/*",
    "config-read-by-anybody": "query-log-config/*",
    "default-version-deleted": "permissions/*",
    "dry-run-takes-effect": "subnet/*",
    "feature-set-missing": "lifecycle/*",
    "gateways-never-shared": "transit-gateway/*",
    "host-released-by-consumer": "dedicated-host/*",
    "launch-after-revocation": "{revoke,subnet}/*",
    "name-filter-unreadable": "{lifecycle,reads}/*",
    "no-invitation-made": "invitations/*",
    "owners-tags-leak": "{tags,subnet}/*",
    "pending-share-listed": "invitations/*",
    "placement-groups-never-shared": "placement-group/*",
    "prefix-lists-never-shared": "prefix-list/*",
    "private-image-copied": "image/*",
    "profiles-never-shared": "profile/*",
    "renaming-flaps": "lifecycle/*",
    "share-listed-twice": "{law,lifecycle}/*",
    "shares-of-every-region": "regions/*",
    "sources-never-kept": "principals/*",
    "units-ignored": "{organization,principals}/*",
    "zone-taken-without-authorization": "hosted-zone/*",
}

# What a divergence of moto is looked for with.
OF_MOTO = "lifecycle/*"


@contextmanager
def serving(command, pattern):
    """A server that this command starts; yields its endpoint once it says so."""
    with tempfile.TemporaryFile("w+") as log:
        server = subprocess.Popen(command, stderr=log, stdout=log)
        try:
            for _ in range(300):
                log.seek(0)
                found = re.search(pattern, log.read())
                if found:
                    yield found[1]
                    break
                if server.poll() is not None:
                    raise RuntimeError(f"{command} does not serve")
                subprocess.run(["sleep", "0.1"], check=True)
            else:
                raise RuntimeError(f"{command} does not listen")
        finally:
            server.terminate()
            server.wait()


def reference(bellwether, *options):
    command = [bellwether, "serve", "--address", "127.0.0.1:0", *options]
    return serving(command, r"listening on (http[^;\s]*)")


def environment(endpoint):
    return {**os.environ, "AWS_ENDPOINT_URL": endpoint, "AWS_EC2_METADATA_DISABLED": "true"}


def played(files, endpoint):
    """The exit status of each reproduction, and what it says."""
    def play(file):
        if file.suffix == ".sh":
            command = ["bash", str(file)]
        else:
            command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(file)]
        done = subprocess.run(
            command, env=environment(endpoint), capture_output=True, text=True, timeout=300
        )
        return done.returncode, done.stdout + done.stderr

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(files, pool.map(play, files)))


def diverges(file, status, said):
    """Whether a reproduction says that the target does not do what AWS does."""
    return status == 1 and "expected " in said and "it can't be played" not in said


def report_of(bellwether, folder, *options):
    command = [bellwether, "check", "--quiet", "--seed", "1", "--report", str(folder), *options]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode not in (0, 1, 3):
        raise RuntimeError(f"{command}: {done.stderr}")
    return json.loads((folder / "results.json").read_text())["divergences"]


def reproductions(folder, divergence):
    """The script and the test of a divergence, and the languages in which there is none."""
    name = divergence["id"]
    plain = re.sub(r"[^a-z0-9]", "_", name.lower())
    files = [folder / "repro" / f"{name}.sh", folder / "repro" / f"test_{plain}.py"]
    return [file for file in files if file.exists()]


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("bellwether")
    options.add_argument("--moto", help="the program that serves moto")
    options.add_argument("--keep", type=Path, help="the folder of the reports")
    options.add_argument("--mutant", action="append", help="only this one")
    arguments = options.parse_args()
    scratch = arguments.keep or Path(tempfile.mkdtemp())
    wrong, kinds, count = [], set(), 0
    found = []
    for mutant, suites in MUTANTS.items():
        if arguments.mutant and mutant not in arguments.mutant:
            continue
        folder = scratch / mutant
        how = ("--mutant", mutant, "--suite", suites, "--cases", "0")
        divergences = report_of(arguments.bellwether, folder, *how)
        divergence = next((it for it in divergences if reproductions(folder, it)), None)
        if divergence is None:
            wrong.append(f"{mutant}: no reproduction of {[it['id'] for it in divergences]}")
            continue
        files = reproductions(folder, divergence)
        found += files
        kinds.add(divergence["kind"])
        count += 1
        with reference(arguments.bellwether, "--mutant", mutant) as endpoint:
            for file, (status, said) in played(files, endpoint).items():
                if not diverges(file, status, said):
                    wrong.append(f"{mutant}: {file.name} ends with {status} on the mutant:\n{said}")
        print(f"{mutant}: {divergence['id']}", flush=True)
    with reference(arguments.bellwether) as endpoint:
        for file, (status, said) in played(found, endpoint).items():
            if status != 0:
                wrong.append(f"{file.name} ends with {status} on the reference:\n{said}")
    if arguments.moto:
        wrong += of_moto(arguments, scratch / "moto")
    print(f"{count} divergences of {len(kinds)} kinds ({', '.join(sorted(kinds))})")
    if wrong:
        sys.exit("\n".join(wrong))


def of_moto(arguments, folder):
    """What is wrong with reproductions of moto's divergences."""
    wrong, count = [], 0
    command = [arguments.moto, "-H", "127.0.0.1", "-p", "0"]
    with serving(command, r"Running on (http://127\.0\.0\.1:\d+)") as endpoint:
        how = ("--target", "moto", "--endpoint", endpoint, "--suite", OF_MOTO, "--cases", "0")
        for divergence in report_of(arguments.bellwether, folder, *how)[:6]:
            for file, (status, said) in played(reproductions(folder, divergence), endpoint).items():
                count += 1
                if not diverges(file, status, said):
                    wrong.append(f"{file.name} ends with {status} on moto:\n{said}")
    print(f"{count} reproductions of divergences of moto")
    return wrong


if __name__ == "__main__":
    main()
