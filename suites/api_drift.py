#!/usr/bin/env python3
"""Compares AWS's APIs, as the installed botocore describes them, with those of the last look.

Watched are the operations that the model has, with all that their inputs, outputs and errors hold,
and the names of all operations of RAM, Route 53 Profiles and Route 53 Resolver. The last look is a
digest beside this file: one line for each operation, structure and enum, with short hashes in place
of documentation. It also compares the Rust SDK of Cargo.lock with botocore; what that lacks stands
in docs/api-drift.md.

    python suites/api_drift.py                 what is new, gone or changed
    python suites/api_drift.py --since FOLDER  the same since an older botocore, with the sentences
    python suites/api_drift.py --unread        what of each modelled operation the model leaves out
    python suites/api_drift.py --write         renew the digest and the document

It needs Python 3.11, botocore, a built bellwether and the sources of the SDK crates; no network.
Exit status 0 says that nothing changed, 1 that something did, 2 that the comparison can't be made,
with the reason on standard error.
"""

from __future__ import annotations

import argparse
import hashlib
import html
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

try:
    import tomllib

    import botocore
    from botocore import xform_name
    from botocore.exceptions import DataNotFoundError
    from botocore.loaders import Loader
    from botocore.model import OperationNotFoundError, ServiceModel, Shape
except ImportError as error:
    hint = "it needs Python 3.11 or newer and botocore: run `pip install botocore` first"
    print(f"{error}: {hint}", file=sys.stderr)
    sys.exit(2)

ROOT = Path(__file__).resolve().parent.parent
DIGEST = ROOT / "suites" / "api_drift.json"
DOCUMENT = ROOT / "docs" / "api-drift.md"

# The service whose operations are Bellwether's own.
OWN = "bellwether"

# The services of which a new operation matters although the model does not have it.
WHOLE = ("ram", "route53profiles", "route53resolver")

# Enums that list products and places. They grow by the week, and no rule is about them.
CATALOGUES = {("ec2", "InstanceType"), ("route53", "VPCRegion")}

# The limits of a value that belong to its type.
LIMITS = ("min", "max", "pattern")

# The kinds of entries of the digest, in the order in which they are reported.
KINDS = ("unmodelled", "operation", "structure", "enum")

# The item of an operation or a structure that is its own documentation.
DOCUMENTATION = "documentation"


class BadInput(Exception):
    """A reason why the comparison can't be made."""


@dataclass(frozen=True, order=True)
class Key:
    """The name of an entry of the digest.

    An entry is an operation, a structure, an enum, or (unmodelled) the list of the operations of a
    service that the model does not have. Its items are members, errors, values or names.
    """

    service: str
    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.service} {self.name}".strip()


@dataclass
class Api:
    """What is compared: the items of each entry, and the sentences behind the hashes, if known."""

    version: str
    entries: dict[Key, dict[str, str]] = field(default_factory=dict)
    texts: dict[tuple[Key, str], str] = field(default_factory=dict)

    def put(self, key: Key, item: str, value: str, text: str = "") -> None:
        """Adds an item of an entry, with a hash of its documentation."""
        self.texts[key, item] = text
        hashed = f"#{digest_of(text)}" if text else ""
        self.entries.setdefault(key, {})[item] = f"{value}{hashed}"


