#!/usr/bin/env python3
"""What a team's own test may do: three accounts share a transit gateway, use it, and take it back.

    bellwether record --endpoint URL --out recorded.jsonl -- python suites/clients/boto3/recorded_session.py
    bellwether judge recorded.jsonl --standalone

The endpoint is in AWS_ENDPOINT_URL, as `bellwether record` sets it. The accounts are entered by AssumeRole, so that
the recording tells whose each call is. Nothing is claimed here: what is refused is printed, and the session goes on.
"""

import boto3
from botocore.exceptions import ClientError

OWNER, CONSUMER, STRANGER = "111111111111", "222222222222", "333333333333"


class Caller:
    """The clients of an account."""

    def __init__(self, account):
        self.account = account
        sts = boto3.client("sts", "us-east-1", aws_access_key_id="key", aws_secret_access_key="key")
        role = f"arn:aws:iam::{account}:role/session"
        keys = sts.assume_role(RoleArn=role, RoleSessionName="session")["Credentials"]
        session = boto3.Session(
            aws_access_key_id=keys["AccessKeyId"],
            aws_secret_access_key=keys["SecretAccessKey"],
            aws_session_token=keys["SessionToken"],
            region_name="us-east-1",
        )
        self.ram, self.ec2 = session.client("ram"), session.client("ec2")


def tried(call, **arguments):
    """The answer to a call; nothing if it is refused."""
    try:
        return call(**arguments)
    except ClientError as refused:
        print(f"{call.__name__}: {refused.response['Error']['Code']}")
        return {}


def network(caller):
    """A VPC of the account's own, and a subnet in it."""
    vpc = caller.ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = caller.ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")["Subnet"]
    return vpc, subnet["SubnetId"]


def attach(caller, gateway, vpc, net):
    tried(
        caller.ec2.create_transit_gateway_vpc_attachment,
        TransitGatewayId=gateway,
        VpcId=vpc,
        SubnetIds=[net],
    )


def look(callers):
    for caller in callers:
        tried(caller.ec2.describe_transit_gateways)
        tried(caller.ec2.describe_subnets)
        tried(caller.ram.get_resource_shares, resourceOwner="SELF")
        tried(caller.ram.get_resource_shares, resourceOwner="OTHER-ACCOUNTS")
        tried(caller.ram.list_resources, resourceOwner="OTHER-ACCOUNTS")


def main():
    owner, consumer, stranger = callers = [Caller(it) for it in (OWNER, CONSUMER, STRANGER)]
    made = owner.ec2.create_transit_gateway()["TransitGateway"]
    gateway, arn = made["TransitGatewayId"], made["TransitGatewayArn"]
    networks = [network(consumer), network(stranger)]
    look(callers)
    made = owner.ram.create_resource_share(
        name="platform", resourceArns=[arn], principals=[CONSUMER]
    )
    share = made["resourceShare"]["resourceShareArn"]
    attach(consumer, gateway, *networks[0])
    listed = tried(consumer.ram.get_resource_share_invitations)
    for invitation in listed.get("resourceShareInvitations", []):
        tried(
            consumer.ram.accept_resource_share_invitation,
            resourceShareInvitationArn=invitation["resourceShareInvitationArn"],
        )
    look(callers)
    for caller, own in zip((consumer, stranger), networks):
        attach(caller, gateway, *own)
    look(callers)
    tried(owner.ram.disassociate_resource_share, resourceShareArn=share, resourceArns=[arn])
    look(callers)
    attach(consumer, gateway, *network(consumer))
    tried(owner.ram.delete_resource_share, resourceShareArn=share)
    look(callers)


if __name__ == "__main__":
    main()
