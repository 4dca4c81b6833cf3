#!/usr/bin/env python3
"""Every operation of RAM, called with boto3 against an endpoint where nothing was done yet.

An organization, a member of it and an outsider share what EC2 and Route 53 offer for nothing. Each
answer is parsed by boto3 and looked into; each refusal bears a code that the API declares for the
operation. At the end, no operation that boto3 knows was left out.

    bellwether serve --address 127.0.0.1:4000 &
    python suites/every_operation.py http://127.0.0.1:4000

Exit status 0 says that every claim held; the first that did not is on standard error.
"""

import json
import sys

from botocore.exceptions import ClientError

from three_accounts import Account, claim, organize

MANAGEMENT = "111111111111"
OUTSIDER = "222222222222"

# What boto3 knows and the SDK that Bellwether is built with does not.
YOUNGER = {"UpdatePermission"}

# Refusals with another status than 400.
CONFLICTS = {"PermissionAlreadyExistsException": 409}

called = set()


def watch(account):
    """Notes what an account calls of RAM."""

    def note(request, **_):
        require_lower_case_path(request.url)

    def name(model, **_):
        called.add(model.name)

    account.ram.meta.events.register("before-send.ram", note)
    account.ram.meta.events.register("before-call.ram", name)
    return account


def require_lower_case_path(url):
    path = url.split("://", 1)[1].split("/", 1)[1].split("?", 1)[0]
    if path != path.lower():
        sys.exit(f"does not hold: calls go to lower-case paths (observed {path})")


def answer(account, operation, **arguments):
    """The answer to a call that is granted, all pages of it."""
    call = getattr(account.ram, operation)
    found = call(**arguments)
    whole = dict(found)
    while found.get("nextToken"):
        found = call(**arguments, nextToken=found["nextToken"])
        for key, value in found.items():
            if isinstance(value, list):
                whole[key] = whole.get(key, []) + value
    whole.pop("ResponseMetadata")
    return whole


def refused_with_400(account, codes, operation, **arguments):
    """A call that is refused, with one of these codes, which the API declares."""
    try:
        getattr(account.ram, operation)(**arguments)
    except ClientError as error:
        code = error.response["Error"]["Code"]
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        shapes = account.ram.meta.service_model.operation_model(camel_of(account, operation))
        declared = {shape.name for shape in shapes.error_shapes}
        claim(code in codes and code in declared, f"{operation} is refused with {code}")
        claim(status == CONFLICTS.get(code, 400), f"{code} is HTTP {status}")
    else:
        sys.exit(f"does not hold: {operation} is refused")


def camel_of(account, operation):
    return account.ram.meta.method_to_api_mapping[operation]


