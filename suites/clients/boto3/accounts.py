"""Accounts of an endpoint, each with its clients, and what is claimed of them."""

import functools

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

REGION = "us-east-1"

# The services of the reference, by the names that their clients have here.
SERVICES = {
    "ec2": "ec2",
    "licenses": "license-manager",
    "organizations": "organizations",
    "profiles": "route53profiles",
    "ram": "ram",
    "resolver": "route53resolver",
    "route53": "route53",
    "sts": "sts",
    "tagging": "resourcegroupstaggingapi",
}


@functools.cache
def session():
    """The one session: it reads the models of the services once."""
    return boto3.Session(region_name=REGION)


class Account:
    """An account's clients."""

    def __init__(self, endpoint, key, secret="secret", token=None, **config):
        self.endpoint = endpoint
        self.credentials = {
            "aws_access_key_id": key,
            "aws_secret_access_key": secret,
            "aws_session_token": token,
        }
        self.config = Config(
            retries={"max_attempts": 1}, connect_timeout=5, read_timeout=30, **config
        )

    def __getattr__(self, name):
        if name not in SERVICES:
            raise AttributeError(name)
        client = self.client(SERVICES[name])
        setattr(self, name, client)
        return client

    def client(self, service, region=REGION):
        """The client of a service."""
        return session().client(
            service,
            region_name=region,
            endpoint_url=self.endpoint,
            config=self.config,
            **self.credentials,
        )

    def assume(self, account_id):
        """Another account, entered by a role in it."""
        credentials = self.sts.assume_role(
            RoleArn=f"arn:aws:iam::{account_id}:role/OrganizationAccountAccessRole",
            RoleSessionName="walkthrough",
        )["Credentials"]
        return Account(
            self.endpoint,
            credentials["AccessKeyId"],
            credentials["SecretAccessKey"],
            credentials["SessionToken"],
        )

    @functools.cached_property
    def id(self):
        """Its id, as STS says."""
        return self.sts.get_caller_identity()["Account"]

    def shares_of_others(self):
        answer = self.ram.get_resource_shares(resourceOwner="OTHER-ACCOUNTS")
        return [share["resourceShareArn"] for share in answer["resourceShares"]]

    def subnets(self):
        return [it["SubnetId"] for it in self.ec2.describe_subnets()["Subnets"]]

    def prefix_lists(self):
        lists = self.ec2.describe_managed_prefix_lists()["PrefixLists"]
        return [it["PrefixListId"] for it in lists]


def refusal(call, **arguments):
    """The code with which a call is refused; none if it is granted."""
    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return None


def organize(management):
    """An organization with sharing on; the account made in it."""
    management.organizations.create_organization(FeatureSet="ALL")
    root = management.organizations.list_roots()["Roots"][0]["Id"]
    unit = management.organizations.create_organizational_unit(ParentId=root, Name="workloads")
    made = management.organizations.create_account(
        AccountName="member", Email=f"member-of-{management.id}@example.com"
    )
    member = made["CreateAccountStatus"]["AccountId"]
    management.organizations.move_account(
        AccountId=member,
        SourceParentId=root,
        DestinationParentId=unit["OrganizationalUnit"]["Id"],
    )
    assert management.ram.enable_sharing_with_aws_organization()["returnValue"]
    return management.assume(member)
