"""EC2: prefix lists, transit gateways and pools of addresses, which accounts share."""

import pytest

from accounts import refusal


@pytest.fixture
def offices(owner):
    made = owner.ec2.create_managed_prefix_list(
        PrefixListName="offices", AddressFamily="IPv4", MaxEntries=5
    )
    return made["PrefixList"]["PrefixListId"]


def test_a_new_prefix_list_is_empty(owner, offices):
    assert owner.ec2.get_managed_prefix_list_entries(PrefixListId=offices)["Entries"] == []


def test_entries_make_a_version_and_a_name_does_not(owner, offices):
    owner.ec2.modify_managed_prefix_list(PrefixListId=offices, PrefixListName="branches")
    modified = owner.ec2.modify_managed_prefix_list(
        PrefixListId=offices,
        CurrentVersion=1,
        AddEntries=[{"Cidr": "10.0.0.0/24", "Description": "first"}],
    )["PrefixList"]
    assert (modified["PrefixListName"], modified["Version"]) == ("branches", 2)
    entries = owner.ec2.get_managed_prefix_list_entries(PrefixListId=offices)["Entries"]
    assert entries == [{"Cidr": "10.0.0.0/24", "Description": "first"}]


def test_a_prefix_list_is_associated_with_what_routes_by_it(owner, offices):
    found = owner.ec2.get_managed_prefix_list_associations(PrefixListId=offices)
    assert found["PrefixListAssociations"] == []


def test_a_deleted_prefix_list_is_unknown(owner, offices):
    owner.ec2.delete_managed_prefix_list(PrefixListId=offices)
    unknown = refusal(owner.ec2.describe_managed_prefix_lists, PrefixListIds=[offices])
    assert unknown == "InvalidPrefixListID.NotFound"


@pytest.fixture
def gateway(owner):
    made = owner.ec2.create_transit_gateway(Options={"AmazonSideAsn": 64600})["TransitGateway"]
    return made["TransitGatewayId"]


def network(account, gateway, block="10.0.0.0/16"):
    """An attachment of a new VPC."""
    vpc = account.ec2.create_vpc(CidrBlock=block)["Vpc"]["VpcId"]
    made = account.ec2.create_subnet(VpcId=vpc, CidrBlock=block.replace("/16", "/24"))
    attached = account.ec2.create_transit_gateway_vpc_attachment(
        TransitGatewayId=gateway, VpcId=vpc, SubnetIds=[made["Subnet"]["SubnetId"]]
    )
    return attached["TransitGatewayVpcAttachment"]["TransitGatewayAttachmentId"]


def test_the_options_of_a_transit_gateway_are_kept(owner, gateway):
    [seen] = owner.ec2.describe_transit_gateways(TransitGatewayIds=[gateway])["TransitGateways"]
    assert seen["Options"]["AmazonSideAsn"] == 64600
    assert "AssociationDefaultRouteTableId" in seen["Options"]


def test_a_deleted_transit_gateway_is_described_as_such(owner, gateway):
    owner.ec2.delete_transit_gateway(TransitGatewayId=gateway)
    [seen] = owner.ec2.describe_transit_gateways(TransitGatewayIds=[gateway])["TransitGateways"]
    assert seen["State"] in ("deleting", "deleted")


def test_a_deleted_attachment_is_described_as_such(owner, gateway):
    attachment = network(owner, gateway)
    owner.ec2.delete_transit_gateway_vpc_attachment(TransitGatewayAttachmentId=attachment)
    [seen] = owner.ec2.describe_transit_gateway_vpc_attachments(
        TransitGatewayAttachmentIds=[attachment]
    )["TransitGatewayVpcAttachments"]
    assert seen["State"] in ("deleting", "deleted")


def test_routes_of_a_transit_gateway_are_associated_and_propagated(owner):
    options = {"DefaultRouteTableAssociation": "disable", "DefaultRouteTablePropagation": "disable"}
    gateway = owner.ec2.create_transit_gateway(Options=options)["TransitGateway"]
    gateway = gateway["TransitGatewayId"]
    attachment = network(owner, gateway)
    made = owner.ec2.create_transit_gateway_route_table(TransitGatewayId=gateway)
    table = {
        "TransitGatewayRouteTableId": made["TransitGatewayRouteTable"][
            "TransitGatewayRouteTableId"
        ]
    }
    both = table | {"TransitGatewayAttachmentId": attachment}
    owner.ec2.associate_transit_gateway_route_table(**both)
    owner.ec2.enable_transit_gateway_route_table_propagation(**both)
    found = owner.ec2.get_transit_gateway_route_table_associations(**table)["Associations"]
    assert [it["TransitGatewayAttachmentId"] for it in found] == [attachment]
    found = owner.ec2.get_transit_gateway_route_table_propagations(**table)
    found = found["TransitGatewayRouteTablePropagations"]
    assert [it["TransitGatewayAttachmentId"] for it in found] == [attachment]
    found = owner.ec2.describe_transit_gateway_route_tables()["TransitGatewayRouteTables"]
    assert table["TransitGatewayRouteTableId"] in {it["TransitGatewayRouteTableId"] for it in found}