def shares(owner, member, outsider, net, offices):
    """A share's life, with who is invited and who is not."""
    made = answer(
        owner,
        "create_resource_share",
        name="platform",
        resourceArns=[net],
        principals=[member.id()],
        tags=[{"key": "team", "value": "blue"}],
    )["resourceShare"]
    arn = made["resourceShareArn"]
    claim(made["owningAccountId"] == owner.id(), "a share is its creator's")
    claim(made["tags"] == [{"key": "team", "value": "blue"}], "a share is made with tags")

    answer(owner, "tag_resource", resourceShareArn=arn, tags=[{"key": "stage", "value": "test"}])
    answer(owner, "untag_resource", resourceShareArn=arn, tagKeys=["team"])
    updated = answer(owner, "update_resource_share", resourceShareArn=arn, name="network")
    claim(updated["resourceShare"]["name"] == "network", "a share is renamed")
    listed = answer(owner, "get_resource_shares", resourceOwner="SELF")["resourceShares"]
    claim([it["resourceShareArn"] for it in listed] == [arn], "the owner lists its share")
    claim(listed[0]["tags"] == [{"key": "stage", "value": "test"}], "with the tags that are left")
    claim(listed[0]["featureSet"] == "STANDARD", "and as a standard one")

    joined = answer(
        owner,
        "associate_resource_share",
        resourceShareArn=arn,
        principals=[member.id()],
    )["resourceShareAssociations"]
    claim(joined[0]["associationType"] == "PRINCIPAL", "an association has a type")
    rows = answer(
        owner,
        "get_resource_share_associations",
        associationType="RESOURCE",
        resourceShareArns=[arn],
    )["resourceShareAssociations"]
    claim([it["associatedEntity"] for it in rows] == [net], "the owner lists what is shared")
    claim(rows[0]["status"] == "ASSOCIATED" and not rows[0]["external"], "and how it stands")

    for_member = answer(member, "list_resources", resourceOwner="OTHER-ACCOUNTS")["resources"]
    claim([it["arn"] for it in for_member] == [net], "the member lists what is shared with it")
    claim(for_member[0]["type"] == "ec2:Subnet", "and of which type it is")
    whom = answer(owner, "list_principals", resourceOwner="SELF")["principals"]
    claim([it["id"] for it in whom] == [member.id()], "the owner lists whom it shares with")
    policies = answer(owner, "get_resource_policies", resourceArns=[net])["policies"]
    claim(all(json.loads(policy)["Statement"] for policy in policies), "policies are JSON")
    sources = answer(owner, "list_source_associations")["sourceAssociations"]
    claim(sources == [], "a share without services has no sources")
    none = answer(member, "get_resource_share_invitations")["resourceShareInvitations"]
    claim(none == [], "a member is not invited")

    for offer in ("first", "second"):
        answer(
            owner,
            "create_resource_share",
            name=offer,
            resourceArns=[offices],
            principals=[OUTSIDER],
        )
    invitations = answer(outsider, "get_resource_share_invitations")["resourceShareInvitations"]
    claim(len(invitations) == 2, "an outsider is invited to each share")
    first, second = (it["resourceShareInvitationArn"] for it in invitations)
    held = answer(
        outsider, "list_pending_invitation_resources", resourceShareInvitationArn=first
    )["resources"]
    claim([it["arn"] for it in held] == [offices], "it lists what an invitation is about")
    accepted = answer(
        outsider, "accept_resource_share_invitation", resourceShareInvitationArn=first
    )["resourceShareInvitation"]
    claim(accepted["status"] == "ACCEPTED", "it accepts")
    rejected = answer(
        outsider, "reject_resource_share_invitation", resourceShareInvitationArn=second
    )["resourceShareInvitation"]
    claim(rejected["status"] == "REJECTED", "or rejects")

    taken = answer(
        owner, "disassociate_resource_share", resourceShareArn=arn, principals=[member.id()]
    )["resourceShareAssociations"]
    claim(taken[0]["status"] == "DISASSOCIATING", "a member is taken out")
    deleted = answer(owner, "delete_resource_share", resourceShareArn=arn)
    claim(deleted["returnValue"] is True, "a share is deleted")
    unknown = {"UnknownResourceException"}
    nothing = arn[:-1] + "x"
    refused_with_400(owner, unknown, "delete_resource_share", resourceShareArn=nothing)
    malformed = {"InvalidParameterException"}
    refused_with_400(
        owner, malformed, "create_resource_share", name="bad", principals=["o-exampleorgid"]
    )


def template(action):
    return json.dumps({"Effect": "Allow", "Action": [f"imagebuilder:{action}"]})


