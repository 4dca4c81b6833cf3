#!/usr/bin/env python3
"""Writes down the shapes of the operations that reproductions call, as the installed botocore says.

    python suites/api_shapes.py            whether the digest is current
    python suites/api_shapes.py --write    renew the digest

The digest (src/repro/apis.json) has a line for each operation that the reference serves: how it is sent, and
the trees of its input and output, as far as the reference reads and answers them. A member is a list: its
name, its name on the wire, its type, and more where it has more:

    s  text       i  integer     l  long integer    b  true or false    t  time    e  one of some words
    [  a list, with its rows as a member       {  a structure, with its shape's name and its members

A trailing ! marks a member that is required, a trailing ~ an idempotency token that clients fill in. It needs
botocore; no network. Exit status 0 says that the digest is current, 1 that it is not, 2 that it can't be made.
"""

import argparse
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

SOURCE = Path(__file__).resolve().parent.parent / "src"
READ = SOURCE / "reference" / "members"
ANSWERED = SOURCE / "reference" / "made" / "answers.json"
DIGEST = SOURCE / "repro" / "apis.json"

# The file of each service's operations, and botocore's name of the service.
SERVICES = {
    "ec2": "ec2",
    "licensemanager": "license-manager",
    "organizations": "organizations",
    "ram": "ram",
    "route53": "route53",
    "route53profiles": "route53profiles",
    "route53resolver": "route53resolver",
}

# Members of answers that the reference has and no suite shows, or that only a target's failure has.
UNSHOWN = {
    "ec2 DescribeImageAttribute": ["launchPermission.group"],
    "ec2 DeleteVpcEndpoints": ["unsuccessful.error.code"],
    "ec2 ReleaseHosts": ["unsuccessful.error.code"],
}

TYPES = {
    "string": "s",
    "character": "s",
    "blob": "s",
    "integer": "i",
    "long": "l",
    "float": "l",
    "double": "l",
    "boolean": "b",
    "timestamp": "t",
}


def read_by_the_reference(service):
    """The parameters of each operation that the reference reads, as requests spell them."""
    text = (READ / f"{service}.rs").read_text()
    for name, members in re.findall(r'\(\s*"([A-Z]\w+)",\s*"((?:[^"\\]|\\.|\\\n)*)"', text):
        words = members.replace("\\\n", " ").split()
        yield name, [word.split("=")[0].lstrip("~").lower() for word in words]


def is_wanted(path, wanted):
    """Whether a path is one of these, leads to one, or lies inside one that takes all."""
    path = path.lower()
    for one in wanted:
        stem = one.removesuffix(".*")
        if one.endswith(".*") and (path == stem or path.startswith(stem + ".")):
            return True
        if stem == path or stem.startswith(path + "."):
            return True
    return False


def on_the_wire(protocol, key, shape, is_input):
    name = shape.serialization.get("name")
    if protocol != "ec2" or not is_input:
        return name or key
    query = shape.serialization.get("queryName")
    return query or (name[:1].upper() + name[1:] if name else key)


class Digester:
    """Digests the shapes of one operation, as far as they are wanted."""

    def __init__(self, protocol, is_input, wanted):
        self.protocol, self.is_input, self.wanted = protocol, is_input, wanted

    def type_of(self, shape, path, above):
        if shape.type_name == "list":
            row = shape.member
            name = row.serialization.get("name", "item" if self.protocol == "ec2" else "member")
            return ["[", [name, name, *self.type_of(row, path, above)]]
        if shape.type_name == "structure":
            if shape.name in above:
                return None
            return ["{", shape.name, self.members(shape, path, (*above, shape.name))]
        if shape.type_name == "map":
            return None
        return ["e" if getattr(shape, "enum", None) else TYPES[shape.type_name]]

    def members(self, shape, path="", above=()):
        found = []
        for key, member in shape.members.items():
            wire = on_the_wire(self.protocol, key, member, self.is_input)
            place = member.serialization.get("location")
            inside = f"{path}.{wire}" if path else wire
            if place not in ("uri", "header") and not is_wanted(inside, self.wanted):
                continue
            if place == "header" and not self.is_input:
                continue
            kind = self.type_of(member, inside, above)
            if kind is None:
                continue
            if key in shape.required_members:
                kind[0] += "!"
            if member.metadata.get("idempotencyToken"):
                kind[0] += "~"
            found.append([key, wire, *kind])
        return found


def entry(operation, read, answered):
    protocol = operation.service_model.metadata["protocol"]
    http = operation.http
    lines = {"http": [http["method"], http["requestUri"]]}
    read = [*read, "dryrun", "clienttoken", "creatorrequestid"]
    if operation.input_shape:
        lines["in"] = Digester(protocol, True, read).members(operation.input_shape)
    if operation.output_shape:
        key = f"{operation.service_model.service_name} {operation.name}"
        fields = [*answered.get("fields", []), *answered.get("lists", []), *UNSHOWN.get(key, [])]
        wanted = [re.sub(r"\[\]", "", field).lower() for field in fields] + ["nexttoken"]
        if protocol == "rest-xml":
            # Rows of lists bear their own names, which the digest of answers spells as members.
            wanted = [re.sub(r"\.(HostedZoneSummary|HostedZone|VPC)(?=\.|$)", "", field, flags=re.I)
                      if field.lower().startswith(("hostedzones.", "hostedzonesummaries.", "vpcs."))
                      else field for field in wanted]
        lines["out"] = Digester(protocol, False, wanted).members(operation.output_shape)
    return lines


def written():
    """The digest, as it has to be."""
    answers = json.loads(ANSWERED.read_text())
    entries = {}
    for service, name in SERVICES.items():
        model = ServiceModel(Loader().load_service_model(name, "service-2"), name)
        for operation, read in read_by_the_reference(service):
            if operation in model.operation_names:
                key = f"{service} {operation}"
                entries[key] = entry(model.operation_model(operation), read, answers.get(key, {}))
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
    if arguments.write:
        DIGEST.write_text(new)
        return 0
    old = DIGEST.read_text() if DIGEST.exists() else ""
    for line in sorted(set(old.splitlines()) ^ set(new.splitlines())):
        print(line)
    return int(old != new)


if __name__ == "__main__":
    sys.exit(main())
