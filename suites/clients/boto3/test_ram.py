"""RAM: every operation, with answers that boto3 parses and refusals that the API declares."""

import json

import pytest
from botocore.exceptions import ClientError

# Refusals with another status than 400.
CONFLICTS = {"PermissionAlreadyExistsException": 409}

COMPONENT = "imagebuilder:Component"


def whole(call, **arguments):
    """The answer to a call that lists, all pages of it."""
    found = call(**arguments)
    answer = dict(found)
    while found.get("nextToken"):
        found = call(**arguments, nextToken=found["nextToken"])
        for key, value in found.items():
            if isinstance(value, list):
                answer[key] = answer.get(key, []) + value
    return answer


def refused(account, codes, operation, **arguments):
    """A call that is refused with one of these codes, which the API declares for it."""
    with pytest.raises(ClientError) as refusal:
        getattr(account.ram, operation)(**arguments)
    code = refusal.value.response["Error"]["Code"]
    name = account.ram.meta.method_to_api_mapping[operation]
    model = account.ram.meta.service_model.operation_model(name)
    assert code in codes
    assert code in {shape.name for shape in model.error_shapes}
    status = refusal.value.response["ResponseMetadata"]["HTTPStatusCode"]
    assert status == CONFLICTS.get(code, 400)


def template(action):
    return json.dumps({"Effect": "Allow", "Action": [f"imagebuilder:{action}"]})


def subnet(account):
    vpc = account.ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    made = account.ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")["Subnet"]
    return made["SubnetArn"]


def prefix_list(account, name="offices"):
    made = account.ec2.create_managed_prefix_list(
        PrefixListName=name, AddressFamily="IPv4", MaxEntries=5
    )
    return made["PrefixList"]["PrefixListArn"]


def share(account, name="platform", **arguments):
    made = account.ram.create_resource_share(name=name, **arguments)["resourceShare"]
    return made["resourceShareArn"]


def permission(account, name="reading", action="GetComponent"):
    made = account.ram.create_permission(
        name=name, resourceType=COMPONENT, policyTemplate=template(action)
    )
    return made["permission"]


def test_calls_go_to_lower_case_paths(owner):
    paths = []
    owner.ram.meta.events.register(
        "before-send.ram", lambda request, **_: paths.append(request.url.split("/", 3)[3])
    )
    owner.ram.get_resource_shares(resourceOwner="SELF")
    assert paths == ["getresourceshares"]


def test_a_share_is_its_creators_and_bears_its_tags(owner):
    tags = [{"key": "team", "value": "blue"}]
    made = owner.ram.create_resource_share(name="platform", tags=tags)["resourceShare"]
    assert made["owningAccountId"] == owner.id
    assert made["tags"] == tags


def test_a_share_is_renamed_and_tagged(owner):
    arn = share(owner, tags=[{"key": "team", "value": "blue"}])
    owner.ram.tag_resource(resourceShareArn=arn, tags=[{"key": "stage", "value": "test"}])
    owner.ram.untag_resource(resourceShareArn=arn, tagKeys=["team"])
    updated = owner.ram.update_resource_share(resourceShareArn=arn, name="network")
    assert updated["resourceShare"]["name"] == "network"
    [listed] = whole(owner.ram.get_resource_shares, resourceOwner="SELF")["resourceShares"]
    assert listed["resourceShareArn"] == arn
    assert listed["tags"] == [{"key": "stage", "value": "test"}]
    assert listed["featureSet"] == "STANDARD"


def test_a_share_is_tagged_by_the_tagging_api_too(owner):
    arn = share(owner)
    owner.tagging.tag_resources(ResourceARNList=[arn], Tags={"stage": "test"})
    filters = [{"Key": "stage", "Values": ["test"]}]
    [seen] = owner.tagging.get_resources(TagFilters=filters)["ResourceTagMappingList"]
    assert seen["ResourceARN"] == arn
    [listed] = whole(owner.ram.get_resource_shares, resourceOwner="SELF")["resourceShares"]
    assert listed["tags"] == [{"key": "stage", "value": "test"}]
    owner.tagging.untag_resources(ResourceARNList=[arn], TagKeys=["stage"])
    assert owner.tagging.get_resources(TagFilters=filters)["ResourceTagMappingList"] == []


