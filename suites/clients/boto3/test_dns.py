"""Route 53, its Resolver and its Profiles; License Manager."""

import pytest

from accounts import refusal


def network(account):
    vpc = account.ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    return {"VPCRegion": "us-east-1", "VPCId": vpc}


@pytest.fixture
def zone(owner):
    made = owner.route53.create_hosted_zone(
        Name="example.internal", CallerReference="once", VPC=network(owner)
    )
    return made["HostedZone"]["Id"]


def test_a_zone_is_listed_until_it_is_deleted(owner, zone):
    assert [it["Id"] for it in owner.route53.list_hosted_zones()["HostedZones"]] == [zone]
    owner.route53.delete_hosted_zone(Id=zone)
    assert refusal(owner.route53.get_hosted_zone, Id=zone) == "NoSuchHostedZone"


def test_a_zone_without_tags_has_none(owner, zone):
    listed = owner.route53.list_tags_for_resource(
        ResourceType="hostedzone", ResourceId=zone.rsplit("/", 1)[-1]
    )
    assert listed["ResourceTagSet"]["Tags"] == []


def test_a_caller_reference_makes_one_zone(owner, zone):
    again = refusal(
        owner.route53.create_hosted_zone,
        Name="example.internal",
        CallerReference="once",
        VPC=network(owner),
    )
    assert again == "HostedZoneAlreadyExists"


def test_a_zone_is_associated_with_a_vpc_of_another_account(owner, consumer, zone):
    there = network(consumer)
    both = {"HostedZoneId": zone, "VPC": there}
    assert refusal(consumer.route53.associate_vpc_with_hosted_zone, **both) is not None
    owner.route53.create_vpc_association_authorization(**both)
    found = owner.route53.list_vpc_association_authorizations(HostedZoneId=zone)["VPCs"]
    assert found == [there]
    consumer.route53.associate_vpc_with_hosted_zone(**both)
    owner.route53.delete_vpc_association_authorization(**both)
    found = consumer.route53.list_hosted_zones_by_vpc(**there)["HostedZoneSummaries"]
    assert [it["HostedZoneId"] for it in found] == [zone.rsplit("/", 1)[-1]]
    seen = owner.route53.get_hosted_zone(Id=zone)
    assert there in seen["VPCs"]
    consumer.route53.disassociate_vpc_from_hosted_zone(**both)


def test_a_rule_forwards_a_domain_for_a_vpc(owner):
    targets = [{"Ip": "10.0.0.2", "Port": 53}]
    made = owner.resolver.create_resolver_rule(
        CreatorRequestId="once",
        RuleType="FORWARD",
        DomainName="example.com",
        TargetIps=targets,
        ResolverEndpointId="rslvr-out-fdc049932dexample",
    )["ResolverRule"]
    assert made["DomainName"] == "example.com."
    rule = {"ResolverRuleId": made["Id"]}
    vpc = {"VPCId": network(owner)["VPCId"]}
    owner.resolver.update_resolver_rule(**rule, Config={"Name": "renamed"})
    assert owner.resolver.get_resolver_rule(**rule)["ResolverRule"]["Name"] == "renamed"
    owner.resolver.associate_resolver_rule(**rule, **vpc)
    found = owner.resolver.list_resolver_rule_associations()["ResolverRuleAssociations"]
    assert vpc["VPCId"] in {it["VPCId"] for it in found}
    owner.resolver.disassociate_resolver_rule(**rule, **vpc)
    gone = owner.resolver.delete_resolver_rule(**rule)["ResolverRule"]
    assert gone["Status"] == "DELETING"


def test_rules_are_found_by_their_domain(owner):
    for name in ("first", "second"):
        owner.resolver.create_resolver_rule(
            CreatorRequestId=name, RuleType="SYSTEM", DomainName=f"{name}.example.com"
        )
    filters = [{"Name": "DomainName", "Values": ["first.example.com."]}]
    found = owner.resolver.list_resolver_rules(Filters=filters)["ResolverRules"]
    assert [it["DomainName"] for it in found] == ["first.example.com."]


