//! The members of Route 53 Profiles, those of query strings included.

use super::Reads;

/// The operations of Route 53 Profiles that are served.
pub static ROUTE_53_PROFILES: Reads = Reads {
    service: "route53profiles",
    title: "Route 53 Profiles",
    code: "InvalidParameterException",
    operations: &[
        ("AssociateProfile", "Name ProfileId ResourceId"),
        ("CreateProfile", "ClientToken Name"),
        ("DeleteProfile", ""),
        ("DisassociateProfile", ""),
        ("GetProfile", ""),
        ("ListProfileAssociations", "maxResults nextToken profileId resourceId"),
        ("ListProfiles", "maxResults nextToken"),
    ],
};
