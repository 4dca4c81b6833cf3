//! Transit gateways and their attachments.

use super::{Rule, grants, refuses, refuses_somehow, shows, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &MADE_BY_ITS_OWNER,
    &SEEN_WHILE_SHARED,
    &KNOWN_TO_THE_CALLER,
    &DELETED_BY_ITS_OWNER_ALONE,
    &KEPT_WHILE_ATTACHED,
    &ATTACHED_BY_CONSUMERS,
    &ATTACHMENT_AWAITS_THE_OWNER,
    &ATTACHED_BY_THE_VPC_OWNER_ALONE,
    &ATTACHED_ONCE_FOR_EACH_VPC,
    &ATTACHED_AGAIN_ONCE_ENDED,
    &ATTACHMENT_KEPT_AFTER_REVOCATION,
    &ATTACHMENT_SEEN_BY_BOTH,
    &ATTACHMENT_DELETED_BY_EITHER,
    &ATTACHMENT_KNOWN,
    &ATTACHMENT_ANSWERED_BY_THE_GATEWAY_OWNER,
    &ATTACHMENT_ANSWERED_BY_THE_GATEWAY_OWNER_ALONE,
    &ATTACHMENT_ANSWERED_ONCE,
    &ATTACHMENT_ANSWERED_AFTER_REVOCATION,
    &ROUTE_TABLES_MADE_BY_THE_OWNER,
    &ROUTE_TABLES_MADE_BY_THE_OWNER_ALONE,
    &ROUTE_TABLES_LISTED_TO_THE_OWNER_ALONE,
    &ROUTE_TABLES_CLOSED_TO_CONSUMERS,
    &ROUTE_TABLE_KNOWN_TO_THE_CALLER,
    &ROUTE_TABLE_KEPT_WHILE_ASSOCIATED,
    &ROUTED_BY_THE_OWNER,
    &ROUTED_WITHIN_ONE_GATEWAY,
    &ROUTED_ONCE_ACCEPTED,
    &ASSOCIATED_WITH_ONE_ROUTE_TABLE,
    &PROPAGATED_ONCE,
    &DISASSOCIATED_BY_THE_OWNER,
    &DISASSOCIATED_ONCE,
    &ROUTED_RIGHT_AFTER_DISASSOCIATION,
    &ROUTING_LISTED_TO_THE_OWNER,
    &STATIC_ROUTES_MADE_BY_THE_OWNER,
    &STATIC_ROUTE_MADE_ONCE,
    &STATIC_ROUTE_DELETED_ONCE,
    &STATIC_ROUTES_LISTED_TO_THE_OWNER,
    &STATIC_ROUTE_FOR_A_BLOCK,
    &STATIC_ROUTES_KEPT_WITH_WHAT_IS_GONE,
    &DELETED_WITH_ROUTE_TABLES,
];

/// Owners make gateways.
pub static MADE_BY_ITS_OWNER: Rule = grants(
    "transit-gateway/made-by-its-owner",
    "An account can make transit gateways, and delete those that nothing is attached to.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGateway.html",
    "creates a transit gateway",
)])
.rows(&["TGW-06"]);

/// The consumer's view.
pub static SEEN_WHILE_SHARED: Rule = shows(
    "transit-gateway/seen-while-shared",
    "A consumer's DescribeTransitGateways lists a shared transit gateway, with the owner's account id.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/vpc/latest/tgw/working-with-transit-gateways.html",
        "accounts that it is shared with can run DescribeTransitGateways",
    ),
    source(
        "github.com/ekristen/aws-nuke issue 458",
        "a log from a consumer lists the gateway with the owner's id",
    ),
])
.rows(&["TGW-01", "RAM-08", "C12"]);

/// A gateway that is not visible.
pub static KNOWN_TO_THE_CALLER: Rule = refuses(
    "transit-gateway/known-to-the-caller",
    "A transit gateway that is not visible to the caller is refused as not existing.",
    &[
        "InvalidTransitGatewayID.NotFound",
        "InvalidTransitGatewayId.NotFound",
        "InvalidTransitGatewayID.Malformed",
    ],
)
.recorded(&[source(
    "github.com/terraform-aws-modules/terraform-aws-transit-gateway issue 89",
    "attaching before the share is accepted: InvalidTransitGatewayID.NotFound",
)])
.rows(&["TGW-02", "C14", "C15"]);