def test_a_route_of_a_transit_gateway_is_found_until_it_is_deleted(owner, gateway):
    attachment = network(owner, gateway)
    made = owner.ec2.create_transit_gateway_route_table(TransitGatewayId=gateway)
    table = made["TransitGatewayRouteTable"]["TransitGatewayRouteTableId"]
    route = {"TransitGatewayRouteTableId": table, "DestinationCidrBlock": "10.9.0.0/16"}
    owner.ec2.create_transit_gateway_route(**route, TransitGatewayAttachmentId=attachment)

    def found():
        static = [{"Name": "type", "Values": ["static"]}]
        found = owner.ec2.search_transit_gateway_routes(
            TransitGatewayRouteTableId=table, Filters=static
        )
        return [it["DestinationCidrBlock"] for it in found["Routes"]]

    assert found() == ["10.9.0.0/16"]
    owner.ec2.delete_transit_gateway_route(**route)
    assert found() == []


def test_an_attachment_is_taken_from_its_route_table(owner):
    options = {"DefaultRouteTableAssociation": "disable", "DefaultRouteTablePropagation": "disable"}
    made = owner.ec2.create_transit_gateway(Options=options)["TransitGateway"]
    gateway = made["TransitGatewayId"]
    made = owner.ec2.create_transit_gateway_route_table(TransitGatewayId=gateway)
    both = {
        "TransitGatewayRouteTableId": made["TransitGatewayRouteTable"][
            "TransitGatewayRouteTableId"
        ],
        "TransitGatewayAttachmentId": network(owner, gateway),
    }
    owner.ec2.associate_transit_gateway_route_table(**both)
    gone = owner.ec2.disassociate_transit_gateway_route_table(**both)
    assert gone["Association"]["State"] in ("disassociating", "disassociated")


def test_a_route_table_without_attachments_is_deleted(owner, gateway):
    made = owner.ec2.create_transit_gateway_route_table(TransitGatewayId=gateway)
    table = made["TransitGatewayRouteTable"]["TransitGatewayRouteTableId"]
    gone = owner.ec2.delete_transit_gateway_route_table(TransitGatewayRouteTableId=table)
    assert gone["TransitGatewayRouteTable"]["State"] in ("deleting", "deleted")


def test_the_owner_accepts_one_attachment_of_another_account_and_rejects_the_other(
    owner, consumer, gateway
):
    [seen] = owner.ec2.describe_transit_gateways(TransitGatewayIds=[gateway])["TransitGateways"]
    owner.ram.create_resource_share(
        name="routing",
        resourceArns=[seen["TransitGatewayArn"]],
        principals=[consumer.id],
    )
    [invitation] = consumer.ram.get_resource_share_invitations()["resourceShareInvitations"]
    consumer.ram.accept_resource_share_invitation(
        resourceShareInvitationArn=invitation["resourceShareInvitationArn"]
    )
    first, second = (network(consumer, gateway, f"10.{it}.0.0/16") for it in (1, 2))
    accepted = owner.ec2.accept_transit_gateway_vpc_attachment(TransitGatewayAttachmentId=first)
    assert accepted["TransitGatewayVpcAttachment"]["State"] in ("pending", "available")
    rejected = owner.ec2.reject_transit_gateway_vpc_attachment(TransitGatewayAttachmentId=second)
    assert rejected["TransitGatewayVpcAttachment"]["State"] in ("rejecting", "rejected")


def test_a_pool_of_addresses_allocates_and_takes_back(owner):
    ipam = owner.ec2.create_ipam(OperatingRegions=[{"RegionName": "us-east-1"}])["Ipam"]
    made = owner.ec2.create_ipam_pool(
        IpamScopeId=ipam["PrivateDefaultScopeId"], AddressFamily="ipv4", Locale="us-east-1"
    )
    pool = {"IpamPoolId": made["IpamPool"]["IpamPoolId"]}
    owner.ec2.provision_ipam_pool_cidr(**pool, Cidr="10.0.0.0/16")
    allocated = owner.ec2.allocate_ipam_pool_cidr(**pool, NetmaskLength=24)["IpamPoolAllocation"]
    found = owner.ec2.get_ipam_pool_allocations(**pool)["IpamPoolAllocations"]
    assert [it["IpamPoolAllocationId"] for it in found] == [allocated["IpamPoolAllocationId"]]
    released = owner.ec2.release_ipam_pool_allocation(
        **pool, Cidr=allocated["Cidr"], IpamPoolAllocationId=allocated["IpamPoolAllocationId"]
    )
    assert released["Success"] is True
    owner.ec2.deprovision_ipam_pool_cidr(**pool, Cidr="10.0.0.0/16")
    assert len(owner.ec2.describe_ipam_pools()["IpamPools"]) == 1
    owner.ec2.delete_ipam_pool(**pool)


def test_an_organization_names_an_account_that_runs_its_pools(organization):
    management, member = organization
    named = management.ec2.enable_ipam_organization_admin_account(
        DelegatedAdminAccountId=member.id
    )
    assert named["Success"] is True
