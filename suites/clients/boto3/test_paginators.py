"""Paginators: each of an operation that is served comes to an end, with all there is."""

import pytest

from accounts import SERVICES, session

# As many of each thing as make three pages of five.
MANY = 12


def paginators():
    for name, service in SERVICES.items():
        client = session().client(service, aws_access_key_id="x", aws_secret_access_key="x")
        for method, operation in sorted(client.meta.method_to_api_mapping.items()):
            if client.can_paginate(method):
                yield name, service, method, operation


@pytest.fixture(scope="session")
def rich(account):
    """An account with many of what it can have many of, and what its lists have to be told."""
    rich = account()
    ec2, ram, organizations = rich.ec2, rich.ram, rich.organizations
    organizations.create_organization(FeatureSet="ALL")
    root = organizations.list_roots()["Roots"][0]["Id"]
    member = organizations.create_account(
        AccountName="member", Email=f"administrator-of-{rich.id}@example.com"
    )["CreateAccountStatus"]["AccountId"]
    organizations.enable_aws_service_access(ServicePrincipal="ram.amazonaws.com")
    organizations.register_delegated_administrator(
        AccountId=member, ServicePrincipal="ram.amazonaws.com"
    )
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    for it in range(MANY):
        organizations.create_organizational_unit(ParentId=root, Name=f"unit {it}")
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{it}.0/24")
        ec2.create_security_group(VpcId=vpc, GroupName=f"group {it}", Description="one of many")
        ram.create_resource_share(name=f"share {it}")
        rich.resolver.create_resolver_rule(
            CreatorRequestId=f"{it}", RuleType="SYSTEM", DomainName=f"{it}.example.com"
        )
        offices = ec2.create_managed_prefix_list(
            PrefixListName=f"offices {it}",
            AddressFamily="IPv4",
            MaxEntries=MANY,
            Entries=[{"Cidr": f"10.{number}.0.0/16"} for number in range(MANY)],
        )["PrefixList"]["PrefixListId"]
    ipam = ec2.create_ipam()["Ipam"]["PrivateDefaultScopeId"]
    pool = ec2.create_ipam_pool(IpamScopeId=ipam, AddressFamily="ipv4")["IpamPool"]
    gateway = ec2.create_transit_gateway()["TransitGateway"]["TransitGatewayId"]
    table = ec2.create_transit_gateway_route_table(TransitGatewayId=gateway)
    zone = rich.route53.create_hosted_zone(
        Name="example.internal",
        CallerReference="once",
        VPC={"VPCRegion": "us-east-1", "VPCId": vpc},
    )["HostedZone"]["Id"]
    rule = rich.resolver.list_resolver_rules()["ResolverRules"][0]["Arn"]
    permission = ram.list_permissions()["permissions"][0]["arn"]
    rich.told = {
        "get_ipam_pool_allocations": {"IpamPoolId": pool["IpamPoolId"]},
        "get_managed_prefix_list_associations": {"PrefixListId": offices},
        "get_managed_prefix_list_entries": {"PrefixListId": offices},
        "get_resource_policies": {"resourceArns": []},
        "get_resource_share_associations": {"associationType": "RESOURCE"},
        "get_resource_shares": {"resourceOwner": "SELF"},
        "get_security_groups_for_vpc": {"VpcId": vpc},
        "get_transit_gateway_route_table_associations": table_of(table),
        "get_transit_gateway_route_table_propagations": table_of(table),
        "list_accounts_for_parent": {"ParentId": root},
        "list_children": {"ParentId": root, "ChildType": "ORGANIZATIONAL_UNIT"},
        "list_delegated_services_for_account": {"AccountId": member},
        "list_hosted_zones_by_vpc": {"VPCId": vpc, "VPCRegion": "us-east-1"},
        "list_organizational_units_for_parent": {"ParentId": root},
        "list_parents": {"ChildId": rich.id},
        "list_permission_versions": {"permissionArn": permission},
        "list_principals": {"resourceOwner": "SELF"},
        "list_resources": {"resourceOwner": "SELF"},
        "list_tags_for_resource": {"ResourceArn": rule},
        "list_vpc_association_authorizations": {"HostedZoneId": zone},
        "search_transit_gateway_routes": table_of(table)
        | {"Filters": [{"Name": "type", "Values": ["static"]}]},
    }
    return rich


def table_of(made):
    table = made["TransitGatewayRouteTable"]["TransitGatewayRouteTableId"]
    return {"TransitGatewayRouteTableId": table}


# Those whose pages are full in the account.
FULL = {
    "describe_managed_prefix_lists",
    "describe_security_groups",
    "describe_subnets",
    "get_managed_prefix_list_entries",
    "get_resource_shares",
    "list_organizational_units_for_parent",
    "list_resolver_rules",
}


def test_pages_hold_what_one_answer_holds(rich, answered, not_served, subtests):
    for name, service, method, operation in paginators():
        if answered[service, operation].get("Error", {}).get("Code") in not_served:
            continue
        with subtests.test(method):
            client = getattr(rich, name)
            paginator = client.get_paginator(method)
            told = rich.told.get(method, {})
            size = page_size(client, paginator, operation)
            at_once = paginator.paginate(**told).build_full_result()
            in_pages = paginator.paginate(**told, PaginationConfig=size).build_full_result()
            # Resolver says with each page how large it may be.
            for whole in (at_once, in_pages):
                whole.pop("MaxResults", None)
            assert in_pages == at_once
            if method in FULL:
                pages = sum(1 for _ in paginator.paginate(**told, PaginationConfig=size))
                assert pages > MANY // 5


def page_size(client, paginator, operation):
    """Five a page; more where boto3 knows that pages are larger, nothing where they have no size."""
    limit = paginator._pagination_cfg.get("limit_key")
    if not limit:
        return {}
    members = client.meta.service_model.operation_model(operation).input_shape.members
    return {"PageSize": max(5, members[limit].metadata.get("min", 5))}
