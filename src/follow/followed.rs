//! What is followed of each service: the operations whose requests are told whole by the parameters of the model and
//! by the members that make no difference to it.
//!
//! To follow one more, give it a line. A request with a member that stands neither here nor among the parameters of
//! the model is not followed.

use crate::history::exchange::RAM;

/// An operation that is followed, with what its requests may have besides the parameters of the model.
#[derive(Debug)]
pub(super) struct Followed {
    /// Its name.
    pub(super) operation: &'static str,
    /// The members that make no difference, in small letters.
    pub(super) idle: &'static [&'static str],
    /// The members that name resources which have to be known, though no parameter stands for them.
    pub(super) named: &'static [&'static str],
    /// The members that may have this value alone, with which they make no difference.
    pub(super) fixed: &'static [(&'static str, &'static str)],
}

/// What is followed of a service.
#[derive(Debug)]
pub(super) struct OfService {
    /// The service, by the name that it signs requests with.
    pub(super) service: &'static str,
    /// The members of all requests that make no difference to what the model says of a call, unless it is refused
    /// for one of them.
    pub(super) idle: &'static [&'static str],
    /// The operations.
    pub(super) operations: &'static [Followed],
}

/// The members of requests for which no call is refused that would be granted without them.
pub(super) const HARMLESS: [&str; 7] =
    ["action", "clienttoken", "marker", "maxitems", "maxresults", "nexttoken", "version"];

/// An operation whose requests have nothing of their own besides.
const fn plain(operation: &'static str) -> Followed {
    Followed { operation, idle: &[], named: &[], fixed: &[] }
}

