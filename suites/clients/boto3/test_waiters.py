"""Waiters: each that waits for what the reference makes ends."""

import pytest
from botocore import xform_name

from accounts import SERVICES, session
from test_ec2_launches import launch

# What a waiter is to wait for, as arguments of its operation; the things are made first.
CASES = {}


def case(*waiters):
    def named(make):
        CASES.update({waiter: make for waiter in waiters})
        return make

    return named


def network(account):
    vpc = account.ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    made = account.ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")["Subnet"]
    return vpc, made["SubnetId"]


def base(account):
    return account.ec2.register_image(Name="base", RootDeviceName="/dev/xvda")["ImageId"]


@case("vpc_exists", "vpc_available")
def vpc(account):
    return {"VpcIds": [network(account)[0]]}


@case("subnet_available")
def subnet(account):
    return {"SubnetIds": [network(account)[1]]}


@case("internet_gateway_exists")
def internet_gateway(account):
    made = account.ec2.create_internet_gateway()["InternetGateway"]
    return {"InternetGatewayIds": [made["InternetGatewayId"]]}


@case("image_exists", "image_available")
def image(account):
    return {"ImageIds": [base(account)]}


@case("instance_exists", "instance_running", "instance_status_ok", "system_status_ok")
def instance(account):
    [made] = launch(account, base(account), SubnetId=network(account)[1])["Instances"]
    return {"InstanceIds": [made["InstanceId"]]}


@case("instance_terminated")
def terminated_instance(account):
    ids = instance(account)
    account.ec2.terminate_instances(**ids)
    return ids


@case("nat_gateway_available")
def nat_gateway(account):
    made = account.ec2.create_nat_gateway(
        SubnetId=network(account)[1], ConnectivityType="private"
    )
    return {"NatGatewayIds": [made["NatGateway"]["NatGatewayId"]]}


@case("nat_gateway_deleted")
def deleted_nat_gateway(account):
    ids = nat_gateway(account)
    account.ec2.delete_nat_gateway(NatGatewayId=ids["NatGatewayIds"][0])
    return ids


@case("network_interface_available")
def interface(account):
    made = account.ec2.create_network_interface(SubnetId=network(account)[1])
    return {"NetworkInterfaceIds": [made["NetworkInterface"]["NetworkInterfaceId"]]}


@case("security_group_exists")
def group(account):
    made = account.ec2.create_security_group(
        VpcId=network(account)[0], GroupName="web", Description="web"
    )
    return {"GroupIds": [made["GroupId"]]}


@case("security_group_vpc_association_associated")
def joined_group(account):
    [group_id] = group(account)["GroupIds"]
    other, _ = network(account)
    account.ec2.associate_security_group_vpc(GroupId=group_id, VpcId=other)
    return {"Filters": [{"Name": "group-id", "Values": [group_id]}]}


@case("security_group_vpc_association_disassociated")
def parted_group(account):
    found = joined_group(account)
    [joined] = account.ec2.describe_security_group_vpc_associations(**found)[
        "SecurityGroupVpcAssociations"
    ]
    account.ec2.disassociate_security_group_vpc(GroupId=joined["GroupId"], VpcId=joined["VpcId"])
    return found


@case("volume_available")
def volume(account):
    made = account.ec2.create_volume(AvailabilityZone="us-east-1a", Size=1)
    return {"VolumeIds": [made["VolumeId"]]}


@case("volume_deleted")
def deleted_volume(account):
    ids = volume(account)
    account.ec2.delete_volume(VolumeId=ids["VolumeIds"][0])
    return ids


@case("snapshot_completed")
def snapshot(account):
    made = account.ec2.create_snapshot(VolumeId=volume(account)["VolumeIds"][0])
    return {"SnapshotIds": [made["SnapshotId"]]}


# Waiters for what can't come about: operations that would lead there are not served.
OTHERS = {
    "image_usage_report_available",
    "instance_stopped",
    "volume_in_use",
}


@pytest.mark.parametrize("waiter", sorted(CASES))
def test_a_waiter_ends(owner, waiter):
    wanted = CASES[waiter](owner)
    owner.ec2.get_waiter(waiter).wait(**wanted, WaiterConfig={"Delay": 1, "MaxAttempts": 3})


def test_no_waiter_for_what_is_served_is_left_out(answered, not_served):
    left = set()
    for service in SERVICES.values():
        model = session().client(service)._get_waiter_config()
        for name, waiter in model.get("waiters", {}).items():
            name = xform_name(name)
            operation = waiter["operation"]
            is_served = answered[service, operation].get("Error", {}).get("Code") not in not_served
            if is_served and name not in CASES and name not in OTHERS:
                left.add(name)
    assert left == set()