/// The consumer can't delete it.
pub static DELETED_BY_ITS_OWNER_ALONE: Rule = refuses(
    "transit-gateway/deleted-by-its-owner-alone",
    "A consumer that deletes a transit gateway which is shared with it is told that there is none, although it is listed.",
    &["InvalidTransitGatewayID.NotFound"],
)
.recorded(&[source(
    "github.com/ekristen/aws-nuke issue 458",
    "DeleteTransitGateway by a consumer: 400 InvalidTransitGatewayID.NotFound, though it is listed",
)])
.rows(&["C13"]);

/// Attachments keep it.
pub static KEPT_WHILE_ATTACHED: Rule = refuses(
    "transit-gateway/kept-while-attached",
    "A transit gateway can't be deleted while VPCs are attached to it.",
    &["IncorrectState"],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTransitGateway.html",
        "a gateway that has attachments can't be deleted",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws issue 7196",
        "DeleteTransitGateway while VPCs are attached: 400 IncorrectState, the gateway has non-deleted attachments",
    ),
])
.rows(&["TGW-06"]);

/// Consumers attach.
pub static ATTACHED_BY_CONSUMERS: Rule = grants(
    "transit-gateway/attached-by-consumers",
    "An account can attach a VPC of its own to a transit gateway that it owns or that is shared with it.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/tgw/working-with-transit-gateways.html",
    "accounts that a gateway is shared with can make attachments in their VPCs",
)])
.rows(&["TGW-03"]);

/// The owner has to accept.
pub static ATTACHMENT_AWAITS_THE_OWNER: Rule = shows(
    "transit-gateway/attachment-awaits-the-owner",
    "A consumer's attachment waits for the owner of the transit gateway, unless the gateway accepts shared attachments by itself.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html",
        "an attachment of another account is pendingAcceptance until the gateway's owner accepts",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws (transit gateway VPC attachment)",
        "the acceptance tests wait for pendingAcceptance across accounts",
    ),
])
.rows(&["TGW-03", "C16"]);

/// Participants don't attach shared VPCs.
pub static ATTACHED_BY_THE_VPC_OWNER_ALONE: Rule = refuses_somehow(
    "transit-gateway/attached-by-the-vpc-owner-alone",
    "Only the owner of a VPC can attach it to a transit gateway; a participant in a shared subnet can't.",
    &["UnauthorizedOperation", "AuthFailure", "OperationNotPermitted"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
    "participants can't make transit gateway attachments in a shared VPC",
)])
.rows(&["TGW-07", "SUBNET-14"]);

/// A VPC that is attached.
pub static ATTACHED_ONCE_FOR_EACH_VPC: Rule = refuses(
    "transit-gateway/attached-once-for-each-vpc",
    "A VPC can't be attached to a transit gateway that it is attached to, be it by another subnet.",
    &["DuplicateTransitGatewayAttachment"],
)
.recorded(&[
    source(
        "github.com/hashicorp/terraform-provider-aws issues 10852 and 25868",
        "DuplicateTransitGatewayAttachment: the gateway has attachments of the same VPC that are not deleted",
    ),
    source(
        "github.com/hashicorp/terraform issue 30590",
        "400 DuplicateTransitGatewayAttachment for a VPC with two other subnets",
    ),
])
.rows(&["TGW-03"]);

/// A VPC that was attached.
pub static ATTACHED_AGAIN_ONCE_ENDED: Rule = grants(
    "transit-gateway/attached-again-once-ended",
    "A VPC can be attached to a transit gateway again when its attachment was deleted or rejected.",
)
.open(
    "Does an attachment that was deleted or rejected a moment ago count as one that is not deleted?",
    &[source(
        "github.com/hashicorp/terraform-provider-aws issue 25868",
        "the refusal speaks of attachments that are not deleted; deletion takes minutes, and what is rejected stays listed",
    )],
)
.rows(&["TGW-03"]);

/// Attachments outlive the share.
pub static ATTACHMENT_KEPT_AFTER_REVOCATION: Rule = shows(
    "transit-gateway/attachment-kept-after-revocation",
    "An attachment goes on working when the transit gateway is no longer shared with its account.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/tgw/working-with-transit-gateways.html",
    "after unsharing, the attachment stays functional, and the account can't describe the gateway",
)])
.rows(&["TGW-05"]);

