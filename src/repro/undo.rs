//! The calls that remove what other calls made.

/// Returns the operation of the same service that removes what one made, and its parameters: each with the path
/// of its value, in the answer to what made it, or behind a `<` in its request. A parameter in brackets is a list.
pub(super) fn of(operation: &str) -> Option<(&'static str, &'static str)> {
    UNDONE_BY.iter().find(|(made_by, ..)| *made_by == operation).map(|(_, by, with)| (*by, *with))
}

static UNDONE_BY: &[(&str, &str, &str)] = &[
    ("AllocateHosts", "ReleaseHosts", "[HostIds]=HostIds.0"),
    (
        "AllocateIpamPoolCidr",
        "ReleaseIpamPoolAllocation",
        "IpamPoolAllocationId=IpamPoolAllocation.IpamPoolAllocationId IpamPoolId=<IpamPoolId \
         Cidr=IpamPoolAllocation.Cidr",
    ),
    (
        "AssociateFirewallRuleGroup",
        "DisassociateFirewallRuleGroup",
        "FirewallRuleGroupAssociationId=FirewallRuleGroupAssociation.Id",
    ),
    ("AssociateProfile", "DisassociateProfile", "ProfileId=<ProfileId ResourceId=<ResourceId"),
    (
        "AssociateResolverQueryLogConfig",
        "DisassociateResolverQueryLogConfig",
        "ResolverQueryLogConfigId=<ResolverQueryLogConfigId ResourceId=<ResourceId",
    ),
    (
        "AssociateResolverRule",
        "DisassociateResolverRule",
        "ResolverRuleId=<ResolverRuleId VPCId=<VPCId",
    ),
    ("AssociateSecurityGroupVpc", "DisassociateSecurityGroupVpc", "GroupId=<GroupId VpcId=<VpcId"),
    (
        "AssociateTransitGatewayRouteTable",
        "DisassociateTransitGatewayRouteTable",
        "TransitGatewayRouteTableId=<TransitGatewayRouteTableId \
         TransitGatewayAttachmentId=<TransitGatewayAttachmentId",
    ),
    (
        "AssociateVPCWithHostedZone",
        "DisassociateVPCFromHostedZone",
        "HostedZoneId=<HostedZoneId VPC=<VPC",
    ),
    (
        "AttachInternetGateway",
        "DetachInternetGateway",
        "InternetGatewayId=<InternetGatewayId VpcId=<VpcId",
    ),
    ("CopyImage", "DeregisterImage", "ImageId=ImageId"),
    (
        "CreateCapacityReservation",
        "CancelCapacityReservation",
        "CapacityReservationId=CapacityReservation.CapacityReservationId",
    ),
    (
        "CreateFirewallRuleGroup",
        "DeleteFirewallRuleGroup",
        "FirewallRuleGroupId=FirewallRuleGroup.Id",
    ),
    ("CreateHostedZone", "DeleteHostedZone", "Id=HostedZone.Id"),
    (
        "CreateInternetGateway",
        "DeleteInternetGateway",
        "InternetGatewayId=InternetGateway.InternetGatewayId",
    ),
    ("CreateIpamPool", "DeleteIpamPool", "IpamPoolId=IpamPool.IpamPoolId"),
    (
        "CreateLicenseConfiguration",
        "DeleteLicenseConfiguration",
        "LicenseConfigurationArn=LicenseConfigurationArn",
    ),
    ("CreateManagedPrefixList", "DeleteManagedPrefixList", "PrefixListId=PrefixList.PrefixListId"),
    ("CreateNatGateway", "DeleteNatGateway", "NatGatewayId=NatGateway.NatGatewayId"),
    ("CreateNetworkAcl", "DeleteNetworkAcl", "NetworkAclId=NetworkAcl.NetworkAclId"),
    (
        "CreateNetworkInterface",
        "DeleteNetworkInterface",
        "NetworkInterfaceId=NetworkInterface.NetworkInterfaceId",
    ),
    ("CreatePermission", "DeletePermission", "permissionArn=permission.arn"),
    ("CreatePlacementGroup", "DeletePlacementGroup", "GroupName=<GroupName"),
    ("CreateProfile", "DeleteProfile", "ProfileId=Profile.Id"),
    (
        "CreateResolverQueryLogConfig",
        "DeleteResolverQueryLogConfig",
        "ResolverQueryLogConfigId=ResolverQueryLogConfig.Id",
    ),
    ("CreateResolverRule", "DeleteResolverRule", "ResolverRuleId=ResolverRule.Id"),
    (
        "CreateResourceShare",
        "DeleteResourceShare",
        "resourceShareArn=resourceShare.resourceShareArn",
    ),
    ("CreateRouteTable", "DeleteRouteTable", "RouteTableId=RouteTable.RouteTableId"),
    ("CreateSecurityGroup", "DeleteSecurityGroup", "GroupId=GroupId"),
    ("CreateSnapshot", "DeleteSnapshot", "SnapshotId=SnapshotId"),
    ("CreateSubnet", "DeleteSubnet", "SubnetId=Subnet.SubnetId"),
    (
        "CreateTransitGateway",
        "DeleteTransitGateway",
        "TransitGatewayId=TransitGateway.TransitGatewayId",
    ),
    (
        "CreateTransitGatewayRoute",
        "DeleteTransitGatewayRoute",
        "TransitGatewayRouteTableId=<TransitGatewayRouteTableId \
         DestinationCidrBlock=<DestinationCidrBlock",
    ),
    (
        "CreateTransitGatewayRouteTable",
        "DeleteTransitGatewayRouteTable",
        "TransitGatewayRouteTableId=TransitGatewayRouteTable.TransitGatewayRouteTableId",
    ),
    (
        "CreateTransitGatewayVpcAttachment",
        "DeleteTransitGatewayVpcAttachment",
        "TransitGatewayAttachmentId=TransitGatewayVpcAttachment.TransitGatewayAttachmentId",
    ),
    (
        "CreateVPCAssociationAuthorization",
        "DeleteVPCAssociationAuthorization",
        "HostedZoneId=<HostedZoneId VPC=<VPC",
    ),
    ("CreateVolume", "DeleteVolume", "VolumeId=VolumeId"),
    ("CreateVpc", "DeleteVpc", "VpcId=Vpc.VpcId"),
    ("CreateVpcEndpoint", "DeleteVpcEndpoints", "[VpcEndpointIds]=VpcEndpoint.VpcEndpointId"),
    ("EnableImageBlockPublicAccess", "DisableImageBlockPublicAccess", ""),
    ("ProvisionIpamPoolCidr", "DeprovisionIpamPoolCidr", "IpamPoolId=<IpamPoolId Cidr=<Cidr"),
    ("RegisterImage", "DeregisterImage", "ImageId=ImageId"),
    ("RunInstances", "TerminateInstances", "[InstanceIds]=Instances.0.InstanceId"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repro::apis;

    #[test]
    fn what_removes_something_takes_what_its_making_knows() {
        let api = |name: &str| {
            let found = apis::all().iter().find(|api| api.name == name);
            found.unwrap_or_else(|| panic!("there is no {name}"))
        };
        for (made_by, undone_by, with) in UNDONE_BY {
            let (made_by, undone_by) = (api(made_by), api(undone_by));
            for pair in with.split_whitespace() {
                let (member, path) = pair.split_once('=').expect("a parameter has a value");
                let member = member.trim_matches(['[', ']']);
                let path = crate::repro::lists::path(path);
                let there = match path[0].strip_prefix('<') {
                    Some(own) => apis::along(&made_by.input, &[own.to_owned()]).is_some(),
                    None => apis::along(&made_by.output, &path).is_some(),
                };
                assert!(there, "{} has no {}", made_by.name, path.join("."));
                let takes = apis::along(&undone_by.input, &[member.to_owned()]).is_some();
                assert!(takes, "{} takes no {member}", undone_by.name);
            }
        }
    }
}