def test_a_member_needs_no_invitation(organization):
    owner, member = organization
    net = subnet(owner)
    arn = share(owner, resourceArns=[net])
    joined = owner.ram.associate_resource_share(resourceShareArn=arn, principals=[member.id])
    assert joined["resourceShareAssociations"][0]["associationType"] == "PRINCIPAL"
    [row] = whole(
        owner.ram.get_resource_share_associations,
        associationType="RESOURCE",
        resourceShareArns=[arn],
    )["resourceShareAssociations"]
    assert (row["associatedEntity"], row["status"], row["external"]) == (net, "ASSOCIATED", False)
    [seen] = whole(member.ram.list_resources, resourceOwner="OTHER-ACCOUNTS")["resources"]
    assert (seen["arn"], seen["type"]) == (net, "ec2:Subnet")
    [whom] = whole(owner.ram.list_principals, resourceOwner="SELF")["principals"]
    assert whom["id"] == member.id
    assert member.ram.get_resource_share_invitations()["resourceShareInvitations"] == []
    gone = owner.ram.disassociate_resource_share(resourceShareArn=arn, principals=[member.id])
    assert gone["resourceShareAssociations"][0]["status"] == "DISASSOCIATING"


def test_resource_policies_are_json(owner, consumer):
    offices = prefix_list(owner)
    share(owner, resourceArns=[offices], principals=[consumer.id])
    policies = whole(owner.ram.get_resource_policies, resourceArns=[offices])["policies"]
    assert all(json.loads(policy)["Statement"] for policy in policies)


def test_a_share_without_services_has_no_sources(owner):
    share(owner)
    assert whole(owner.ram.list_source_associations)["sourceAssociations"] == []


def test_an_outsider_accepts_one_invitation_and_rejects_the_other(owner, consumer):
    offices = prefix_list(owner)
    for name in ("first", "second"):
        share(owner, name, resourceArns=[offices], principals=[consumer.id])
    invitations = whole(consumer.ram.get_resource_share_invitations)["resourceShareInvitations"]
    first, second = (it["resourceShareInvitationArn"] for it in invitations)
    held = whole(
        consumer.ram.list_pending_invitation_resources, resourceShareInvitationArn=first
    )["resources"]
    assert [it["arn"] for it in held] == [offices]
    accepted = consumer.ram.accept_resource_share_invitation(resourceShareInvitationArn=first)
    assert accepted["resourceShareInvitation"]["status"] == "ACCEPTED"
    rejected = consumer.ram.reject_resource_share_invitation(resourceShareInvitationArn=second)
    assert rejected["resourceShareInvitation"]["status"] == "REJECTED"


def test_a_deleted_share_is_listed_as_such(owner):
    arn = share(owner)
    assert owner.ram.delete_resource_share(resourceShareArn=arn)["returnValue"] is True
    [listed] = whole(owner.ram.get_resource_shares, resourceOwner="SELF")["resourceShares"]
    assert listed["status"] == "DELETED"


def test_an_unknown_share_is_refused(owner):
    arn = share(owner)[:-1] + "x"
    refused(owner, {"UnknownResourceException"}, "delete_resource_share", resourceShareArn=arn)


def test_a_malformed_principal_is_refused(owner):
    malformed = {"InvalidParameterException"}
    principals = ["o-exampleorgid"]
    refused(owner, malformed, "create_resource_share", name="bad", principals=principals)


def test_subnets_can_be_shared(owner):
    types = whole(owner.ram.list_resource_types)["resourceTypes"]
    assert "ec2:Subnet" in {it["resourceType"] for it in types}