/// Both sides see an attachment.
pub static ATTACHMENT_SEEN_BY_BOTH: Rule = shows(
    "transit-gateway/attachment-seen-by-both",
    "An attachment is seen by the account that made it and by the owner of the transit gateway.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/vpc/latest/tgw/working-with-transit-gateways.html",
        "accounts that a gateway is shared with can describe their attachments; its owner can run all calls on attachments",
    ),
    source(
        "https://docs.aws.amazon.com/vpc/latest/tgw/acccept-tgw-attach.html",
        "the gateway's owner finds attachments of other accounts that wait, and accepts them",
    ),
])
.rows(&["TGW-03", "TGW-04"]);

/// Either side may end it.
pub static ATTACHMENT_DELETED_BY_EITHER: Rule = grants(
    "transit-gateway/attachment-deleted-by-either",
    "The account that made an attachment and the gateway's owner can each delete it.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-transit-gateways.html",
    "an attachment can be deleted by either account",
)])
.rows(&["TGW-04"]);

/// Attachments of others.
pub static ATTACHMENT_KNOWN: Rule = refuses_somehow(
    "transit-gateway/attachment-known",
    "An attachment that the caller does not see can't be deleted, nor named in another call.",
    &["InvalidTransitGatewayAttachmentID.NotFound"],
)
.inferred(&[source(
    "github.com/hashicorp/terraform-provider-aws internal/service/ec2/errors.go",
    "the provider takes InvalidTransitGatewayAttachmentID.NotFound for an attachment that is gone",
)])
.rows(&["TGW-04"]);

/// Accepting and rejecting.
pub static ATTACHMENT_ANSWERED_BY_THE_GATEWAY_OWNER: Rule = grants(
    "transit-gateway/attachment-answered-by-the-gateway-owner",
    "The owner of a transit gateway can accept an attachment that waits, which makes it available, or reject it, which ends it.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AcceptTransitGatewayVpcAttachment.html",
        "accepts a request to attach a VPC",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RejectTransitGatewayVpcAttachment.html",
        "rejects a request to attach a VPC",
    ),
])
.rows(&["TGW-03", "C16"]);

/// Nobody else answers.
pub static ATTACHMENT_ANSWERED_BY_THE_GATEWAY_OWNER_ALONE: Rule = refuses_somehow(
    "transit-gateway/attachment-answered-by-the-gateway-owner-alone",
    "The account that made an attachment can't accept or reject it in place of the transit gateway's owner.",
    &["InvalidTransitGatewayAttachmentID.NotFound", "UnauthorizedOperation", "IncorrectState"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html",
    "the gateway's owner has to accept the attachments of other accounts",
)])
.rows(&["TGW-03", "C16"]);

/// Only what waits is answered.
pub static ATTACHMENT_ANSWERED_ONCE: Rule = refuses_somehow(
    "transit-gateway/attachment-answered-once",
    "An attachment that does not wait for acceptance can't be accepted or rejected.",
    &["IncorrectState", "InvalidTransitGatewayAttachmentID.NotFound"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AcceptTransitGatewayVpcAttachment.html",
    "the attachment must be in the state pendingAcceptance",
)])
.rows(&["TGW-03"]);

/// Answering when the share is gone.
pub static ATTACHMENT_ANSWERED_AFTER_REVOCATION: Rule = grants(
    "transit-gateway/attachment-answered-after-revocation",
    "An attachment that waits can be accepted or rejected when the transit gateway is no longer shared with its account.",
)
.open(
    "What becomes of an attachment that waits when the transit gateway is no longer shared with its account?",
    &[source(
        "https://docs.aws.amazon.com/vpc/latest/tgw/working-with-transit-gateways.html",
        "speaks of attachments that work, not of those that wait",
    )],
)
.rows(&["TGW-05"]);

/// Owners make route tables.
pub static ROUTE_TABLES_MADE_BY_THE_OWNER: Rule = grants(
    "transit-gateway/route-tables-made-by-the-owner",
    "The owner of a transit gateway can make route tables of it, and delete those that no attachment is associated with.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayRouteTable.html",
        "creates a route table for the specified transit gateway",
    ),
    source(
        "https://docs.aws.amazon.com/prescriptive-guidance/latest/integrate-third-party-services/architecture-3-1.html",
        "the gateway's owner can run all calls on its route tables",
    ),
])
.rows(&["TGW-04"]);