def test_queries_of_a_vpc_are_logged(owner):
    made = owner.resolver.create_resolver_query_log_config(
        Name="queries", DestinationArn="arn:aws:s3:::logs", CreatorRequestId="once"
    )["ResolverQueryLogConfig"]
    config = {"ResolverQueryLogConfigId": made["Id"]}
    vpc = network(owner)["VPCId"]
    owner.resolver.associate_resolver_query_log_config(**config, ResourceId=vpc)
    found = owner.resolver.list_resolver_query_log_config_associations()
    found = found["ResolverQueryLogConfigAssociations"]
    assert [it["ResourceId"] for it in found] == [vpc]
    owner.resolver.disassociate_resolver_query_log_config(**config, ResourceId=vpc)
    seen = owner.resolver.get_resolver_query_log_config(**config)["ResolverQueryLogConfig"]
    assert seen["OwnerId"] == owner.id
    found = owner.resolver.list_resolver_query_log_configs()["ResolverQueryLogConfigs"]
    assert [it["Id"] for it in found] == [made["Id"]]
    owner.resolver.delete_resolver_query_log_config(**config)


def test_a_firewall_rule_group_filters_for_a_vpc(owner):
    made = owner.resolver.create_firewall_rule_group(CreatorRequestId="once", Name="blocked")
    group = {"FirewallRuleGroupId": made["FirewallRuleGroup"]["Id"]}
    vpc = network(owner)["VPCId"]
    joined = owner.resolver.associate_firewall_rule_group(
        **group, CreatorRequestId="once", VpcId=vpc, Priority=101, Name="blocked"
    )["FirewallRuleGroupAssociation"]
    found = owner.resolver.list_firewall_rule_group_associations()
    found = found["FirewallRuleGroupAssociations"]
    assert [it["VpcId"] for it in found] == [vpc]
    owner.resolver.disassociate_firewall_rule_group(FirewallRuleGroupAssociationId=joined["Id"])
    seen = owner.resolver.get_firewall_rule_group(**group)["FirewallRuleGroup"]
    assert seen["RuleCount"] == 0
    found = owner.resolver.list_firewall_rule_groups()["FirewallRuleGroups"]
    assert [it["Name"] for it in found] == ["blocked"]
    owner.resolver.delete_firewall_rule_group(**group)


def test_a_profile_is_associated_with_a_vpc(owner):
    made = owner.profiles.create_profile(Name="dns", ClientToken="once")["Profile"]
    profile = {"ProfileId": made["Id"]}
    vpc = network(owner)["VPCId"]
    owner.profiles.associate_profile(**profile, ResourceId=vpc, Name="dns")
    found = owner.profiles.list_profile_associations()["ProfileAssociations"]
    assert [it["ResourceId"] for it in found] == [vpc]
    owner.profiles.disassociate_profile(**profile, ResourceId=vpc)
    assert owner.profiles.get_profile(**profile)["Profile"]["OwnerId"] == owner.id
    assert [it["Id"] for it in owner.profiles.list_profiles()["ProfileSummaries"]] == [made["Id"]]
    owner.profiles.delete_profile(**profile)


def test_a_licence_configuration_is_changed_and_deleted(owner):
    arn = owner.licenses.create_license_configuration(
        Name="database", LicenseCountingType="vCPU"
    )["LicenseConfigurationArn"]
    by_arn = {"LicenseConfigurationArn": arn}
    owner.licenses.update_license_configuration(**by_arn, Description="of the database")
    seen = owner.licenses.get_license_configuration(**by_arn)
    assert seen["Description"] == "of the database"
    found = owner.licenses.list_license_configurations()["LicenseConfigurations"]
    assert [it["LicenseConfigurationArn"] for it in found] == [arn]
    owner.licenses.delete_license_configuration(**by_arn)
    assert owner.licenses.list_license_configurations()["LicenseConfigurations"] == []
