"""EC2: VPCs, and what lies in them."""

import pytest

from accounts import refusal


@pytest.fixture
def vpc(owner):
    return owner.ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]


@pytest.fixture
def subnet(owner, vpc):
    made = owner.ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")["Subnet"]
    return made["SubnetId"]


def test_a_vpc_is_named_by_its_id_until_it_is_deleted(owner, vpc):
    [seen] = owner.ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"]
    assert (seen["CidrBlock"], seen["OwnerId"], seen["IsDefault"]) == (
        "10.0.0.0/16",
        owner.id,
        False,
    )
    owner.ec2.delete_vpc(VpcId=vpc)
    assert refusal(owner.ec2.describe_vpcs, VpcIds=[vpc]) == "InvalidVpcID.NotFound"


def test_a_block_is_shown_in_its_canonical_form(owner):
    made = owner.ec2.create_vpc(CidrBlock="100.68.0.18/18")["Vpc"]
    assert made["CidrBlock"] == "100.68.0.0/18"


def test_attributes_of_a_vpc_are_kept(owner, vpc):
    owner.ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": True})
    seen = owner.ec2.describe_vpc_attribute(VpcId=vpc, Attribute="enableDnsHostnames")
    assert seen["EnableDnsHostnames"]["Value"] is True


def test_a_new_vpc_has_a_group_a_route_table_and_an_acl(owner, vpc):
    own = [{"Name": "vpc-id", "Values": [vpc]}]
    [group] = owner.ec2.describe_security_groups(Filters=own)["SecurityGroups"]
    [table] = owner.ec2.describe_route_tables(Filters=own)["RouteTables"]
    [acl] = owner.ec2.describe_network_acls(Filters=own)["NetworkAcls"]
    assert group["GroupName"] == "default"
    assert [it["Main"] for it in table["Associations"]] == [True]
    assert acl["IsDefault"] is True


def test_attributes_of_a_subnet_are_kept(owner, subnet):
    owner.ec2.modify_subnet_attribute(SubnetId=subnet, MapPublicIpOnLaunch={"Value": True})
    [seen] = owner.ec2.describe_subnets(SubnetIds=[subnet])["Subnets"]
    assert seen["MapPublicIpOnLaunch"] is True


def test_a_deleted_subnet_is_unknown(owner, subnet):
    owner.ec2.delete_subnet(SubnetId=subnet)
    found = refusal(owner.ec2.describe_subnets, SubnetIds=[subnet])
    assert found == "InvalidSubnetID.NotFound"


def test_a_subnet_is_found_by_what_is_documented_to_find_it(owner, vpc, subnet):
    [seen] = owner.ec2.describe_subnets(SubnetIds=[subnet])["Subnets"]
    for name, value in {
        "availability-zone": seen["AvailabilityZone"],
        "availabilityZone": seen["AvailabilityZone"],
        "availability-zone-id": seen["AvailabilityZoneId"],
        "cidr": "10.0.1.0/24",
        "cidrBlock": "10.0.1.0/24",
        "cidr-block": "10.0.1.0/24",
        "default-for-az": "false",
        "defaultForAz": "false",
        "owner-id": owner.id,
        "state": "available",
        "subnet-arn": seen["SubnetArn"],
        "subnet-id": subnet,
        "vpc-id": vpc,
    }.items():
        found = owner.ec2.describe_subnets(Filters=[{"Name": name, "Values": [value]}])
        assert [it["SubnetId"] for it in found["Subnets"]] == [subnet], name


def test_an_unknown_filter_is_refused(owner):
    filters = [{"Name": "colour", "Values": ["blue"]}]
    found = refusal(owner.ec2.describe_subnets, Filters=filters)
    assert found == "InvalidParameterValue"


def test_an_internet_gateway_is_attached_and_detached(owner, vpc):
    gateway = owner.ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    both = {"InternetGatewayId": gateway, "VpcId": vpc}
    owner.ec2.attach_internet_gateway(**both)
    [seen] = owner.ec2.describe_internet_gateways(InternetGatewayIds=[gateway])["InternetGateways"]
    assert [it["VpcId"] for it in seen["Attachments"]] == [vpc]
    owner.ec2.detach_internet_gateway(**both)
    owner.ec2.delete_internet_gateway(InternetGatewayId=gateway)
    unknown = refusal(owner.ec2.describe_internet_gateways, InternetGatewayIds=[gateway])
    assert unknown == "InvalidInternetGatewayID.NotFound"


