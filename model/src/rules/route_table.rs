//! Route tables of VPCs, as participants meet them.

use super::{Rule, grants, refuses, refuses_somehow, shows, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &MADE_BY_THE_VPC_OWNER,
    &SEEN_WITH_A_SHARED_SUBNET,
    &KNOWN_TO_THE_CALLER,
    &MADE_BY_THE_VPC_OWNER_ALONE,
    &DELETED_BY_THE_VPC_OWNER_ALONE,
    &ROUTED_TO_AN_ATTACHED_GATEWAY,
    &ROUTED_BY_THE_VPC_OWNER_ALONE,
    &ROUTED_ONCE_ATTACHED,
    &ROUTED_AFTER_REVOCATION,
    &LISTED_WITH_ITS_ROUTES,
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

/// Routes to gateways, shared ones too.
pub static ROUTED_TO_AN_ATTACHED_GATEWAY: Rule = grants(
    "route-table/routed-to-an-attached-gateway",
    "The owner of a VPC can make routes to a transit gateway that the VPC is attached to, be it another account's.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayVpcAttachment.html",
        "traffic to an attached gateway takes a route in the VPC's route table, by CreateRoute",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws issue 10025",
        "a consumer's CreateRoute to a shared gateway passes once its VPC is attached",
    ),
])
.rows(&["TGW-03", "C15"]);

/// Participants make no routes.
pub static ROUTED_BY_THE_VPC_OWNER_ALONE: Rule = refuses_somehow(
    "route-table/routed-by-the-vpc-owner-alone",
    "A participant can't make routes in a route table that it sees.",
    &["UnauthorizedOperation", "AuthFailure", "OperationNotPermitted"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
    "participants can describe route tables, and can't modify what belongs to the VPC's owner",
)])
.rows(&["SUBNET-15"]);

/// The attachment comes first.
pub static ROUTED_ONCE_ATTACHED: Rule = refuses(
    "route-table/routed-once-attached",
    "A route to a transit gateway that the VPC is not attached to, or whose owner has not accepted the attachment yet, is refused as if there were no such gateway.",
    &["InvalidTransitGatewayID.NotFound"],
)
.recorded(&[
    source(
        "github.com/hashicorp/terraform-provider-aws issue 10025",
        "CreateRoute to a shared gateway before the attachment is available: 400 InvalidTransitGatewayID.NotFound",
    ),
    source(
        "github.com/terraform-aws-modules/terraform-aws-transit-gateway pull request 144",
        "CreateRoute before the VPC is attached: 400 InvalidTransitGatewayID.NotFound, the ID does not exist",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws issue 18412",
        "routes fail while the attachment is in pendingAcceptance",
    ),
])
.rows(&["TGW-03", "C15"]);

/// Routes when the share is gone.
pub static ROUTED_AFTER_REVOCATION: Rule = grants(
    "route-table/routed-after-revocation",
    "Routes to a transit gateway can be made while the VPC is attached, also when the gateway is no longer shared with the VPC's owner.",
)
.open(
    "Can an account make a new route to a transit gateway that its VPC is attached to, when the gateway is no longer shared with it?",
    &[source(
        "https://docs.aws.amazon.com/vpc/latest/tgw/working-with-transit-gateways.html",
        "after unsharing, the attachment stays functional, and the account can't describe the gateway; of routes it says nothing",
    )],
)
.rows(&["TGW-05"]);

/// Routes are listed.
pub static LISTED_WITH_ITS_ROUTES: Rule = shows(
    "route-table/listed-with-its-routes",
    "DescribeRouteTables lists the routes of a table, each with the transit gateway that it goes to.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RouteTable.html",
        "a route table has a set of routes",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html",
        "a route has the id of the transit gateway that is its target",
    ),
])
.rows(&["SUBNET-10"]);