/// Consumers make none.
pub static ROUTE_TABLES_MADE_BY_THE_OWNER_ALONE: Rule = refuses_somehow(
    "transit-gateway/route-tables-made-by-the-owner-alone",
    "A consumer can't make route tables of a transit gateway that is shared with it.",
    &[
        "InvalidTransitGatewayID.NotFound",
        "UnauthorizedOperation",
        "AuthFailure",
        "OperationNotPermitted",
    ],
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/tgw/working-with-transit-gateways.html",
    "an account that a gateway is shared with can't create, modify or delete its route tables",
)])
.rows(&["TGW-04"]);

/// The consumer's view of route tables.
pub static ROUTE_TABLES_LISTED_TO_THE_OWNER_ALONE: Rule = shows(
    "transit-gateway/route-tables-listed-to-the-owner-alone",
    "The route tables of a shared transit gateway are listed to its owner, and to no consumer.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/prescriptive-guidance/latest/integrate-third-party-services/architecture-3-1.html",
        "only the gateway's owner can run the calls on its route tables",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws issues 6670 and 11029",
        "for an account that attached to a shared gateway, its route table was deleted or does not exist",
    ),
])
.rows(&["TGW-04"]);

/// Consumers don't route.
pub static ROUTE_TABLES_CLOSED_TO_CONSUMERS: Rule = refuses(
    "transit-gateway/route-tables-closed-to-consumers",
    "A consumer that names a route table of a transit gateway which is shared with it is told that there is none, be it to associate an attachment of its own or take it from there, to let it propagate, to make, read or delete routes, to read what is associated, or to delete the table.",
    &["InvalidRouteTableID.NotFound"],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/vpc/latest/tgw/working-with-transit-gateways.html",
        "an account that a gateway is shared with can't create, modify or delete its route tables, their propagations and associations",
    ),
    source(
        "github.com/terraform-aws-modules/terraform-aws-transit-gateway issue 27",
        "associating and propagating fail in the account that the gateway is shared with, where attaching works",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws issue 11029",
        "reading propagations in the other account: InvalidRouteTableID.NotFound, the route table was deleted or does not exist",
    ),
])
.rows(&["TGW-04"]);

/// A route table that is not visible.
pub static ROUTE_TABLE_KNOWN_TO_THE_CALLER: Rule = refuses(
    "transit-gateway/route-table-known-to-the-caller",
    "A route table of a transit gateway that is not visible to the caller is refused as not existing.",
    &["InvalidRouteTableID.NotFound", "InvalidRouteTableId.Malformed"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
    "InvalidRouteTableID.NotFound: the route table does not exist",
)])
.rows(&["TGW-04"]);

/// Associations keep a table.
pub static ROUTE_TABLE_KEPT_WHILE_ASSOCIATED: Rule = refuses_somehow(
    "transit-gateway/route-table-kept-while-associated",
    "A route table of a transit gateway can't be deleted while attachments are associated with it.",
    &["IncorrectState", "DependencyViolation"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTransitGatewayRouteTable.html",
    "all attachments must be disassociated from the table before it can be deleted",
)])
.rows(&["TGW-04"]);

/// The owner routes, also what others attached.
pub static ROUTED_BY_THE_OWNER: Rule = grants(
    "transit-gateway/routed-by-the-owner",
    "The owner of a transit gateway can associate each of its attachments with a route table, and let it propagate routes to route tables, whoever made the attachment.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateTransitGatewayRouteTable.html",
        "associates an attachment with a route table of the gateway",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableTransitGatewayRouteTablePropagation.html",
        "lets an attachment propagate routes to a route table",
    ),
    source(
        "https://docs.aws.amazon.com/vpc/latest/tgw/working-with-transit-gateways.html",
        "the owner of a shared gateway can run all calls on its attachments and route tables",
    ),
    source(
        "github.com/terraform-aws-modules/terraform-aws-transit-gateway issue 27",
        "the attachment has to be made in the other account, its association and propagation in the gateway's",
    ),
])
.rows(&["TGW-04"]);