def digest_of(text: str) -> str:
    """Returns a short hash of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:6]


def prose(text: str) -> str:
    """Returns documentation without its markup, on one line."""
    spaced = re.sub(r"</?(?:p|li|ul|ol|dl|dt|dd|div|note|important|h\d|br)\b[^>]*>", " ", text)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", spaced)).split())


def sentences(text: str) -> list[str]:
    """Returns the sentences of a text, each once."""
    return list(dict.fromkeys(re.split(r"(?<=[.!?:]) +", text))) if text else []


def squeezed(name: str) -> str:
    """Returns a name as it is compared between languages."""
    return name.replace("_", "").replace("-", "").lower()


# The model's operations


@dataclass(frozen=True)
class Modelled:
    """An operation of the model, with the parameters that it reads."""

    service: str
    name: str
    parameters: tuple[str, ...]


def modelled_operations(program: Path) -> list[Modelled]:
    """Asks Bellwether for the operations of AWS that its model has."""
    command = [str(program), "list", "operations", "--format", "json"]
    try:
        done = subprocess.run(command, capture_output=True, check=True, text=True)
        rows = json.loads(done.stdout)
        operations = [
            Modelled(row["service"], row["name"], tuple(it["key"] for it in row["parameters"]))
            for row in rows
            if row["service"] != OWN
        ]
    except OSError as error:
        hint = "build it with `cargo build`, or name it with --bellwether"
        raise BadInput(f"{program} can't be run ({error.strerror}): {hint}") from error
    except (subprocess.CalledProcessError, ValueError, LookupError, TypeError) as error:
        raise BadInput(f"{program} does not list its operations as JSON: {error}") from error
    if not operations:
        raise BadInput(f"{program} lists no operations")
    return operations


# botocore


class Models:
    """The service models of a botocore, by the model's names of services."""

    def __init__(self, folder: Path | None = None) -> None:
        self.version: str = version_in(folder) if folder else botocore.__version__
        data = str(folder / "botocore" / "data") if folder else Loader.BUILTIN_DATA_PATH
        # Without the models that a user may have put into a home folder.
        self.loader = Loader([data], include_default_search_paths=False)
        known = self.loader.list_available_services("service-2")
        self.names = {squeezed(name): name for name in known}
        self.loaded: dict[str, ServiceModel] = {}

    def service(self, name: str) -> ServiceModel:
        """Returns the model of a service."""
        if name not in self.loaded:
            try:
                api = self.loader.load_service_model(self.names[name], "service-2")
            except (LookupError, DataNotFoundError) as error:
                known = f"botocore {self.version} has no service {name}"
                raise BadInput(f"{known}: `bellwether list operations` has it") from error
            self.loaded[name] = ServiceModel(api, name)
        return self.loaded[name]


def version_in(folder: Path) -> str:
    """Returns the version of the botocore in a folder that pip installed it into."""
    try:
        text = (folder / "botocore" / "__init__.py").read_text()
    except OSError as error:
        hint = f"run `pip install --target {folder} botocore==VERSION` first"
        raise BadInput(f"{folder} holds no botocore: {hint}") from error
    found = re.search(r"""^__version__ = ['"]([^'"]+)""", text, re.MULTILINE)
    if not found:
        raise BadInput(f"{folder} holds a botocore without a version")
    return found[1]


def type_of(shape: Shape) -> str:
    """Returns a type as one word: a structure, an enum, or a plain type with its limits."""
    if shape.type_name == "structure" or getattr(shape, "enum", None):
        return str(shape.name)
    limits = {key: shape.metadata[key] for key in LIMITS if key in shape.metadata}
    if "pattern" in limits:
        limits["pattern"] = digest_of(limits["pattern"])
    shown = ",".join(f"{key}={value}" for key, value in limits.items())
    shown = f"({shown})" if shown else ""
    if shape.type_name == "list":
        return f"[{type_of(shape.member)}]{shown}"
    if shape.type_name == "map":
        return f"{{{type_of(shape.key)}:{type_of(shape.value)}}}{shown}"
    return f"{shape.type_name}{shown}"


def shapes_within(shape: Shape | None, seen: dict[str, Shape] | None = None) -> dict[str, Shape]:
    """Returns the structures and enums that a shape is made of, itself included, by their names."""
    seen = {} if seen is None else seen
    if shape is None or shape.name in seen:
        return seen
    if shape.type_name == "structure":
        seen[shape.name] = shape
        for member in shape.members.values():
            shapes_within(member, seen)
    elif shape.type_name == "list":
        shapes_within(shape.member, seen)
    elif shape.type_name == "map":
        shapes_within(shape.key, seen)
        shapes_within(shape.value, seen)
    elif getattr(shape, "enum", None):
        seen[shape.name] = shape
    return seen


def look(models: Models, operations: Iterable[Modelled]) -> Api:
    """Returns what a botocore says of the operations, and which others their services have."""
    api = Api(models.version)
    names: dict[str, set[str]] = {}
    for operation in operations:
        names.setdefault(operation.service, set()).add(operation.name)
    for service, modelled in names.items():
        model = models.service(service)
        for name in sorted(modelled & set(model.operation_names)):
            add_operation(api, service, model.operation_model(name))
        if service in WHOLE:
            key = Key(service, "unmodelled", "")
            api.entries[key] = {}
            for name in set(model.operation_names) - modelled:
                api.put(key, name, "")
                api.texts[key, name] = summary(model.operation_model(name))
    return api


