//! Route tables of VPCs, as participants meet them.

use super::{Rule, grants, refuses, refuses_somehow, shows, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &MADE_BY_THE_VPC_OWNER,
    &SEEN_WITH_A_SHARED_SUBNET,
    &KNOWN_TO_THE_CALLER,
    &MADE_BY_THE_VPC_OWNER_ALONE,
    &DELETED_BY_THE_VPC_OWNER_ALONE,
];

/// Owners make tables.
pub static MADE_BY_THE_VPC_OWNER: Rule = grants(
    "route-table/made-by-the-vpc-owner",
    "The owner of a VPC can make route tables in it, and delete those that no subnet uses.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRouteTable.html",
    "creates a route table for the specified VPC",
)])
.rows(&["SUBNET-14"]);

/// The participant's view.
pub static SEEN_WITH_A_SHARED_SUBNET: Rule = shows(
    "route-table/seen-with-a-shared-subnet",
    "A participant's DescribeRouteTables lists the route tables of the VPC of a shared subnet, with the owner's account id.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
        "participants can describe the route tables of the VPC",
    ),
    source(
        "github.com/ekristen/aws-nuke issue 497",
        "a log from a participant lists route tables with the owner's id",
    ),
])
.rows(&["SUBNET-10", "C1"]);

/// A table that is not visible.
pub static KNOWN_TO_THE_CALLER: Rule = refuses(
    "route-table/known-to-the-caller",
    "A route table that is not visible to the caller is refused as not existing.",
    &["InvalidRouteTableID.NotFound", "InvalidRouteTableId.Malformed"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
    "InvalidRouteTableID.NotFound: the route table does not exist",
)])
.rows(&["SUBNET-10"]);

/// Participants make none.
pub static MADE_BY_THE_VPC_OWNER_ALONE: Rule = refuses_somehow(
    "route-table/made-by-the-vpc-owner-alone",
    "A participant can't make route tables in a VPC that it sees.",
    &["UnauthorizedOperation", "AuthFailure", "OperationNotPermitted"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
    "participants can't create route tables, nor other resources of the VPC",
)])
.rows(&["SUBNET-14"]);

/// Participants delete none.
pub static DELETED_BY_THE_VPC_OWNER_ALONE: Rule = refuses(
    "route-table/deleted-by-the-vpc-owner-alone",
    "A participant can't delete a route table that it sees.",
    &["UnauthorizedOperation"],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
        "participants can't modify or delete what belongs to the VPC's owner",
    ),
    source(
        "github.com/ekristen/aws-nuke issue 497",
        "DeleteRouteTable by a participant: 403 UnauthorizedOperation, the object is not owned by the caller",
    ),
])
.rows(&["SUBNET-15", "C4"]);