def permissions(owner):
    """A permission's life, its versions, and what a share holds of it."""
    types = answer(owner, "list_resource_types")["resourceTypes"]
    claim("ec2:Subnet" in {it["resourceType"] for it in types}, "subnets can be shared")
    kind = "imagebuilder:Component"
    made = answer(
        owner,
        "create_permission",
        name="reading",
        resourceType=kind,
        policyTemplate=template("GetComponent"),
    )["permission"]
    reading = made["arn"]
    claim(made["version"] == "1" and made["status"] == "ATTACHABLE", "a permission is made")
    refused_with_400(
        owner,
        {"PermissionAlreadyExistsException"},
        "create_permission",
        name="reading",
        resourceType=kind,
        policyTemplate=template("GetComponent"),
    )
    answer(
        owner,
        "create_permission_version",
        permissionArn=reading,
        policyTemplate=template("ListComponents"),
    )
    versions = answer(owner, "list_permission_versions", permissionArn=reading)["permissions"]
    claim({it["version"] for it in versions} == {"1", "2"}, "it has two versions")
    answer(owner, "set_default_permission_version", permissionArn=reading, permissionVersion=1)
    read = answer(owner, "get_permission", permissionArn=reading)["permission"]
    claim(read["version"] == "1", "the default version is read")
    claim(json.loads(read["permission"])["Effect"] == "Allow", "with its template")
    gone = answer(owner, "delete_permission_version", permissionArn=reading, permissionVersion=2)
    claim(gone["returnValue"] is True, "a version is deleted")
    own = answer(owner, "list_permissions", permissionType="CUSTOMER_MANAGED")["permissions"]
    claim(reading in {it["arn"] for it in own}, "the permission is listed")

    other = answer(
        owner,
        "create_permission",
        name="listing",
        resourceType=kind,
        policyTemplate=template("ListComponents"),
    )["permission"]["arn"]
    share = answer(owner, "create_resource_share", name="holder")["resourceShare"]
    share = share["resourceShareArn"]
    answer(
        owner,
        "associate_resource_share_permission",
        resourceShareArn=share,
        permissionArn=reading,
    )
    held = answer(owner, "list_resource_share_permissions", resourceShareArn=share)
    claim([it["arn"] for it in held["permissions"]] == [reading], "a share holds it")
    work = answer(
        owner,
        "replace_permission_associations",
        fromPermissionArn=reading,
        toPermissionArn=other,
    )["replacePermissionAssociationsWork"]
    listed = answer(owner, "list_replace_permission_associations_work", workIds=[work["id"]])
    listed = listed["replacePermissionAssociationsWorks"]
    claim([it["id"] for it in listed] == [work["id"]], "the work of a replacement is listed")
    whose = answer(owner, "list_permission_associations", permissionArn=other)["permissions"]
    claim([it["resourceShareArn"] for it in whose] == [share], "the share holds the other one")
    answer(
        owner,
        "disassociate_resource_share_permission",
        resourceShareArn=share,
        permissionArn=other,
    )
    deleted = answer(owner, "delete_permission", permissionArn=reading)
    claim(deleted["returnValue"] is True, "a permission is deleted")


def promotions(owner):
    """What a resource policy made is promoted; what a caller made is not."""
    standard = {"InvalidStateTransitionException", "InvalidParameterException"}
    standard |= {"OperationNotPermittedException", "UnknownResourceException"}
    share = answer(owner, "create_resource_share", name="standard")["resourceShare"]
    refused_with_400(
        owner,
        standard,
        "promote_resource_share_created_from_policy",
        resourceShareArn=share["resourceShareArn"],
    )
    own = answer(
        owner,
        "create_permission",
        name="own",
        resourceType="imagebuilder:Component",
        policyTemplate=template("GetComponent"),
    )["permission"]
    refused_with_400(
        owner,
        standard,
        "promote_permission_created_from_policy",
        permissionArn=own["arn"],
        name="promoted",
    )


def main():
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} ENDPOINT")
    endpoint = sys.argv[1]
    owner = watch(Account(endpoint, MANAGEMENT))
    outsider = watch(Account(endpoint, OUTSIDER))
    member = watch(owner.assume(organize(owner)))
    vpc = owner.ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = owner.ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")["Subnet"]
    offices = owner.ec2.create_managed_prefix_list(
        PrefixListName="offices", AddressFamily="IPv4", MaxEntries=5
    )["PrefixList"]
    shares(owner, member, outsider, subnet["SubnetArn"], offices["PrefixListArn"])
    permissions(owner)
    promotions(owner)
    known = set(owner.ram.meta.service_model.operation_names) - YOUNGER
    claim(called == known, f"every operation was called (not: {sorted(known - called)})")


if __name__ == "__main__":
    main()