/// Attachments of another gateway.
pub static ROUTED_WITHIN_ONE_GATEWAY: Rule = refuses_somehow(
    "transit-gateway/routed-within-one-gateway",
    "An attachment to one transit gateway can't be associated with a route table of another, nor propagate routes to it, nor be what a route in it goes to.",
    &["InvalidTransitGatewayAttachmentID.NotFound", "InvalidParameterCombination", "InvalidParameterValue"],
)
.inferred(&[source(
    "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-route-tables.html",
    "a gateway routes between its attachments by its route tables",
)])
.rows(&["TGW-04"]);

/// Attachments that wait.
pub static ROUTED_ONCE_ACCEPTED: Rule = refuses_somehow(
    "transit-gateway/routed-once-accepted",
    "An attachment that waits for acceptance can't be associated with a route table, nor propagate routes, nor be what a route goes to.",
    &["IncorrectState", "InvalidTransitGatewayAttachmentID.NotFound"],
)
.inferred(&[
    source(
        "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html",
        "an attachment of another account is pendingAcceptance until the gateway's owner accepts",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws issue 18412",
        "an attachment in pendingAcceptance can't be used until the gateway's owner accepts it",
    ),
])
.rows(&["TGW-03"]);

/// One association.
pub static ASSOCIATED_WITH_ONE_ROUTE_TABLE: Rule = refuses(
    "transit-gateway/associated-with-one-route-table",
    "An attachment that is associated with a route table can't be associated again.",
    &["Resource.AlreadyAssociated"],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateTransitGatewayRouteTable.html",
        "only one route table can be associated with an attachment",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws issue 16452",
        "AssociateTransitGatewayRouteTable: Resource.AlreadyAssociated, the attachment is already associated to a route table",
    ),
])
.rows(&["TGW-04"]);

/// One propagation to a table.
pub static PROPAGATED_ONCE: Rule = refuses_somehow(
    "transit-gateway/propagated-once",
    "An attachment that propagates routes to a route table can't be made to do so again.",
    &["TransitGatewayRouteTablePropagation.Duplicate"],
)
.inferred(&[source(
    "github.com/aws-solutions/network-orchestration-for-aws-transit-gateway source/lambda/tgw_vpc_attachment/lib/exceptions.py",
    "the solution takes TransitGatewayRouteTablePropagation.Duplicate for a propagation that is there already",
)])
.rows(&["TGW-04"]);

/// The associations and propagations of a table.
pub static ROUTING_LISTED_TO_THE_OWNER: Rule = shows(
    "transit-gateway/routing-listed-to-the-owner",
    "GetTransitGatewayRouteTableAssociations and GetTransitGatewayRouteTablePropagations list the attachments that the owner associated with a route table, or let propagate to it, and no others.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetTransitGatewayRouteTableAssociations.html",
        "gets the associations of a route table",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetTransitGatewayRouteTablePropagations.html",
        "gets the propagations of a route table",
    ),
])
.rows(&["TGW-04"]);

/// The end of an association.
pub static DISASSOCIATED_BY_THE_OWNER: Rule = grants(
    "transit-gateway/disassociated-by-the-owner",
    "The owner of a transit gateway can take an attachment from the route table that it is associated with, whoever made the attachment.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateTransitGatewayRouteTable.html",
        "disassociates an attachment from a route table of the gateway",
    ),
    source(
        "https://docs.aws.amazon.com/vpc/latest/tgw/working-with-transit-gateways.html",
        "the owner of a shared gateway can run all calls on its attachments and route tables",
    ),
])
.rows(&["TGW-04"]);

/// Nothing to take away.
pub static DISASSOCIATED_ONCE: Rule = refuses_somehow(
    "transit-gateway/disassociated-once",
    "An attachment that is not associated with a route table can't be disassociated from it.",
    &["InvalidAssociation.NotFound"],
)
.inferred(&[source(
    "github.com/hashicorp/terraform-provider-aws internal/service/ec2/transitgateway_route_table_association.go",
    "the provider takes InvalidAssociation.NotFound from DisassociateTransitGatewayRouteTable for an association that is gone",
)])
.rows(&["TGW-04"]);

/// What hangs on the end of an association.
pub static ROUTED_RIGHT_AFTER_DISASSOCIATION: Rule = grants(
    "transit-gateway/routed-right-after-disassociation",
    "An attachment can be associated again, and the route table deleted, as soon as DisassociateTransitGatewayRouteTable is granted.",
)
.open(
    "Is an attachment associated again, or its former route table deleted, while the association is disassociating still?",
    &[source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGatewayAssociation.html",
        "an association passes through disassociating; what it hinders until it is disassociated is not said",
    )],
)
.rows(&["TGW-04"]);

