//! Route 53's members, those of query strings included.

use super::Reads;

/// The operations of Route 53 that are served.
pub static ROUTE_53: Reads = Reads {
    service: "route53",
    title: "Route 53",
    code: "InvalidInput",
    operations: &[
        (
            "CreateHostedZone",
            "CallerReference HostedZoneConfig.Comment HostedZoneConfig.PrivateZone=true|false Name \
             VPC.VPCId VPC.VPCRegion",
        ),
        ("ListHostedZones", "hostedzonetype=PrivateHostedZone marker maxitems"),
        ("ListHostedZonesByVPC", "maxitems nexttoken vpcid vpcregion"),
        ("ListTagsForResource", ""),
        ("GetHostedZone", ""),
        ("DeleteHostedZone", ""),
        ("ListVPCAssociationAuthorizations", "maxresults nexttoken"),
        ("CreateVPCAssociationAuthorization", "VPC.VPCId VPC.VPCRegion"),
        ("DeleteVPCAssociationAuthorization", "VPC.VPCId VPC.VPCRegion"),
        ("AssociateVPCWithHostedZone", "VPC.VPCId VPC.VPCRegion"),
        ("DisassociateVPCFromHostedZone", "VPC.VPCId VPC.VPCRegion"),
    ],
};
