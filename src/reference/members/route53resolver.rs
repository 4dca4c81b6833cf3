//! The members of Route 53 Resolver.

use super::Reads;

/// The operations of Route 53 Resolver that are served.
pub static ROUTE_53_RESOLVER: Reads = Reads {
    service: "route53resolver",
    title: "Route 53 Resolver",
    code: "InvalidParameterException",
    operations: &[
        (
            "AssociateFirewallRuleGroup",
            "CreatorRequestId FirewallRuleGroupId MutationProtection Name Priority VpcId",
        ),
        ("AssociateResolverQueryLogConfig", "ResolverQueryLogConfigId ResourceId"),
        ("AssociateResolverRule", "Name ResolverRuleId VPCId"),
        ("CreateFirewallRuleGroup", "CreatorRequestId Name Tags.Key Tags.Value"),
        (
            "CreateResolverQueryLogConfig",
            "CreatorRequestId DestinationArn Name Tags.Key Tags.Value",
        ),
        (
            "CreateResolverRule",
            "CreatorRequestId DomainName Name ResolverEndpointId RuleType Tags.Key Tags.Value TargetIps.*",
        ),
        ("DeleteFirewallRuleGroup", "FirewallRuleGroupId"),
        ("DeleteResolverQueryLogConfig", "ResolverQueryLogConfigId"),
        ("DeleteResolverRule", "ResolverRuleId"),
        ("DisassociateFirewallRuleGroup", "FirewallRuleGroupAssociationId"),
        ("DisassociateResolverQueryLogConfig", "ResolverQueryLogConfigId ResourceId"),
        ("DisassociateResolverRule", "ResolverRuleId VPCId"),
        ("GetFirewallRuleGroup", "FirewallRuleGroupId"),
        ("GetResolverQueryLogConfig", "ResolverQueryLogConfigId"),
        ("GetResolverRule", "ResolverRuleId"),
        (
            "ListFirewallRuleGroupAssociations",
            "FirewallRuleGroupId MaxResults NextToken Priority Status VpcId",
        ),
        ("ListFirewallRuleGroups", "MaxResults NextToken"),
        (
            "ListResolverQueryLogConfigAssociations",
            "Filters.Name Filters.Values MaxResults NextToken",
        ),
        ("ListResolverQueryLogConfigs", "Filters.Name Filters.Values MaxResults NextToken"),
        ("ListResolverRuleAssociations", "Filters.Name Filters.Values MaxResults NextToken"),
        ("ListResolverRules", "Filters.Name Filters.Values MaxResults NextToken"),
        ("ListTagsForResource", "MaxResults NextToken ResourceArn"),
        (
            "UpdateResolverRule",
            "Config.Name Config.ResolverEndpointId Config.TargetIps.* ResolverRuleId",
        ),
    ],
};