/// Owners make static routes.
pub static STATIC_ROUTES_MADE_BY_THE_OWNER: Rule = grants(
    "transit-gateway/static-routes-made-by-the-owner",
    "The owner of a transit gateway can make static routes in its route tables to each of its attachments, whoever made the attachment, and delete them.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayRoute.html",
        "creates a static route in a route table of the gateway",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTransitGatewayRoute.html",
        "deletes a route from a route table of the gateway",
    ),
    source(
        "https://docs.aws.amazon.com/vpc/latest/tgw/working-with-transit-gateways.html",
        "the owner of a shared gateway can run all calls on its attachments and route tables",
    ),
])
.rows(&["TGW-04"]);

/// The same route again.
pub static STATIC_ROUTE_MADE_ONCE: Rule = refuses(
    "transit-gateway/static-route-made-once",
    "A route table of a transit gateway can't have two static routes for one block of addresses, be they to different attachments.",
    &["RouteAlreadyExists"],
)
.recorded(&[source(
    "github.com/ministryofjustice/modernisation-platform pull request 4810",
    "a second static route for a block: RouteAlreadyExists, the route already exists in the transit gateway route table",
)])
.rows(&["TGW-04"]);

/// Nothing to delete.
pub static STATIC_ROUTE_DELETED_ONCE: Rule = refuses_somehow(
    "transit-gateway/static-route-deleted-once",
    "A static route that a route table of a transit gateway does not have can't be deleted.",
    &["InvalidRoute.NotFound"],
)
.inferred(&[source(
    "github.com/hashicorp/terraform-provider-aws internal/service/ec2/transitgateway_route.go",
    "the provider takes InvalidRoute.NotFound from DeleteTransitGatewayRoute for a route that is gone",
)])
.rows(&["TGW-04"]);

/// The static routes of a table.
pub static STATIC_ROUTES_LISTED_TO_THE_OWNER: Rule = shows(
    "transit-gateway/static-routes-listed-to-the-owner",
    "SearchTransitGatewayRoutes lists to the owner of a transit gateway the static routes of a route table, each with the attachment that it goes to, and no others.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SearchTransitGatewayRoutes.html",
        "searches for routes in a route table, by their type: propagated or static",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGatewayRoute.html",
        "destinationCidrBlock and transitGatewayAttachments: the block of a route, and the attachments",
    ),
])
.rows(&["TGW-04"]);

/// Blocks that are none.
pub static STATIC_ROUTE_FOR_A_BLOCK: Rule = refuses_somehow(
    "transit-gateway/static-route-for-a-block",
    "A static route of a transit gateway is for a block of addresses whose last bits are zero.",
    &["InvalidParameterValue"],
)
.open(
    "How is a static route of a transit gateway refused whose DestinationCidrBlock is no block of addresses, and is one taken whose last bits are not zero?",
    &[source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayRoute.html",
        "DestinationCidrBlock: the block for destination matches; what else is refused is not said",
    )],
)
.rows(&["TGW-04"]);

/// Routes to what is gone.
pub static STATIC_ROUTES_KEPT_WITH_WHAT_IS_GONE: Rule = grants(
    "transit-gateway/static-routes-kept-with-what-is-gone",
    "A static route stays when its attachment is deleted, and goes with its route table.",
)
.open(
    "What becomes of static routes whose attachment is deleted, and is a route table deleted that has static routes?",
    &[
        source(
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGatewayRoute.html",
            "state: active or blackhole; when a route becomes one is not said",
        ),
        source(
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTransitGatewayRouteTable.html",
            "attachments have to be disassociated before; routes are not spoken of",
        ),
    ],
)
.rows(&["TGW-04"]);

/// Deleting a gateway with route tables.
pub static DELETED_WITH_ROUTE_TABLES: Rule = grants(
    "transit-gateway/deleted-with-route-tables",
    "A transit gateway can be deleted while it has route tables that its owner made.",
)
.open(
    "Is a transit gateway deleted that has route tables which its owner made, and are these gone with it?",
    &[source(
        "https://docs.aws.amazon.com/vpc/latest/tgw/delete-tgw.html",
        "speaks of attachments, which have to be deleted first, and not of route tables",
    )],
)
.rows(&["TGW-06"]);
