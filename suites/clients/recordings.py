#!/usr/bin/env python3
"""Answers of AWS that others recorded, held against those of the reference.

    bellwether serve --address 127.0.0.1:4000 --settle association=1s &
    python suites/clients/recordings.py FOLDER http://127.0.0.1:4000

FOLDER holds `cloud-custodian/TEST/SERVICE.OPERATION_N.json`, the answers that Cloud Custodian's tests of resource
shares keep (tests/data/placebo/test_resource_share_*), and `localstack/test_ram.snapshot.json`, LocalStack's snapshot
of the same name. None of it is part of this repository.

The state that the first answers show is made anew, the calls are made again in their order, and each answer is
compared: the members of each row, the values that do not name an account or a share, and the order of times, in a row
and from one answer to the next. Exit status 0 says that there is no difference; each is printed.
"""

import itertools
import json
import pathlib
import sys
import time

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE / "boto3"))

from accounts import Account, organize  # noqa: E402
from botocore.exceptions import ClientError  # noqa: E402

ids = itertools.count(700000000001)

# Longer than the server takes to associate, see above.
SETTLED = 1.5

TIMES = ("creationTime", "lastUpdatedTime")
# Values that name what only the account of the recording has.
NAMING = ("resourceShareArn", "owningAccountId", "associatedEntity")


class Differences(list):
    """What differs, each with its place."""

    def claim(self, place, member, recorded, observed):
        if recorded != observed:
            self.append(f"{place}: {member}: recorded {recorded!r}, observed {observed!r}")


class World:
    """Accounts of an organization, and the shares that stand for those of a recording."""

    def __init__(self, endpoint):
        self.management = Account(endpoint, str(next(ids)))
        self.me = organize(self.management)
        self.endpoint = endpoint
        self.others = {}
        self.shares = {}
        self.principals = {}

    def other(self, name):
        """Another account of the organization."""
        if name not in self.others:
            made = self.management.organizations.create_account(
                AccountName=name, Email=f"{name}-of-{self.management.id}@example.com"
            )
            self.others[name] = self.management.assume(made["CreateAccountStatus"]["AccountId"])
        return self.others[name]

    def principal(self, recorded):
        """What stands for a principal of the recording."""
        if recorded not in self.principals:
            prefix, of_role, role = recorded.partition(":role/")
            account = prefix.rsplit(":", 1)[-1]
            found = self.other(f"account-{account}").id
            self.principals[recorded] = f"arn:aws:iam::{found}:role/{role}" if of_role else found
        return self.principals[recorded]

    def share(self, owner, row, principals):
        """Makes a share with the name and the switch of a recorded one."""
        made = owner.ram.create_resource_share(
            name=row["name"],
            allowExternalPrincipals=row["allowExternalPrincipals"],
            principals=principals,
            tags=row.get("tags", []),
        )
        self.shares[Rows.share_of(row)] = made["resourceShare"]["resourceShareArn"]
        return made["resourceShare"]["resourceShareArn"]


def instant(value):
    """A time as placebo writes it, as a tuple that can be compared."""
    parts = ("year", "month", "day", "hour", "minute", "second", "microsecond")
    return tuple(value[part] for part in parts)


def order(one, other):
    return "<" if one < other else ">" if one > other else "="


class Rows:
    """Compares rows with those of the recording, and remembers their times."""

    def __init__(self, world, differences):
        self.world, self.differences = world, differences
        self.before = {}

    def compare(self, place, recorded, observed):
        key = ("resourceShareArn", "associatedEntity")
        found = {tuple(row.get(it) for it in key): row for row in observed}
        self.differences.claim(place, "number of rows", len(recorded), len(observed))
        for row in recorded:
            share = self.world.shares[self.share_of(row)]
            entity = row.get("associatedEntity")
            name = (share, entity and self.world.principal(entity))
            if name in found:
                self.row(f"{place}, row {self.share_of(row)}", row, found[name], name)
            else:
                self.differences.append(f"{place}: no row for {row}")

    @staticmethod
    def share_of(row):
        """The share of a row; its account was masked in some rows of an answer, and not in others."""
        return row["resourceShareArn"].rsplit("/", 1)[-1]

    def row(self, place, recorded, observed, name):
        claim = self.differences.claim
        claim(place, "members", sorted(recorded), sorted(observed))
        for member, value in recorded.items():
            if member not in NAMING + TIMES:
                claim(place, member, value, observed.get(member))
        if not set(TIMES) <= set(recorded):
            return
        now = [instant(recorded[it]) for it in TIMES], [observed[it] for it in TIMES]
        claim(place, "creationTime to lastUpdatedTime", order(*now[0]), order(*now[1]))
        if name in self.before:
            then = self.before[name]
            for at, member in enumerate(TIMES):
                orders = (order(old[at], new[at]) for old, new in zip(then, now, strict=True))
                claim(place, f"{member}, from the answer before", *orders)
        self.before[name] = now