def summary(operation: Any) -> str:
    """Returns an operation's documentation, with the names of what it takes."""
    members = operation.input_shape.members if operation.input_shape else {}
    takes = f" It takes {', '.join(members)}." if members else ""
    return f"{prose(operation.documentation)}{takes}"


def add_operation(api: Api, service: str, operation: Any) -> None:
    """Adds an operation and everything that it names."""
    key = Key(service, "operation", operation.name)
    api.put(key, DOCUMENTATION, "", prose(operation.documentation))
    api.put(key, "call", f"{operation.http['method']} {operation.http['requestUri']}")
    shapes: dict[str, Shape] = {}
    for role in ("input", "output"):
        shape = getattr(operation, f"{role}_shape")
        api.put(key, role, shape.name if shape else "nothing")
        shapes_within(shape, shapes)
    for shape in operation.error_shapes:
        api.put(key, f"error {shape.name}", "")
        shapes_within(shape, shapes)
    for name in shapes:
        # A shape that a member leads to has the documentation of the member.
        add_shape(api, service, operation.service_model.shape_for(name))


def add_shape(api: Api, service: str, shape: Shape) -> None:
    """Adds the members of a structure, or the values of an enum."""
    if (service, shape.name) in CATALOGUES:
        return
    if shape.type_name != "structure":
        key = Key(service, "enum", shape.name)
        for value in shape.enum:
            api.put(key, value, "")
        return
    key = Key(service, "structure", shape.name)
    api.entries[key] = {}
    if shape.documentation:
        api.put(key, DOCUMENTATION, "", prose(shape.documentation))
    for name, member in shape.members.items():
        needed = "!" if name in shape.required_members else ""
        api.put(key, name, f"{type_of(member)}{needed}", prose(member.documentation))


# The digest


def read_digest() -> Api:
    """Returns what the last look saw."""
    try:
        kept = json.loads(DIGEST.read_text())
        api = Api(kept.pop("botocore"))
        for name, items in kept.items():
            service, kind, *rest = name.split(" ")
            if kind not in KINDS:
                raise ValueError(f"{name} is not an entry")
            plain = isinstance(items, list)
            items = dict.fromkeys(items, "") if plain else dict(items)
            api.entries[Key(service, kind, " ".join(rest))] = items
    except FileNotFoundError as error:
        raise BadInput(f"{shown(DIGEST)} is missing: --write makes it") from error
    except (ValueError, LookupError, AttributeError, TypeError) as error:
        reason = f"{shown(DIGEST)} is not a valid digest ({error})"
        raise BadInput(f"{reason}: --write renews it") from error
    return api


def write_digest(api: Api) -> None:
    """Writes the digest, one line for each entry."""
    lines: dict[str, Any] = {"botocore": api.version}
    for key, items in sorted(api.entries.items()):
        ordered = dict(sorted(items.items()))
        name = " ".join(part for part in (key.service, key.kind, key.name) if part)
        lines[name] = ordered if any(ordered.values()) else list(ordered)
    compact = (json.dumps(line, separators=(",", ":")) for line in lines.values())
    rows = (f"{json.dumps(name)}: {line}" for name, line in zip(lines, compact, strict=True))
    DIGEST.write_text("{\n" + ",\n".join(rows) + "\n}\n")


# The comparison


def changes(old: Api, new: Api) -> Iterator[str]:
    """Returns what differs between two looks: the services in their order, operations first."""
    services = list(dict.fromkeys(key.service for key in new.entries))

    def place(key: Key) -> tuple[int, int, str]:
        known = key.service in services
        return services.index(key.service) if known else -1, KINDS.index(key.kind), key.name

    for key in sorted(old.entries.keys() | new.entries.keys(), key=place):
        before, after = old.entries.get(key), new.entries.get(key)
        if before is None:
            yield from new_entry(key, old, new)
        elif after is None:
            yield f"gone     {key}, {key.kind}"
        elif before != after:
            for item in sorted(before.keys() | after.keys()):
                yield from changed_item(key, item, old, new)


def new_entry(key: Key, old: Api, new: Api) -> Iterator[str]:
    """Returns an entry that was not there."""
    items = new.entries[key]
    names = ", ".join(sorted(items.keys() - {DOCUMENTATION}))
    yield f"new      {key}, {described(key, old)}: {names}"
    for item in sorted(items):
        if text := new.texts.get((key, item)):
            yield f"         {item}: {text}"


