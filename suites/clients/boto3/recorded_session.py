#!/usr/bin/env python3
"""What a team's own test may do: three accounts share a subnet, use it, and take it back.

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


def launch(caller, image, group, net):
    tried(
        caller.ec2.run_instances,
        ImageId=image,
        InstanceType="t3.micro",
        MinCount=1,
        MaxCount=1,
        SubnetId=net,
        SecurityGroupIds=[group],
    )


def look(callers):
    for caller in callers:
        tried(caller.ec2.describe_subnets)
        tried(caller.ram.get_resource_shares, resourceOwner="SELF")
        tried(caller.ram.get_resource_shares, resourceOwner="OTHER-ACCOUNTS")
        tried(caller.ram.list_resources, resourceOwner="OTHER-ACCOUNTS")


def main():
    owner, consumer, stranger = callers = [Caller(it) for it in (OWNER, CONSUMER, STRANGER)]
    vpc = owner.ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = owner.ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")["Subnet"]
    net, arn = subnet["SubnetId"], subnet["SubnetArn"]
    look(callers)
    made = owner.ram.create_resource_share(
        name="platform", resourceArns=[arn], principals=[CONSUMER]
    )
    share = made["resourceShare"]["resourceShareArn"]
    listed = tried(consumer.ram.get_resource_share_invitations)
    for invitation in listed.get("resourceShareInvitations", []):
        tried(
            consumer.ram.accept_resource_share_invitation,
            resourceShareInvitationArn=invitation["resourceShareInvitationArn"],
        )
    look(callers)
    group = tried(
        consumer.ec2.create_security_group, VpcId=vpc, GroupName="session", Description="session"
    ).get("GroupId", "sg-0123456789abcdef0")
    images = tried(consumer.ec2.register_image, Name="image", RootDeviceName="/dev/xvda")
    image = images.get("ImageId", "ami-0123456789abcdef0")
    launch(consumer, image, group, net)
    launch(stranger, image, group, net)
    tried(owner.ec2.delete_subnet, SubnetId=net)
    tried(owner.ram.disassociate_resource_share, resourceShareArn=share, resourceArns=[arn])
    look(callers)
    launch(consumer, image, group, net)
    tried(owner.ram.delete_resource_share, resourceShareArn=share)
    look(callers)


if __name__ == "__main__":
    main()