class Custodian:
    """The recordings of one test of Cloud Custodian."""

    def __init__(self, folder, endpoint, differences):
        self.folder, self.differences = folder, differences
        self.world = World(endpoint)
        self.rows = Rows(self.world, differences)

    def answer(self, name):
        return json.loads((self.folder / f"{name}.json").read_text())["data"]

    def rows_of(self, name):
        data = self.answer(name)
        return next(rows for rows in data.values() if isinstance(rows, list))

    def place(self, name):
        return f"{self.folder.name}/{name}"

    def furnish(self, owner, shares, principals=lambda _: []):
        for share in shares:
            arn = self.world.share(owner, share, principals(Rows.share_of(share)))
            if instant(share["creationTime"]) < instant(share["lastUpdatedTime"]):
                time.sleep(0.01)
                owner.ram.update_resource_share(resourceShareArn=arn, name=share["name"])

    def shares(self, name, owner="SELF", **arguments):
        observed = self.world.me.ram.get_resource_shares(
            resourceOwner=owner, resourceShareStatus="ACTIVE", **arguments
        )["resourceShares"]
        self.rows.compare(self.place(name), self.rows_of(name), observed)

    def associations(self, name):
        recorded = self.rows_of(name)
        wanted = {self.world.shares[Rows.share_of(row)] for row in recorded}
        observed = self.world.me.ram.get_resource_share_associations(
            associationType="PRINCIPAL", resourceShareArns=sorted(wanted)
        )["resourceShareAssociations"]
        self.rows.compare(self.place(name), recorded, observed)

    def disassociate(self, name):
        recorded = self.rows_of(name)
        observed = self.world.me.ram.disassociate_resource_share(
            resourceShareArn=self.world.shares[Rows.share_of(recorded[0])],
            principals=[self.world.principal(row["associatedEntity"]) for row in recorded],
        )["resourceShareAssociations"]
        self.rows.compare(self.place(name), recorded, observed)

    def of_principals(self, shares, *associations):
        """Makes shares with the principals that these answers show."""
        rows = [row for name in associations for row in self.rows_of(name)]

        def principals(share):
            mine = (row["associatedEntity"] for row in rows if Rows.share_of(row) == share)
            return [self.world.principal(it) for it in dict.fromkeys(mine)]

        self.furnish(self.world.me, shares, principals)
        time.sleep(SETTLED)

    # One for each recorded test.

    def test_resource_share_self_query(self):
        shares = self.rows_of("ram.GetResourceShares_1")
        self.furnish(self.world.me, shares)
        arn = next(iter(self.world.shares.values()))
        tagging = self.world.me.tagging
        self.shares("ram.GetResourceShares_1")
        tags = self.rows_of("ram.GetResourceShares_2")[0]["tags"]
        self.tag(
            "tagging.TagResources_1",
            tagging.tag_resources,
            arn,
            Tags={tag["key"]: tag["value"] for tag in tags},
        )
        self.shares("ram.GetResourceShares_2")
        keys = [tag["key"] for tag in tags]
        self.tag("tagging.UntagResources_1", tagging.untag_resources, arn, TagKeys=keys)
        self.shares("ram.GetResourceShares_3")

    def tag(self, name, call, arn, **arguments):
        recorded = self.answer(name)["FailedResourcesMap"]
        observed = call(ResourceARNList=[arn], **arguments)["FailedResourcesMap"]
        place = self.place(name)
        self.differences.claim(place, "number of failures", len(recorded), len(observed))
        for (was, failure), (named, seen) in zip(recorded.items(), observed.items()):
            self.differences.claim(place, "resource", arn, named)
            for member, value in failure.items():
                value = arn if value == was else value
                self.differences.claim(place, member, value, seen.get(member))

    def of_others(self, name):
        """Makes shares of another account with mine."""
        other = self.world.other("owner")
        self.furnish(other, self.rows_of(name), lambda _: [self.world.me.id])
        time.sleep(SETTLED)

    def test_resource_share_other_query(self):
        self.of_others("ram.GetResourceShares_1")
        self.shares("ram.GetResourceShares_1", "OTHER-ACCOUNTS")

    def test_resource_share_query(self):
        self.furnish(self.world.me, self.rows_of("ram.GetResourceShares_1"))
        self.of_others("ram.GetResourceShares_2")
        self.shares("ram.GetResourceShares_1")
        self.shares("ram.GetResourceShares_2", "OTHER-ACCOUNTS")
        (failed,) = self.answer("tagging.TagResources_1")["FailedResourcesMap"]
        self.tag(
            "tagging.TagResources_1",
            self.world.me.tagging.tag_resources,
            self.world.shares[failed.rsplit("/", 1)[-1]],
            Tags={"test-key": "test-value"},
        )

    def test_resource_share_self_delete(self):
        self.furnish(self.world.me, self.rows_of("ram.GetResourceShares_1"))
        self.shares("ram.GetResourceShares_1")
        for number, share in enumerate(self.world.shares.values(), 1):
            name = f"ram.DeleteResourceShare_{number}"
            answer = self.world.me.ram.delete_resource_share(resourceShareArn=share)
            recorded = self.answer(name)
            self.differences.claim(
                self.place(name), "members", set(recorded), set(answer)
            )
            self.differences.claim(
                self.place(name), "returnValue", recorded["returnValue"], answer["returnValue"]
            )
        self.shares("ram.GetResourceShares_2")

    def test_resource_share_disassociate_matched(self):
        shares = self.rows_of("ram.GetResourceShares_1")
        self.of_principals(shares, "ram.GetResourceShareAssociations_1")
        self.shares("ram.GetResourceShares_1")
        self.associations("ram.GetResourceShareAssociations_1")
        self.disassociate("ram.DisassociateResourceShare_1")
        self.associations("ram.GetResourceShareAssociations_2")

    def test_resource_share_disassociate_all(self):
        shares = self.rows_of("ram.GetResourceShares_1")
        self.of_principals(
            shares, "ram.GetResourceShareAssociations_1", "ram.GetResourceShareAssociations_4"
        )
        self.shares("ram.GetResourceShares_1")
        self.associations("ram.GetResourceShareAssociations_1")
        self.disassociate("ram.DisassociateResourceShare_1")
        self.associations("ram.GetResourceShareAssociations_2")
        # The time between the two, as recorded.
        time.sleep(0.4)
        self.associations("ram.GetResourceShareAssociations_3")
        self.disassociate("ram.DisassociateResourceShare_2")
        self.shares("ram.GetResourceShares_2")
        self.associations("ram.GetResourceShareAssociations_4")

    def test_resource_share_disassociate_all_no_associations(self):
        shares = self.rows_of("ram.GetResourceShares_1")
        self.of_principals(shares, "ram.GetResourceShareAssociations_1")
        me = self.world.me.ram
        rows = self.rows_of("ram.GetResourceShareAssociations_1")
        me.disassociate_resource_share(
            resourceShareArn=self.world.shares[Rows.share_of(rows[0])],
            principals=[self.world.principal(row["associatedEntity"]) for row in rows],
        )
        time.sleep(SETTLED)
        self.shares("ram.GetResourceShares_1")
        self.associations("ram.GetResourceShareAssociations_1")


