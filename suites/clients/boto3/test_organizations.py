"""Organizations and STS: who is in an organization, and who calls."""

import pytest

from accounts import refusal


@pytest.fixture
def management(owner):
    owner.organizations.create_organization(FeatureSet="ALL")
    return owner


def root(account):
    return account.organizations.list_roots()["Roots"][0]["Id"]


def test_the_caller_is_told_its_account(owner):
    identity = owner.sts.get_caller_identity()
    assert identity["Arn"] == f"arn:aws:iam::{owner.id}:root"


def test_an_assumed_role_is_told_its_session(owner, consumer):
    identity = owner.assume(consumer.id).sts.get_caller_identity()
    assert identity["Account"] == consumer.id
    role = f"arn:aws:sts::{consumer.id}:assumed-role/OrganizationAccountAccessRole"
    assert identity["Arn"] == f"{role}/walkthrough"
    assert identity["UserId"].endswith(":walkthrough")


def test_a_session_token_is_had(owner):
    credentials = owner.sts.get_session_token()["Credentials"]
    assert credentials["SessionToken"]


def test_an_organization_begins_with_its_management_account(management):
    described = management.organizations.describe_organization()["Organization"]
    assert described["MasterAccountId"] == management.id
    [only] = management.organizations.list_accounts()["Accounts"]
    assert (only["Id"], only["State"]) == (management.id, "ACTIVE")


def test_an_account_is_made_at_the_root_and_moved(management):
    organizations = management.organizations
    made = organizations.create_account(
        AccountName="first", Email=f"first-of-{management.id}@example.com"
    )["CreateAccountStatus"]
    status = organizations.describe_create_account_status(CreateAccountRequestId=made["Id"])
    account = status["CreateAccountStatus"]["AccountId"]
    assert organizations.describe_account(AccountId=account)["Account"]["Name"] == "first"
    unit = organizations.create_organizational_unit(ParentId=root(management), Name="workloads")
    unit = unit["OrganizationalUnit"]["Id"]
    [parent] = organizations.list_parents(ChildId=account)["Parents"]
    assert parent == {"Id": root(management), "Type": "ROOT"}
    organizations.move_account(
        AccountId=account, SourceParentId=root(management), DestinationParentId=unit
    )
    [parent] = organizations.list_parents(ChildId=account)["Parents"]
    assert parent == {"Id": unit, "Type": "ORGANIZATIONAL_UNIT"}
    found = organizations.list_organizational_units_for_parent(ParentId=root(management))
    assert [it["Id"] for it in found["OrganizationalUnits"]] == [unit]


def test_a_unit_holds_what_was_moved_there(management):
    organizations = management.organizations
    unit = organizations.create_organizational_unit(ParentId=root(management), Name="workloads")
    unit = unit["OrganizationalUnit"]
    described = organizations.describe_organizational_unit(OrganizationalUnitId=unit["Id"])
    assert described["OrganizationalUnit"]["Name"] == "workloads"
    organizations.move_account(
        AccountId=made_account(management),
        SourceParentId=root(management),
        DestinationParentId=unit["Id"],
    )
    [account] = organizations.list_accounts_for_parent(ParentId=unit["Id"])["Accounts"]
    [child] = organizations.list_children(ParentId=unit["Id"], ChildType="ACCOUNT")["Children"]
    assert account["Id"] == child["Id"]


def test_a_member_administers_a_service(management):
    member = made_account(management)
    service = {"AccountId": member, "ServicePrincipal": "ram.amazonaws.com"}
    management.organizations.enable_aws_service_access(ServicePrincipal="ram.amazonaws.com")
    management.organizations.register_delegated_administrator(**service)
    found = management.organizations.list_delegated_administrators()["DelegatedAdministrators"]
    assert [it["Id"] for it in found] == [member]
    found = management.organizations.list_delegated_services_for_account(AccountId=member)
    assert [it["ServicePrincipal"] for it in found["DelegatedServices"]] == ["ram.amazonaws.com"]
    management.organizations.deregister_delegated_administrator(**service)
    found = management.organizations.list_delegated_administrators()["DelegatedAdministrators"]
    assert found == []


def made_account(management):
    made = management.organizations.create_account(
        AccountName="member", Email=f"one-of-{management.id}@example.com"
    )
    return made["CreateAccountStatus"]["AccountId"]


def test_a_taken_address_makes_no_account(management):
    arguments = {"AccountName": "twin", "Email": f"twin-of-{management.id}@example.com"}
    management.organizations.create_account(**arguments)
    made = management.organizations.create_account(**arguments)["CreateAccountStatus"]
    described = management.organizations.describe_create_account_status(
        CreateAccountRequestId=made["Id"]
    )["CreateAccountStatus"]
    assert (described["State"], described["FailureReason"]) == ("FAILED", "EMAIL_ALREADY_EXISTS")


def test_an_invited_account_joins_and_leaves(management, consumer):
    target = {"Id": consumer.id, "Type": "ACCOUNT"}
    sent = management.organizations.invite_account_to_organization(Target=target)["Handshake"]
    [received] = consumer.organizations.list_handshakes_for_account()["Handshakes"]
    assert received["Id"] == sent["Id"]
    consumer.organizations.accept_handshake(HandshakeId=sent["Id"])
    described = consumer.organizations.describe_handshake(HandshakeId=sent["Id"])["Handshake"]
    assert described["State"] == "ACCEPTED"
    consumer.organizations.leave_organization()
    outside = refusal(consumer.organizations.describe_organization)
    assert outside == "AWSOrganizationsNotInUseException"


def test_an_invited_account_is_removed(management, consumer):
    target = {"Id": consumer.id, "Type": "ACCOUNT"}
    sent = management.organizations.invite_account_to_organization(Target=target)["Handshake"]
    consumer.organizations.accept_handshake(HandshakeId=sent["Id"])
    management.organizations.remove_account_from_organization(AccountId=consumer.id)
    found = management.organizations.list_accounts()["Accounts"]
    assert [it["Id"] for it in found] == [management.id]


def test_a_service_is_trusted_and_not(management):
    service = {"ServicePrincipal": "ram.amazonaws.com"}

    def trusted():
        found = management.organizations.list_aws_service_access_for_organization()
        return [it["ServicePrincipal"] for it in found["EnabledServicePrincipals"]]

    management.organizations.enable_aws_service_access(**service)
    assert trusted() == ["ram.amazonaws.com"]
    management.organizations.disable_aws_service_access(**service)
    assert trusted() == []


def test_an_unknown_service_is_not_trusted(management):
    found = refusal(
        management.organizations.enable_aws_service_access, ServicePrincipal="nonsense.example"
    )
    assert found == "InvalidInputException"