/// An operation whose requests may have these members too, which make no difference.
const fn with(operation: &'static str, idle: &'static [&'static str]) -> Followed {
    Followed { idle, ..plain(operation) }
}

/// What is followed beside RAM, all of which is, except for its sharing with organizations.
pub(super) static SERVICES: &[OfService] = &[EC2, ROUTE53, PROFILES, RESOLVER, LICENSE_MANAGER];

const EC2: OfService = OfService {
    service: "ec2",
    idle: &[
        "action",
        "addressfamily",
        "availabilityzone",
        "availabilityzoneid",
        "cidrblock",
        "clienttoken",
        "description",
        "ebsoptimized",
        "groupdescription",
        "groupname",
        "instancetenancy",
        "instancetype",
        "keyname",
        "maxentries",
        "maxresults",
        "monitoring",
        "nexttoken",
        "options",
        "prefixlistname",
        "tagspecification",
        "tagspecifications",
        "userdata",
        "version",
    ],
    operations: &[
        plain("AcceptTransitGatewayVpcAttachment"),
        plain("AssociateSecurityGroupVpc"),
        plain("AssociateTransitGatewayRouteTable"),
        plain("AttachInternetGateway"),
        plain("CreateInternetGateway"),
        plain("CreateManagedPrefixList"),
        Followed { fixed: &[("connectivitytype", "private")], ..plain("CreateNatGateway") },
        plain("CreateNetworkAcl"),
        plain("CreateNetworkInterface"),
        plain("CreateRouteTable"),
        plain("CreateSecurityGroup"),
        plain("CreateSubnet"),
        plain("CreateTransitGateway"),
        plain("CreateTransitGatewayRoute"),
        plain("CreateTransitGatewayRouteTable"),
        Followed { named: &["vpcid"], ..plain("CreateTransitGatewayVpcAttachment") },
        plain("CreateVpc"),
        Followed {
            idle: &["servicename", "policydocument"],
            named: &["routetableid", "routetableids"],
            fixed: &[("vpcendpointtype", "Gateway")],
            ..plain("CreateVpcEndpoint")
        },
        plain("DeleteInternetGateway"),
        plain("DeleteManagedPrefixList"),
        plain("DeleteNatGateway"),
        plain("DeleteNetworkAcl"),
        plain("DeleteNetworkInterface"),
        plain("DeleteRouteTable"),
        plain("DeleteSecurityGroup"),
        plain("DeleteSubnet"),
        plain("DeleteTransitGateway"),
        plain("DeleteTransitGatewayRoute"),
        plain("DeleteTransitGatewayRouteTable"),
        plain("DeleteTransitGatewayVpcAttachment"),
        plain("DeleteVpc"),
        plain("DeleteVpcEndpoints"),
        plain("DescribeInstances"),
        plain("DescribeInternetGateways"),
        plain("DescribeManagedPrefixLists"),
        plain("DescribeNatGateways"),
        plain("DescribeNetworkAcls"),
        plain("DescribeNetworkInterfaces"),
        plain("DescribeRouteTables"),
        plain("DescribeSecurityGroupVpcAssociations"),
        plain("DescribeSecurityGroups"),
        plain("DescribeSubnets"),
        plain("DescribeTransitGatewayRouteTables"),
        plain("DescribeTransitGatewayVpcAttachments"),
        plain("DescribeTransitGateways"),
        plain("DescribeVpcEndpoints"),
        plain("DescribeVpcs"),
        plain("DetachInternetGateway"),
        plain("DisassociateSecurityGroupVpc"),
        plain("DisassociateTransitGatewayRouteTable"),
        plain("EnableTransitGatewayRouteTablePropagation"),
        plain("GetManagedPrefixListEntries"),
        plain("GetSecurityGroupsForVpc"),
        plain("GetTransitGatewayRouteTableAssociations"),
        plain("GetTransitGatewayRouteTablePropagations"),
        with("ModifyManagedPrefixList", &["currentversion"]),
        plain("RejectTransitGatewayVpcAttachment"),
        plain("RunInstances"),
        plain("TerminateInstances"),
    ],
};

/// The Region of VPCs that hosted zones are followed with: calls of Route 53 are made in it.
const REGION: &[(&str, &str)] = &[("vpcregion", "us-east-1")];

/// An operation about a VPC and a hosted zone.
const fn about_a_vpc(operation: &'static str, idle: &'static [&'static str]) -> Followed {
    Followed { fixed: REGION, ..with(operation, idle) }
}

const ROUTE53: OfService = OfService {
    service: "route53",
    idle: &["marker", "maxitems", "maxresults", "nexttoken"],
    operations: &[
        about_a_vpc("AssociateVPCWithHostedZone", &["comment"]),
        about_a_vpc("CreateHostedZone", &["callerreference", "hostedzoneconfig"]),
        about_a_vpc("CreateVPCAssociationAuthorization", &[]),
        plain("DeleteHostedZone"),
        about_a_vpc("DeleteVPCAssociationAuthorization", &[]),
        about_a_vpc("DisassociateVPCFromHostedZone", &["comment"]),
        plain("GetHostedZone"),
        plain("ListHostedZones"),
        about_a_vpc("ListHostedZonesByVPC", &[]),
        plain("ListVPCAssociationAuthorizations"),
    ],
};

const PROFILES: OfService = OfService {
    service: "route53profiles",
    idle: &["clienttoken", "maxresults", "name", "nexttoken", "tags"],
    operations: &[
        plain("AssociateProfile"),
        plain("CreateProfile"),
        plain("DeleteProfile"),
        plain("DisassociateProfile"),
        plain("GetProfile"),
        plain("ListProfileAssociations"),
        plain("ListProfiles"),
    ],
};

const RESOLVER: OfService = OfService {
    service: "route53resolver",
    idle: &["creatorrequestid", "maxresults", "name", "nexttoken"],
    operations: &[
        Followed {
            idle: &["priority", "tags"],
            fixed: &[("mutationprotection", "DISABLED")],
            ..plain("AssociateFirewallRuleGroup")
        },
        plain("AssociateResolverQueryLogConfig"),
        plain("AssociateResolverRule"),
        plain("CreateFirewallRuleGroup"),
        with("CreateResolverQueryLogConfig", &["destinationarn"]),
        with("CreateResolverRule", &["resolverendpointid", "ruletype", "targetips"]),
        plain("DeleteFirewallRuleGroup"),
        plain("DeleteResolverQueryLogConfig"),
        plain("DeleteResolverRule"),
        plain("DisassociateFirewallRuleGroup"),
        plain("DisassociateResolverQueryLogConfig"),
        plain("DisassociateResolverRule"),
        plain("GetFirewallRuleGroup"),
        plain("GetResolverQueryLogConfig"),
        plain("GetResolverRule"),
        plain("ListFirewallRuleGroupAssociations"),
        plain("ListFirewallRuleGroups"),
        plain("ListResolverQueryLogConfigAssociations"),
        plain("ListResolverQueryLogConfigs"),
        plain("ListResolverRuleAssociations"),
        plain("ListResolverRules"),
        plain("ListTagsForResource"),
        with("UpdateResolverRule", &["config"]),
    ],
};

const LICENSE_MANAGER: OfService = OfService {
    service: "license-manager",
    idle: &["clienttoken", "description", "maxresults", "name", "nexttoken"],
    operations: &[
        Followed {
            idle: &["licensecount", "licensecountingtype", "licenserules", "tags"],
            fixed: &[("licensecounthardlimit", "false")],
            ..plain("CreateLicenseConfiguration")
        },
        plain("DeleteLicenseConfiguration"),
        plain("GetLicenseConfiguration"),
        plain("ListLicenseConfigurations"),
        plain("UpdateLicenseConfiguration"),
    ],
};

/// Whether anything of a service is followed.
pub(super) fn is_service(service: &str) -> bool {
    service == RAM || SERVICES.iter().any(|it| it.service == service)
}

/// What is followed of an operation of a service, with the service.
pub(super) fn find(
    service: &str,
    operation: &str,
) -> Option<(&'static OfService, &'static Followed)> {
    let of_service = SERVICES.iter().find(|it| it.service == service)?;
    let followed = of_service.operations.iter().find(|it| it.operation == operation)?;
    Some((of_service, followed))
}

#[cfg(test)]
mod tests {
    use bellwether_model::operations::OPERATIONS;

    use super::*;

    #[test]
    fn what_is_followed_is_of_the_model() {
        for of_service in SERVICES {
            for followed in of_service.operations {
                let mut operations = OPERATIONS.iter();
                let is_there = operations.any(|it| {
                    it.service == of_service.service.replace('-', "")
                        && it.name == followed.operation
                });
                assert!(is_there, "{}", followed.operation);
            }
        }
    }
}