def localstack(file, endpoint, differences):
    """A share is made, renamed and deleted; answers that name nothing but members are compared."""
    (recording,) = json.loads(file.read_text()).values()
    recorded = recording["recorded-content"]
    ram = Account(endpoint, str(next(ids))).ram
    made = ram.create_resource_share(name="one")
    arn = made["resourceShare"]["resourceShareArn"]
    answers = {
        "ram-create-resource-share": made,
        "ram-update-resource-share": ram.update_resource_share(resourceShareArn=arn, name="two"),
        "ram-delete-resource-share": ram.delete_resource_share(resourceShareArn=arn),
    }
    for name, observed in answers.items():
        place = f"localstack/{name}"
        expected = recorded[name]
        differences.claim(place, "members", sorted(expected), sorted(observed))
        status = "HTTPStatusCode"
        differences.claim(
            place, status, expected["ResponseMetadata"][status], observed["ResponseMetadata"][status]
        )
        share = expected.get("resourceShare", {})
        seen = observed.get("resourceShare", {})
        differences.claim(place, "members of the share", sorted(share), sorted(seen))
        for member in ("allowExternalPrincipals", "status", "tags"):
            differences.claim(place, member, share.get(member), seen.get(member))


def main():
    folder, endpoint = pathlib.Path(sys.argv[1]), sys.argv[2]
    differences, played = Differences(), 0
    for test in sorted((folder / "cloud-custodian").iterdir()):
        custodian = Custodian(test, endpoint, differences)
        try:
            getattr(custodian, test.name)()
        except ClientError as error:
            differences.append(f"{test.name}: refused: {error}")
        played += len(list(test.iterdir()))
    localstack(folder / "localstack" / "test_ram.snapshot.json", endpoint, differences)
    for difference in differences:
        print(difference)
    print(f"{played} answers of Cloud Custodian and 3 of LocalStack, {len(differences)} differences")
    sys.exit(1 if differences else 0)


main()
