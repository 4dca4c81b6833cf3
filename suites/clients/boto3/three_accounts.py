#!/usr/bin/env python3
"""A walk through cross-account sharing with boto3, against an endpoint where nothing was done yet.

Three accounts are entered by their access key ids, a fourth by AssumeRole. The first makes an
organization with the fourth as its member, shares a subnet with it, and takes it back; then it
shares a prefix list with an outsider, who has to accept. A stranger sees nothing of either.

    bellwether serve --address 127.0.0.1:4000 &
    python suites/clients/boto3/three_accounts.py http://127.0.0.1:4000

Exit status 0 says that every claim held; the first that did not is on standard error.
"""

import sys

from accounts import Account, organize, refusal

MANAGEMENT = "111111111111"
OUTSIDER = "222222222222"
STRANGER = "333333333333"


def claim(holds, what):
    if not holds:
        sys.exit(f"does not hold: {what}")
    print(f"holds: {what}")


def refused(code, what, call, **arguments):
    found = refusal(call, **arguments)
    claim(found == code, f"{what} ({code}, observed {found})")


def share_a_subnet(owner, member, stranger):
    vpc = owner.ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = owner.ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")["Subnet"]
    net, arn = subnet["SubnetId"], subnet["SubnetArn"]
    claim(net not in member.subnets(), "a subnet is hidden from a member before it is shared")

    share = owner.ram.create_resource_share(
        name="platform", resourceArns=[arn], principals=[member.id]
    )["resourceShare"]
    claim(share["status"] == "ACTIVE", "a new share is ACTIVE")
    claim("featureSet" not in share and share["tags"] == [], "a new share has tags, and no more")
    invitations = member.ram.get_resource_share_invitations()["resourceShareInvitations"]
    claim(invitations == [], "a member of the organization needs no invitation")
    claim(net in member.subnets(), "a member sees the shared subnet")
    seen = member.ec2.describe_subnets(SubnetIds=[net])["Subnets"][0]
    claim(seen["OwnerId"] == owner.id, "the shared subnet is its owner's")
    claim(net not in stranger.subnets(), "a stranger does not see the shared subnet")

    group = member.ec2.create_security_group(VpcId=vpc, GroupName="member", Description="member")
    image = member.ec2.register_image(Name="image", RootDeviceName="/dev/xvda")["ImageId"]
    launch = {
        "ImageId": image,
        "InstanceType": "t3.micro",
        "MinCount": 1,
        "MaxCount": 1,
        "SubnetId": net,
        "SecurityGroupIds": [group["GroupId"]],
    }
    launched = member.ec2.run_instances(**launch)["Instances"][0]["InstanceId"]
    claim(launched.startswith("i-"), "a member launches into the shared subnet")

    owner.ram.disassociate_resource_share(
        resourceShareArn=share["resourceShareArn"], resourceArns=[arn]
    )
    missing = "InvalidSubnetID.NotFound"
    refused(missing, "a launch after revocation is refused", member.ec2.run_instances, **launch)
    reservations = member.ec2.describe_instances(InstanceIds=[launched])["Reservations"]
    state = reservations[0]["Instances"][0]["State"]["Name"]
    claim(state in ("pending", "running"), "what was launched before goes on")


def share_a_prefix_list(owner, outsider, stranger):
    made = owner.ec2.create_managed_prefix_list(
        PrefixListName="offices", AddressFamily="IPv4", MaxEntries=5
    )["PrefixList"]
    offices, arn = made["PrefixListId"], made["PrefixListArn"]
    share = owner.ram.create_resource_share(
        name="lists", resourceArns=[arn], principals=[OUTSIDER]
    )["resourceShare"]["resourceShareArn"]
    invitations = outsider.ram.get_resource_share_invitations()["resourceShareInvitations"]
    claim(len(invitations) == 1, "an outsider is invited")
    claim(invitations[0]["status"] == "PENDING", "the invitation waits")
    claim(offices not in outsider.prefix_lists(), "a pending invitation shows nothing")
    claim(share not in outsider.shares_of_others(), "a pending share is not listed")

    invitation = invitations[0]["resourceShareInvitationArn"]
    accept = outsider.ram.accept_resource_share_invitation
    unknown = "ResourceShareInvitationArnNotFoundException"
    stranger_accepts = stranger.ram.accept_resource_share_invitation
    arguments = {"resourceShareInvitationArn": invitation}
    refused(unknown, "a stranger can't accept it", stranger_accepts, **arguments)
    accepted = accept(resourceShareInvitationArn=invitation)["resourceShareInvitation"]
    claim(accepted["status"] == "ACCEPTED", "the outsider accepts")
    twice = "ResourceShareInvitationAlreadyAcceptedException"
    refused(twice, "a second acceptance is refused", accept, **arguments)
    claim(share in outsider.shares_of_others(), "an accepted share is listed")
    claim(offices in outsider.prefix_lists(), "the outsider sees the prefix list")
    claim(offices not in stranger.prefix_lists(), "a stranger does not see the prefix list")

    owner.ram.delete_resource_share(resourceShareArn=share)
    claim(offices not in outsider.prefix_lists(), "a deleted share shows nothing any more")


def main():
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} ENDPOINT")
    endpoint = sys.argv[1]
    owner = Account(endpoint, MANAGEMENT)
    outsider = Account(endpoint, OUTSIDER)
    stranger = Account(endpoint, STRANGER)
    claim(owner.id == MANAGEMENT, "an access key of twelve digits is the account")
    member = organize(owner)
    claim(member.id != owner.id, "an assumed role acts for its account")
    share_a_subnet(owner, member, stranger)
    share_a_prefix_list(owner, outsider, stranger)


if __name__ == "__main__":
    main()
