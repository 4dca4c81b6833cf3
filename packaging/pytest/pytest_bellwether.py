"""A plugin of pytest: each rule of AWS RAM is a test of the implementation that is named."""

import json
import pathlib
import shlex
import subprocess
import tempfile

import pytest

OPTIONS = {
    "endpoint": ("URL", "check RAM sharing at this endpoint, a test for each rule"),
    "target": ("NAME", "check a target that Bellwether knows, or one of bellwether.toml"),
    "accounts": ("SCHEME", "how the target tells accounts apart, as in `bellwether check --accounts`"),
    "results": ("PATH", "check nothing, and take the report of this folder or results.json"),
    "report": ("DIR", "keep the report of the check in this folder"),
    "args": ("ARGUMENTS", "other arguments of `bellwether check`"),
    "command": ("COMMAND", "the command that checks; `bellwether` without this"),
}

# The exit codes of a check that was made, whatever it found.
MADE = {0: "conforms", 1: "diverges", 3: "inconclusive"}

SKIPPED = {
    "open": "no public source settles it, so it is not judged",
    "unexercised": "nothing put it to the test",
    "unimplemented": "the target lacks the operations or the world for it",
}

STASH = pytest.StashKey()


def pytest_addoption(parser):
    group = parser.getgroup("bellwether", "sharing like AWS RAM (Bellwether)")
    for name, (metavar, says) in OPTIONS.items():
        group.addoption(f"--bellwether-{name}", metavar=metavar, help=says)
    group.addoption(
        "--bellwether-strict",
        action="store_true",
        help="fail on broken rules that are inferred only, too",
    )


def option(config, name):
    return config.getoption(f"--bellwether-{name}")


def pytest_configure(config):
    # A worker of pytest-xdist is given the results of the one check that its controller made.
    given = getattr(config, "workerinput", {}).get("bellwether")
    results = pathlib.Path(given) if given else option(config, "results")
    if not results and (option(config, "endpoint") or option(config, "target")):
        results = checked(config)
    config.stash[STASH] = results and pathlib.Path(results)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node):
    results = node.config.stash[STASH]
    if results:
        node.workerinput["bellwether"] = str(results.resolve())


def checked(config):
    """Checks the target, and returns the folder of the report."""
    report = option(config, "report")
    if not report:
        temporary = tempfile.TemporaryDirectory(prefix="bellwether-")
        config.add_cleanup(temporary.cleanup)
        report = temporary.name
    command = [*shlex.split(option(config, "command") or "bellwether"), "check", "--report", report]
    for name in ("endpoint", "target", "accounts"):
        if option(config, name):
            command += [f"--{name}", option(config, name)]
    command += shlex.split(option(config, "args") or "")
    try:
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise pytest.UsageError(
            f"can't run {command[0]}: {error}; install bellwether-ram, or name the command with "
            "--bellwether-command"
        ) from error
    if ran.returncode not in MADE:
        raise pytest.UsageError(f"{shlex.join(command)} ended with {ran.returncode}:\n{ran.stderr}")
    return pathlib.Path(report)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(session, config, items):
    """Adds the tests before `-k` and `-m` choose among all."""
    results = config.stash[STASH]
    if results:
        report = Report.from_parent(session, name="bellwether", nodeid="bellwether", path=results)
        items.extend(report.collect())


class Report(pytest.Collector):
    """The report of a check."""

    def __init__(self, *, path, **others):
        super().__init__(path=path, **others)
        file = path / "results.json" if path.is_dir() else path
        try:
            self.results = json.loads(file.read_text(encoding="utf-8"))
            self.rules = self.results["rules"]
        except (OSError, ValueError, KeyError) as error:
            raise pytest.UsageError(
                f"{file} is not the result of `bellwether check --report`: {error!r}"
            ) from error

    def collect(self):
        yield Conclusive.from_parent(self, name="conclusive")
        for name in self.rules:
            yield Rule.from_parent(self, name=name)


class Diverges(Exception):
    """A rule that is broken, with its divergences."""


class Item(pytest.Item):
    """A test that is read from a report."""

    def reportinfo(self):
        return self.path, None, self.nodeid

    def repr_failure(self, excinfo, style=None):
        if isinstance(excinfo.value, Diverges):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)


class Conclusive(Item):
    """Whether the check shows anything: without it, rules that were not tested look like kept ones."""

    def runtest(self):
        reasons = self.parent.results["reasons"]
        if reasons:
            raise Diverges("the check is inconclusive: " + "; ".join(reasons))


class Rule(Item):
    """A rule of AWS RAM."""

    def runtest(self):
        state = self.parent.rules[self.name]["state"]
        if state in SKIPPED:
            pytest.skip(SKIPPED[state])
        if state == "known":
            pytest.xfail(known(self.parent.results, self.name))
        found = [it for it in self.parent.results["divergences"] if it["rule"] == self.name]
        if state == "diverges" or (found and option(self.config, "strict")):
            raise Diverges("\n\n".join(map(told, found)))
        for divergence in found:
            self.add_report_section("call", "warning", told(divergence))


def known(results, rule):
    """The reasons for which a rule is known to be broken."""
    entries = [it for it in results["known"] if it["rule"] == rule]
    return "; ".join(sorted({it["reason"] or "a known divergence" for it in entries}))


def told(divergence):
    """A divergence as its reader needs it."""
    sources = "".join(f"\n  {it['place']}" for it in divergence["sources"])
    where = f"{divergence['operation']} by the {divergence['actor_role']}"
    return (
        f"{divergence['says']}\n\n"
        f"{divergence['rule']} ({divergence['kind']}), in {where}\n"
        f"expected: {divergence['expected']}\n"
        f"observed: {divergence['observed']}\n\n"
        f"{divergence['scenario']}\n"
        f"replay: {divergence['replay']}\n"
        f"evidence: {divergence['evidence']}{sources}"
    )
