#!/usr/bin/env python3
"""Writes docs/moto.md: what a run of `check` found in moto, and twenty divergences of it reproduced with boto3.

    moto_server -p 5101 &
    bellwether check --target moto --endpoint http://127.0.0.1:5101 --report report
    python suites/clients/moto_page.py report/results.json http://127.0.0.1:5101 >docs/moto.md

Run it with moto's own Python: it prints the versions of moto and boto3 that are installed there. The twenty are drawn
by a seed from all divergences. Exit status 1 says that one of them does not show with boto3.
"""

import collections
import importlib.metadata
import json
import random
import re
import sys

from botocore.exceptions import ClientError

import scenarios

SEED = 20
DRAWN = 20


def values(answer, field):
    """All that an answer says of a field, at any depth."""
    if isinstance(answer, list):
        return [value for item in answer for value in values(item, field)]
    if not isinstance(answer, dict):
        return []
    own = [value for key, value in answer.items() if key.lower() == field.lower()]
    return own + [value for item in answer.values() for value in values(item, field)]


def is_field(answer, divergence):
    """Whether a field of an answer is as the run observed it."""
    if " is " not in divergence["observed"]:
        raise scenarios.Unknown(f"how a field shows {divergence['observed']}")
    said = divergence["observed"].rsplit(" is ", 1)[1]
    if divergence["field"] == "maxResults":
        items = next(value for value in answer.values() if isinstance(value, list))
        return len(items) == int(said)
    here = values(answer, divergence["field"])
    if said in ("nothing", "[]"):
        return not any(here)
    return any(str(value).lower() == said.strip('"').lower() for value in here)


def shows(world, answer, divergence):
    """Whether an answer shows a divergence."""
    kind = divergence["kind"]
    is_refused = isinstance(answer, ClientError)
    if kind in ("wrongly-granted", "empty-not-refused"):
        return not is_refused
    if kind == "wrongly-refused":
        return is_refused
    if kind == "wrong-code":
        return is_refused and answer.response["Error"]["Code"] in divergence["observed"]
    if kind == "crash":
        return is_refused and answer.response["ResponseMetadata"]["HTTPStatusCode"] >= 500
    if is_refused:
        return False
    if kind == "unreadable":
        # boto3 takes a text for a time where the service's model has a number.
        text = re.search("but found `(.*?)`", divergence["observed"])
        return text is not None and f'"{text[1]}"'.encode() in world.body
    if kind in ("lost", "leak"):
        name = divergence["observed"].split(" is ")[0].split(" in ")[0]
        listed = world.names.get(name, world.id(name)) in json.dumps(answer, default=str)
        return listed == (kind == "leak")
    return is_field(answer, divergence)


def in_short(world, answer):
    """An answer in one line, with the names of the scenario in place of ids."""
    if isinstance(answer, ClientError):
        status = answer.response["ResponseMetadata"]["HTTPStatusCode"]
        text = f"HTTP {status} {answer.response['Error']['Code']}: {answer.response['Error']['Message']}"
    else:
        text = json.dumps(answer, default=str)
    for name, id in [*world.names.items(), *world.ids.items()]:
        text = text.replace(id, f"<{name}>")
    text = " ".join(text.split()).replace("`", "'")
    return text if len(text) <= 300 else text[:297] + "..."


def counted(words):
    """Words with how often each is there, the most frequent first."""
    counts = collections.Counter(words).most_common()
    return "\n".join(f"| {word} | {count} |" for word, count in counts)


def head(result, arguments):
    """The page up to the divergences that are reproduced."""
    found = result["divergences"]
    states = collections.Counter(rule["state"] for rule in result["rules"].values())
    early = result.get("ended_early")
    ended = "The run played all suites and cases."
    if early:
        left = [f"{early[it]['played']} of {early[it]['planned']} {it}" for it in ("suites", "cases")]
        ended = f"The run ended early: {early['why']}, after {left[0]} and {left[1]}."
    versions = {name: importlib.metadata.version(name) for name in ("moto", "boto3")}
    operations = sum(result["operations"].values())
    print(f"""# A worked example: moto {versions["moto"]}

This page is written by a command; edit `suites/clients/moto_page.py`, not the page.

```sh
moto_server -p 5101 &
bellwether check --target moto --endpoint http://127.0.0.1:5101 --report report
python {arguments} >docs/moto.md
```

moto {versions["moto"]}, boto3 {versions["boto3"]}, Bellwether {result["bellwether"]}, {result["ended_at"][:10]}. {ended}

| what | measured |
|---|---|
| verdict | {result["verdict"]} |
| cases, requests, seconds | {result["cases"]}, {result["requests"]}, {result["seconds"]:.0f} |
| operations that moto has, of those that are modelled | {operations} of {len(result["operations"])} |
| rules that conform, that diverge | {states["conforms"]}, {states["diverges"]} |
| divergences, one of each origin | {len(found)} |
| findings that did not show again each time | {len(result["flaky"])} |

## What was found

By kind ([docs/reports.md](reports.md) says what each means):

| kind | divergences |
|---|---|
{counted(it["kind"] for it in found)}

By topic of the rule:

| topic | divergences |
|---|---|
{counted(it["rule"].split("/")[0] for it in found)}

## {DRAWN} of them, with boto3

Drawn at random from all of them, by the seed {SEED}. `suites/clients/scenarios.py` plays each scenario with boto3, which
shares no code with Bellwether's client; the last answer stands below it. A rule's sources are where its sentence comes from.
""")


def source(says, place):
    """A source of a rule: a link, where its place is one."""
    return f"[{says}]({place})" if place.startswith("https:") else f"{says} ({place})"


def one(endpoint, divergence):
    """The part of a divergence; returns whether it shows."""
    lines = [line for line in divergence["scenario"].splitlines() if not line.startswith("#")]
    scenario = "\n".join(lines).strip()
    world, answers = scenarios.play(endpoint, scenario)
    *_, answer = answers[-1]
    is_shown = shows(world, answer, divergence)
    sources = "; ".join(source(it["says"], it["place"]) for it in divergence["sources"])
    observed = " ".join(divergence["observed"].split()).replace("<", "\\<")
    print(f"""### `{divergence["id"]}`

{divergence["says"]} Evidence: {divergence["evidence"]}. Sources: {sources}.

```text
{scenario}
```

Expected: {divergence["expected"]}. Bellwether observed: {observed}. boto3 {"shows it" if is_shown else "does not show it"}:
`{in_short(world, answer)}`
""")
    return is_shown


def main():
    path, endpoint = sys.argv[1:]
    with open(path) as file:
        result = json.load(file)
    head(result, " ".join(["suites/clients/moto_page.py", "report/results.json", endpoint]))
    found = {it["id"]: it for it in result["divergences"]}
    drawn = random.Random(SEED).sample(sorted(found), min(DRAWN, len(found)))
    shown = [one(endpoint, found[id]) for id in drawn]
    print(f"boto3 shows {sum(shown)} of {len(shown)}.")
    return 0 if all(shown) else 1


if __name__ == "__main__":
    sys.exit(main())