def described(key: Key, old: Api) -> str:
    """Returns what a new entry is. The digest has only the operations that were modelled then."""
    if key.kind != "operation" or old.texts:
        return key.kind
    unmodelled = old.entries.get(Key(key.service, "unmodelled", ""), {})
    added = key.service not in WHOLE or key.name in unmodelled
    return "operation that the model has now" if added else "operation"


def changed_item(key: Key, item: str, old: Api, new: Api) -> Iterator[str]:
    """Returns the difference in an item, if there is one."""
    before, after = old.entries[key].get(item), new.entries[key].get(item)
    if before == after:
        return
    name = f"{key} {item}"
    if key.kind == "unmodelled":
        if any(Key(key.service, "operation", item) in it.entries for it in (old, new)):
            return
        name = f"{key} {item}, an operation that the model does not have"
    elif key.kind == "enum":
        name = f"{key} {item}, a value"
    if before is None or after is None:
        word = "new" if before is None else "gone"
        kind = (before or after or "").partition("#")[0]
        text = (new if before is None else old).texts.get((key, item), "")
        yield f"{word:8} {name}{f' ({kind})' if kind else ''}{': ' if text else ''}{text}"
        return
    type_before, type_after = before.partition("#")[0], after.partition("#")[0]
    if type_before != type_after:
        yield f"changed  {name}: {type_before} is {type_after} now"
    if before.partition("#")[2] != after.partition("#")[2]:
        yield f"changed  {name}: the text"
        said, says = (sentences(it.texts.get((key, item), "")) for it in (old, new))
        if said:
            yield from (f"       - {it}" for it in said if it not in says)
            yield from (f"       + {it}" for it in says if it not in said)


# The Rust SDK


def sdk_versions() -> dict[str, str]:
    """Returns the versions of the SDK crates in Cargo.lock, by service."""
    with (ROOT / "Cargo.lock").open("rb") as lock:
        packages = tomllib.load(lock)["package"]
    crates = ((it["name"].removeprefix("aws-sdk-"), it) for it in packages)
    return {name: it["version"] for name, it in crates if name != it["name"]}


class Sdk:
    """The source of an SDK crate, as the registry of cargo unpacked it."""

    def __init__(self, service: str, version: str) -> None:
        home = Path(os.environ.get("CARGO_HOME") or Path.home() / ".cargo")
        crate = f"aws-sdk-{service}-{version}"
        found = sorted((home / "registry" / "src").glob(f"*/{crate}/src"))
        if not found:
            raise BadInput(f"the source of {crate} is not in {home}: run `cargo fetch` first")
        self.folder = found[0]
        self.operations = {
            squeezed(it.name): it for it in (self.folder / "operation").iterdir() if it.is_dir()
        }
        files = [*self.folder.glob("types/*.rs"), *self.folder.glob("types/error/*.rs")]
        self.types = {squeezed(it.stem): it for it in files}

    def members(self, shape: Shape, top_level: dict[str, list[tuple[str, str]]]) -> set[str] | None:
        """Returns the fields or values of a type; `None` if the crate doesn't have it."""
        files = [
            self.operations[squeezed(operation)] / f"_{xform_name(operation)}_{role}.rs"
            for operation, role in top_level.get(shape.name, [])
            if squeezed(operation) in self.operations
        ]
        if squeezed(shape.name) in self.types:
            files.append(self.types[squeezed(shape.name)])
        texts = [it.read_text() for it in files if it.exists()]
        if not texts:
            return None
        if shape.type_name != "structure":
            pattern = r'^ +"((?:[^"\\]|\\.)*)" =>'
            return {it for text in texts for it in re.findall(pattern, text, re.MULTILINE)}
        pattern = r"^    (?:pub (?:r#)?(\w+):|(\w+)\()"
        found = (re.findall(pattern, text, re.MULTILINE) for text in texts)
        return {squeezed(one or other) for names in found for one, other in names}