def test_a_route_leads_to_a_transit_gateway(owner, vpc, subnet):
    gateway = owner.ec2.create_transit_gateway()["TransitGateway"]["TransitGatewayId"]
    owner.ec2.create_transit_gateway_vpc_attachment(
        TransitGatewayId=gateway, VpcId=vpc, SubnetIds=[subnet]
    )
    table = owner.ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    far = "10.9.0.0/16"
    made = owner.ec2.create_route(
        RouteTableId=table, DestinationCidrBlock=far, TransitGatewayId=gateway
    )
    assert made["Return"] is True
    [seen] = owner.ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"]
    targets = {it["DestinationCidrBlock"]: it.get("GatewayId") for it in seen["Routes"]}
    assert targets == {"10.0.0.0/16": "local", far: None}


def test_a_subnet_is_associated_with_a_route_table(owner, vpc, subnet):
    table = owner.ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    joined = owner.ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
    [seen] = owner.ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"]
    assert [it["SubnetId"] for it in seen["Associations"]] == [subnet]
    assert refusal(owner.ec2.delete_route_table, RouteTableId=table) == "DependencyViolation"
    owner.ec2.disassociate_route_table(AssociationId=joined["AssociationId"])
    [seen] = owner.ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"]
    assert seen["Associations"] == []


def test_a_deleted_route_table_is_unknown(owner, vpc):
    table = owner.ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    owner.ec2.delete_route_table(RouteTableId=table)
    unknown = refusal(owner.ec2.describe_route_tables, RouteTableIds=[table])
    assert unknown == "InvalidRouteTableID.NotFound"


def test_a_deleted_network_acl_is_unknown(owner, vpc):
    acl = owner.ec2.create_network_acl(VpcId=vpc)["NetworkAcl"]["NetworkAclId"]
    owner.ec2.delete_network_acl(NetworkAclId=acl)
    unknown = refusal(owner.ec2.describe_network_acls, NetworkAclIds=[acl])
    assert unknown == "InvalidNetworkAclID.NotFound"


def test_a_deleted_nat_gateway_is_described_as_such(owner, subnet):
    made = owner.ec2.create_nat_gateway(SubnetId=subnet, ConnectivityType="private")
    gateway = made["NatGateway"]["NatGatewayId"]
    owner.ec2.delete_nat_gateway(NatGatewayId=gateway)
    [seen] = owner.ec2.describe_nat_gateways(NatGatewayIds=[gateway])["NatGateways"]
    assert seen["State"] in ("deleting", "deleted")


def test_an_endpoint_of_a_vpc_is_made_and_deleted(owner, vpc):
    made = owner.ec2.create_vpc_endpoint(VpcId=vpc, ServiceName="com.amazonaws.us-east-1.s3")
    endpoint = made["VpcEndpoint"]["VpcEndpointId"]
    [seen] = owner.ec2.describe_vpc_endpoints(VpcEndpointIds=[endpoint])["VpcEndpoints"]
    assert seen["VpcId"] == vpc
    assert owner.ec2.delete_vpc_endpoints(VpcEndpointIds=[endpoint])["Unsuccessful"] == []


def test_a_rule_of_a_security_group_is_kept_and_made_once(owner, vpc):
    group = owner.ec2.create_security_group(VpcId=vpc, GroupName="web", Description="web")
    rule = {
        "GroupId": group["GroupId"],
        "IpProtocol": "tcp",
        "FromPort": 443,
        "ToPort": 443,
        "CidrIp": "10.0.0.0/8",
    }
    made = owner.ec2.authorize_security_group_ingress(**rule)
    assert [it["CidrIpv4"] for it in made["SecurityGroupRules"]] == ["10.0.0.0/8"]
    [seen] = owner.ec2.describe_security_groups(GroupIds=[group["GroupId"]])["SecurityGroups"]
    [permission] = seen["IpPermissions"]
    assert permission["FromPort"] == 443
    twice = refusal(owner.ec2.authorize_security_group_ingress, **rule)
    assert twice == "InvalidPermission.Duplicate"