def test_a_permission_is_made_once(owner):
    made = permission(owner)
    assert (made["version"], made["status"]) == ("1", "ATTACHABLE")
    refused(
        owner,
        {"PermissionAlreadyExistsException"},
        "create_permission",
        name="reading",
        resourceType=COMPONENT,
        policyTemplate=template("GetComponent"),
    )


def test_a_permission_has_versions_of_which_one_is_the_default(owner):
    arn = permission(owner)["arn"]
    owner.ram.create_permission_version(
        permissionArn=arn, policyTemplate=template("ListComponents")
    )
    versions = whole(owner.ram.list_permission_versions, permissionArn=arn)["permissions"]
    assert {it["version"] for it in versions} == {"1", "2"}
    owner.ram.set_default_permission_version(permissionArn=arn, permissionVersion=1)
    read = owner.ram.get_permission(permissionArn=arn)["permission"]
    assert read["version"] == "1"
    assert json.loads(read["permission"])["Effect"] == "Allow"
    gone = owner.ram.delete_permission_version(permissionArn=arn, permissionVersion=2)
    assert gone["returnValue"] is True


def test_a_permission_is_listed_until_it_is_deleted(owner):
    arn = permission(owner)["arn"]
    own = {"permissionType": "CUSTOMER_MANAGED"}
    listed = whole(owner.ram.list_permissions, **own)["permissions"]
    assert [it["arn"] for it in listed] == [arn]
    assert owner.ram.delete_permission(permissionArn=arn)["returnValue"] is True


def test_permissions_are_listed_by_their_status(owner):
    permission(owner)
    listed = whole(owner.ram.list_permissions, permissionStatus="DEPRECATED")["permissions"]
    assert listed == []


def test_a_permission_of_a_share_is_replaced(owner):
    reading = permission(owner)["arn"]
    listing = permission(owner, "listing", "ListComponents")["arn"]
    arn = share(owner)
    owner.ram.associate_resource_share_permission(resourceShareArn=arn, permissionArn=reading)
    held = whole(owner.ram.list_resource_share_permissions, resourceShareArn=arn)["permissions"]
    assert [it["arn"] for it in held] == [reading]
    work = owner.ram.replace_permission_associations(
        fromPermissionArn=reading, toPermissionArn=listing
    )["replacePermissionAssociationsWork"]
    listed = whole(owner.ram.list_replace_permission_associations_work, workIds=[work["id"]])
    assert [it["id"] for it in listed["replacePermissionAssociationsWorks"]] == [work["id"]]
    whose = whole(owner.ram.list_permission_associations, permissionArn=listing)["permissions"]
    assert [it["resourceShareArn"] for it in whose] == [arn]
    owner.ram.disassociate_resource_share_permission(
        resourceShareArn=arn, permissionArn=listing
    )
    held = whole(owner.ram.list_resource_share_permissions, resourceShareArn=arn)["permissions"]
    assert held == []


def test_permission_associations_are_listed_by_their_status(owner):
    reading = permission(owner)["arn"]
    arn = share(owner)
    owner.ram.associate_resource_share_permission(resourceShareArn=arn, permissionArn=reading)
    gone = whole(owner.ram.list_permission_associations, associationStatus="DISASSOCIATED")
    assert gone["permissions"] == []


STANDARD = {
    "InvalidParameterException",
    "InvalidStateTransitionException",
    "OperationNotPermittedException",
    "UnknownResourceException",
}


def test_a_standard_share_is_not_promoted(owner):
    arn = share(owner)
    promote = "promote_resource_share_created_from_policy"
    refused(owner, STANDARD, promote, resourceShareArn=arn)


def test_a_customer_managed_permission_is_not_promoted(owner):
    arn = permission(owner)["arn"]
    promote = "promote_permission_created_from_policy"
    refused(owner, STANDARD, promote, permissionArn=arn, name="promoted")


def test_the_times_of_what_does_not_change_stand_still(owner):
    def times():
        listed = whole(owner.ram.list_permissions)["permissions"]
        return {it["arn"]: (it["creationTime"], it["lastUpdatedTime"]) for it in listed}

    assert times() == times()