def gaps_of(models: Models, operations: list[Modelled]) -> list[str]:
    """Returns what botocore has and the SDK lacks, as "service kind name"."""
    versions = sdk_versions()
    gaps: list[str] = []
    for service in sorted({it.service for it in operations}):
        if service not in versions:
            raise BadInput(f"Cargo.lock has no aws-sdk-{service}, whose operations are modelled")
        sdk, model = Sdk(service, versions[service]), models.service(service)
        modelled = {it.name for it in operations if it.service == service}
        names = set(model.operation_names)
        names = names if service in WHOLE else names & modelled
        missing = sorted(name for name in names if squeezed(name) not in sdk.operations)
        gaps += [f"{service} operation {name}" for name in missing]
        shapes: dict[str, Shape] = {}
        top_level: dict[str, list[tuple[str, str]]] = {}
        for name in sorted(modelled & names - set(missing)):
            operation = model.operation_model(name)
            for role in ("input", "output"):
                if shape := getattr(operation, f"{role}_shape"):
                    top_level.setdefault(shape.name, []).append((name, role))
                    shapes_within(shape, shapes)
            for shape in operation.error_shapes:
                shapes_within(shape, shapes)
        for name, shape in sorted(shapes.items()):
            if (service, name) not in CATALOGUES:
                gaps += [f"{service} {gap}" for gap in gaps_in(sdk, shape, top_level)]
    return gaps


def gaps_in(sdk: Sdk, shape: Shape, top_level: dict[str, list[tuple[str, str]]]) -> Iterator[str]:
    """Returns what a type of the SDK lacks."""
    is_structure = shape.type_name == "structure"
    known = sdk.members(shape, top_level)
    if known is None:
        # What has no members needs no type in Rust.
        if not is_structure or shape.members:
            yield f"{'structure' if is_structure else 'enum'} {shape.name}"
    elif is_structure:
        absent = (it for it in shape.members if squeezed(it) not in known)
        yield from (f"member {shape.name}.{it}" for it in absent)
    else:
        yield from (f"value {shape.name} {it}" for it in shape.enum if it not in known)


def document(gaps: dict[str, str], version: str) -> str:
    """Returns the page of what the SDK lacks."""
    versions = sdk_versions()
    lines = [
        "# What the SDK does not have yet",
        "",
        "This file is written by `python suites/api_drift.py --write`. Do not edit it.",
        "",
        "Bellwether calls targets through the Rust SDK. The crates of Cargo.lock do not have the",
        f"following, which botocore {version} describes: a rule can rest on it, and no call can",
        "send it. Looked at are the operations that the model has, with all that they name, and",
        "the names of all operations of RAM, Route 53 Profiles and Route 53 Resolver. The last",
        "column is the botocore in which it was first seen here; an older one may have it too.",
        "",
        "| crate | lacks | of the kind | botocore |",
        "|---|---|---|---|",
    ]
    for gap, since in sorted(gaps.items()):
        service, kind, name = gap.split(" ", 2)
        crate = f"aws-sdk-{service} {versions[service]}"
        lines.append(f"| {crate} | `{name}` | {kind} | {since} |")
    return "\n".join(lines) + "\n"


def known_gaps() -> dict[str, str]:
    """Returns what the document says that the SDK lacks, each with its botocore."""
    try:
        text = DOCUMENT.read_text()
    except OSError as error:
        raise BadInput(f"{shown(DOCUMENT)} is missing: --write makes it") from error
    row = r"^\| aws-sdk-(\S+) \S+ \| `([^`]+)` \| (\w+) \| (\S+) \|$"
    rows = re.findall(row, text, re.MULTILINE)
    return {f"{service} {kind} {name}": version for service, name, kind, version in rows}


# What the model leaves out


def unread(models: Models, operations: Iterable[Modelled]) -> Iterator[str]:
    """Returns the members of inputs that no parameter stands for, and values that are never drawn.

    A parameter may stand for a member of a member. One without a name stands for the required
    member that no other stands for. A value that no source file of the model spells can't be drawn.
    """
    source = "".join(it.read_text() for it in sorted((ROOT / "model" / "src").rglob("*.rs")))
    for operation in operations:
        model = models.service(operation.service)
        try:
            shape = model.operation_model(operation.name).input_shape
        except OperationNotFoundError:
            continue
        if shape is None:
            continue
        read = read_members(shape, operation.parameters)
        sent = sent_members(operation, shape) - read
        left = [it for it in shape.members if it not in read | sent]
        name = f"{operation.service} {operation.name}"
        if sent:
            yield f"{name}: sent, and no parameter: {', '.join(sorted(sent))}"
        if left:
            yield f"{name}: no parameter: {', '.join(left)}"
        for member in sorted(read):
            for enum, values in enums_of(shape.members[member]).items():
                never = [it for it in values if f'"{it}"' not in source]
                if never and (operation.service, enum) not in CATALOGUES:
                    yield f"{name}: {member} is never one of {', '.join(never)}"