def test_a_rule_of_a_security_group_is_taken_away(owner, vpc):
    group = owner.ec2.create_security_group(VpcId=vpc, GroupName="web", Description="web")
    rule = {
        "GroupId": group["GroupId"],
        "IpPermissions": [
            {
                "IpProtocol": "tcp",
                "FromPort": 443,
                "ToPort": 443,
                "UserIdGroupPairs": [{"GroupId": group["GroupId"]}],
            }
        ],
    }
    owner.ec2.authorize_security_group_ingress(**rule)
    owner.ec2.revoke_security_group_ingress(**rule)
    [seen] = owner.ec2.describe_security_groups(GroupIds=[group["GroupId"]])["SecurityGroups"]
    assert seen["IpPermissions"] == []
    again = refusal(owner.ec2.revoke_security_group_ingress, **rule)
    assert again == "InvalidPermission.NotFound"


def test_a_deleted_security_group_is_unknown(owner, vpc):
    group = owner.ec2.create_security_group(VpcId=vpc, GroupName="web", Description="web")
    owner.ec2.delete_security_group(GroupId=group["GroupId"])
    unknown = refusal(owner.ec2.describe_security_groups, GroupIds=[group["GroupId"]])
    assert unknown == "InvalidGroup.NotFound"


def test_a_security_group_is_associated_with_another_vpc(owner, vpc):
    other = owner.ec2.create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
    group = owner.ec2.create_security_group(VpcId=vpc, GroupName="web", Description="web")
    both = {"GroupId": group["GroupId"], "VpcId": other}
    owner.ec2.associate_security_group_vpc(**both)
    found = owner.ec2.describe_security_group_vpc_associations()["SecurityGroupVpcAssociations"]
    assert [it["VpcId"] for it in found] == [other]
    there = owner.ec2.get_security_groups_for_vpc(VpcId=other)["SecurityGroupForVpcs"]
    assert group["GroupId"] in {it["GroupId"] for it in there}
    owner.ec2.disassociate_security_group_vpc(**both)


def test_a_network_interface_has_the_address_that_was_asked_for(owner, subnet):
    made = owner.ec2.create_network_interface(SubnetId=subnet, PrivateIpAddress="10.0.1.9")
    interface = made["NetworkInterface"]
    assert interface["PrivateIpAddress"] == "10.0.1.9"
    by_id = {"NetworkInterfaceId": interface["NetworkInterfaceId"]}
    owner.ec2.modify_network_interface_attribute(
        **by_id, Groups=[it["GroupId"] for it in interface["Groups"]]
    )
    owner.ec2.delete_network_interface(**by_id)
    unknown = refusal(
        owner.ec2.describe_network_interfaces,
        NetworkInterfaceIds=[interface["NetworkInterfaceId"]],
    )
    assert unknown == "InvalidNetworkInterfaceID.NotFound"


def test_tags_are_kept_and_taken_away(owner, vpc):
    tags = [{"Key": "Name", "Value": "main"}]
    owner.ec2.create_tags(Resources=[vpc], Tags=tags)
    assert owner.ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"][0]["Tags"] == tags
    [seen] = owner.ec2.describe_tags()["Tags"]
    assert (seen["ResourceId"], seen["ResourceType"]) == (vpc, "vpc")
    owner.ec2.delete_tags(Resources=[vpc], Tags=tags)
    assert owner.ec2.describe_tags()["Tags"] == []


@pytest.mark.parametrize("operation", ["create_tags", "delete_tags"])
def test_a_dry_run_leaves_tags_as_they_are(owner, vpc, operation):
    tags = [{"Key": "Name", "Value": "main"}]
    owner.ec2.create_tags(Resources=[vpc], Tags=tags)
    tried = {"Resources": [vpc], "Tags": [{"Key": "Name", "Value": "main"}], "DryRun": True}
    assert refusal(getattr(owner.ec2, operation), **tried) == "DryRunOperation"
    assert owner.ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"][0]["Tags"] == tags


def test_zones_and_regions_are_found_by_name(owner):
    found = owner.ec2.describe_availability_zones(ZoneNames=["us-east-1a"])["AvailabilityZones"]
    assert [it["RegionName"] for it in found] == ["us-east-1"]
    found = owner.ec2.describe_regions(RegionNames=["eu-west-1"])["Regions"]
    assert [it["RegionName"] for it in found] == ["eu-west-1"]


def test_zones_are_found_by_a_filter(owner):
    filters = [{"Name": "zone-name", "Values": ["us-east-1b"]}]
    found = owner.ec2.describe_availability_zones(Filters=filters)["AvailabilityZones"]
    assert [it["ZoneName"] for it in found] == ["us-east-1b"]
