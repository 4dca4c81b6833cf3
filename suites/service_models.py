#!/usr/bin/env python3
"""Writes down what the operations of the reference take on AWS, as the installed botocore says.

The digest has one line for each operation that the reference serves: the names of its parameters as
requests spell them, without the numbers of list members; the words that some of them are one of; those
that are numbers, and those that are lists; the filters that its documentation names; the bounds of its
MaxResults. With it the reference tells what it lacks from what AWS lacks too, and mutants are made.

    python suites/service_models.py            what is new or gone since the digest was written
    python suites/service_models.py --write    renew the digest

It needs botocore; no network. Run it with --write once the reference serves another operation. Exit
status 0 says that the digest is current, 1 that it is not, 2 that it can't be made, with the reason
on standard error.
"""

import argparse
import html
import json
import re
import sys
from pathlib import Path

try:
    import botocore
    from botocore.loaders import Loader
    from botocore.model import ServiceModel
except ImportError as error:
    print(f"{error}: run `pip install botocore` first", file=sys.stderr)
    sys.exit(2)

FOLDER = Path(__file__).resolve().parent.parent / "src" / "reference" / "members"
DIGEST = FOLDER / "service_models.json"

# The file of each service's operations, and botocore's name of the service.
SERVICES = {
    "ec2": "ec2",
    "licensemanager": "license-manager",
    "organizations": "organizations",
    "ram": "ram",
    "route53": "route53",
    "route53profiles": "route53profiles",
    "route53resolver": "route53resolver",
    "sts": "sts",
    "tagging": "resourcegroupstaggingapi",
}

# The words of a parameter that are written down.
WORDS_MAX = 4


def spelled(protocol, key, shape):
    """The name of a member as a request spells it."""
    name = shape.serialization.get("name")
    if protocol != "ec2":
        return name or key
    query = shape.serialization.get("queryName")
    return query or (name[:1].upper() + name[1:] if name else key)


def parameters(protocol, shape, before="", above=()):
    """The paths of all parameters of a structure; those in the path of the request are left out."""
    for key, member in shape.members.items():
        if member.serialization.get("location") == "uri":
            continue
        path = before + spelled(protocol, key, member)
        inside = member
        while inside.type_name == "list":
            inside = inside.member
        if inside.type_name == "structure" and inside.name not in above:
            yield from parameters(protocol, inside, f"{path}.", (*above, inside.name))
        else:
            yield path


def lists(protocol, shape, before="", above=()):
    """The paths of the lists of a structure; those in the path of the request are left out."""
    for key, member in shape.members.items():
        if member.serialization.get("location") == "uri":
            continue
        path = before + spelled(protocol, key, member)
        inside = member
        while inside.type_name == "list":
            yield path
            inside = inside.member
        if inside.type_name == "structure" and inside.name not in above:
            yield from lists(protocol, inside, f"{path}.", (*above, inside.name))


def values(protocol, shape, before="", above=()):
    """The parameters of a structure that have one of a few words, each with these; numbers with none."""
    for key, member in shape.members.items():
        path = before + spelled(protocol, key, member)
        while member.type_name == "list":
            member = member.member
        if member.type_name == "structure" and member.name not in above:
            yield from values(protocol, member, f"{path}.", (*above, member.name))
        elif member.type_name == "boolean":
            yield path, ["true", "false"]
        elif member.type_name in ("integer", "long", "float", "double"):
            yield path, []
        elif words := getattr(member, "enum", []):
            # Of the many types of instances and the like a few do.
            yield path, words[:WORDS_MAX]


def outer_items(documentation):
    """The names that begin the items of a list, those of lists inside its items left out."""
    depth = 0
    for token in re.finditer(r"<ul>|</ul>|<li>\s*<p>\s*<code>([^<]+)</code>", documentation):
        depth += {"<ul>": 1, "</ul>": -1}.get(token[0], 0)
        if token[1] and depth == 1:
            yield html.unescape(token[1]).strip()


def filters(operation):
    """The filters that the documentation of an operation names, with their other names."""
    members = operation.input_shape.members
    list_of_filters = members.get("Filters") or members.get("Filter")
    if list_of_filters is None or list_of_filters.type_name != "list":
        return []
    text = list_of_filters.documentation
    if operation.service_model.service_name == "route53resolver":
        # The filters of all operations stand at the shape.
        whole = list_of_filters.member.members["Name"].documentation
        parts = whole.split(f"<b>{operation.name}</b>")
        text = parts[1].split("<b>List")[0] if len(parts) == 2 else ""
    names = list(outer_items(text))
    for other in re.findall(r"can also use (.*?) as the filter name", text, re.DOTALL):
        names += re.findall(r"<code>([^<]+)</code>", other)
    names = ["tag" if name.startswith("tag:") else name for name in names]
    return sorted(set(names))


def entry(operation):
    """What an operation takes."""
    shape = operation.input_shape
    taken = {"members": []}
    if shape is None:
        return taken
    protocol = operation.service_model.metadata["protocol"]
    taken["members"] = sorted(set(parameters(protocol, shape)))
    read = set(taken["members"])
    found = {path: words for path, words in values(protocol, shape) if path in read}
    if words := {path: words for path, words in found.items() if words}:
        taken["words"] = words
    if numbers := sorted(path for path, words in found.items() if not words):
        taken["numbers"] = numbers
    if found := sorted(set(lists(protocol, shape))):
        taken["lists"] = found
    if named := filters(operation):
        taken["filters"] = named
    for key, member in shape.members.items():
        if key.lower() == "maxresults":
            taken["bounds"] = [member.metadata.get("min"), member.metadata.get("max")]
    return taken


def served(service):
    """The operations that the reference serves of a service."""
    text = (FOLDER / f"{service}.rs").read_text()
    return re.findall(r"\(\s*\"([A-Z]\w+)\",\s*\"", text)


def written():
    """The digest, as it has to be."""
    entries = {}
    for service, name in SERVICES.items():
        model = ServiceModel(Loader().load_service_model(name, "service-2"), name)
        for operation in served(service):
            if operation in model.operation_names:
                entries[f"{service} {operation}"] = entry(model.operation_model(operation))
    lines = (
        f"{json.dumps(key)}: {json.dumps(value, separators=(',', ':'))}"
        for key, value in sorted(entries.items())
    )
    version = json.dumps(botocore.__version__)
    return f'{{"botocore": {version}, "operations": {{\n' + ",\n".join(lines) + "\n}}\n"


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--write", action="store_true", help="renew the digest")
    arguments = options.parse_args()
    new = written()
    old = DIGEST.read_text() if DIGEST.exists() else ""
    if arguments.write:
        DIGEST.write_text(new)
        return 0
    gone, come = set(old.splitlines()), set(new.splitlines())
    for line in sorted(gone - come):
        print(f"- {line}")
    for line in sorted(come - gone):
        print(f"+ {line}")
    return int(old != new)


if __name__ == "__main__":
    sys.exit(main())