def read_members(shape: Shape, parameters: Iterable[str]) -> set[str]:
    """Returns the members of an input that parameters stand for: of `Filters.state`, `Filters`."""
    parameters = [it.partition(".")[0] for it in parameters]
    read = {it for it in shape.members if it in parameters}
    for name, member in shape.members.items():
        inner = shapes_within(member).values()
        within = {it for one in inner if one.type_name == "structure" for it in one.members}
        # A name of the API that stands at the top is not looked for below it.
        if any(it in within and it not in shape.members for it in parameters):
            read.add(name)
    if "" in parameters:
        read.update([it for it in shape.required_members if it not in read][:1])
    return read


def sent_members(operation: Modelled, shape: Shape) -> set[str]:
    """Returns the members that the operation's file in src/wire sets; helpers may set others."""
    path = ROOT / "src" / "wire" / operation.service / f"{xform_name(operation.name)}.rs"
    text = path.read_text() if path.exists() else ""
    # What is called without an argument reads.
    setters = re.findall(r"\.(?:set_)?(\w+)\(\s*[^)\s]", text)
    return {it for it in shape.members if xform_name(it) in setters}


def enums_of(shape: Shape) -> dict[str, list[str]]:
    """Returns the enum that a member or the elements of its list are of."""
    while shape.type_name == "list":
        shape = shape.member
    return {shape.name: list(shape.enum)} if getattr(shape, "enum", None) else {}


# The command


def shown(path: Path) -> str:
    """Returns a path as it is named in messages."""
    return str(path.relative_to(ROOT))


def arguments() -> argparse.Namespace:
    """Reads the command line."""
    first = (__doc__ or "").splitlines()[0]
    parser = argparse.ArgumentParser(description=first)
    built = Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target") / "debug" / "bellwether"
    parser.add_argument(
        "--bellwether",
        type=Path,
        default=built,
        metavar="PROGRAM",
        help="program that lists the modelled operations (default: %(default)s)",
    )
    does = parser.add_mutually_exclusive_group()
    does.add_argument(
        "--since",
        type=Path,
        metavar="FOLDER",
        help="compare with the botocore that pip installed into FOLDER, and show sentences",
    )
    does.add_argument(
        "--unread",
        action="store_true",
        help="list what of each modelled operation the model leaves out",
    )
    does.add_argument("--write", action="store_true", help="renew the digest and the document")
    return parser.parse_args()


def run() -> int:
    """Does what the command line says, and returns the exit status."""
    asked = arguments()
    operations = modelled_operations(asked.bellwether)
    models = Models()
    if asked.unread:
        print("\n".join(unread(models, operations)))
        return 0
    new = look(models, operations)
    if asked.since:
        return report(list(changes(look(Models(asked.since), operations), new)))
    gaps = gaps_of(models, operations)
    if asked.write:
        known = known_gaps() if DOCUMENT.exists() else {}
        lacking = {gap: known.get(gap, new.version) for gap in gaps}
        write_digest(new)
        DOCUMENT.write_text(document(lacking, new.version))
        print(f"wrote {shown(DIGEST)} and {shown(DOCUMENT)}, of botocore {new.version}")
        return 0
    old, known = read_digest(), known_gaps()
    found = list(changes(old, new))
    found += [f"new      {gap}, which the SDK lacks" for gap in gaps if gap not in known]
    found += [f"gone     {gap}, which the SDK lacked" for gap in known if gap not in gaps]
    lacking = {gap: known.get(gap, old.version) for gap in gaps}
    if known.keys() == lacking.keys() and DOCUMENT.read_text() != document(lacking, old.version):
        found.append(f"changed  {shown(DOCUMENT)} is not as it was written: --write renews it")
    for key in (Key(it.service, "operation", it.name) for it in operations):
        # The digest was renewed although it was gone.
        if key not in new.entries and key not in old.entries:
            found.append(f"gone     {key}, which the model has")
    if found and old.version != new.version:
        found.append(
            f"the last look was at botocore {old.version}; to see which sentences changed:"
        )
        found.append(f"    pip install --target OLD botocore=={old.version}")
        found.append("    python suites/api_drift.py --since OLD")
    return report(found, f"botocore {new.version} is as botocore {old.version} was")


def report(found: list[str], otherwise: str = "nothing changed") -> int:
    """Prints what was found."""
    print("\n".join(found) or otherwise)
    return 1 if found else 0


def main() -> NoReturn:
    """Runs, and turns a reason why it can't into a message."""
    try:
        sys.exit(run())
    except (BadInput, OSError) as reason:
        print(reason, file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
