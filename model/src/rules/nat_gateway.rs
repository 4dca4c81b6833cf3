//! NAT gateways of VPCs, which are their owners' alone.

use super::{Rule, grants, refuses, refuses_somehow, shows, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &MADE_BY_THE_VPC_OWNER,
    &HIDDEN_FROM_PARTICIPANTS,
    &KNOWN_TO_THE_CALLER,
    &MADE_BY_THE_VPC_OWNER_ALONE,
    &NAMED_BY_THE_VPC_OWNER_ALONE,
];

/// Owners make NAT gateways.
pub static MADE_BY_THE_VPC_OWNER: Rule = grants(
    "nat-gateway/made-by-the-vpc-owner",
    "The owner of a VPC can make NAT gateways in its subnets, shared or not, and delete them.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNatGateway.html",
        "creates a NAT gateway in the specified subnet; a private one needs no Elastic IP address",
    ),
    source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
        "the owner of a shared VPC creates, manages and deletes its NAT gateways",
    ),
])
.rows(&["SUBNET-14"]);

/// The participant's view.
pub static HIDDEN_FROM_PARTICIPANTS: Rule = shows(
    "nat-gateway/hidden-from-participants",
    "A participant's DescribeNatGateways lists none of the NAT gateways in a VPC that it sees.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
        "participants can't create, delete or describe NAT gateways in a shared subnet",
    ),
    source(
        "github.com/acantril/aws-sa-pro pull request 2",
        "a participant reports that the NAT gateways of the owner did not come along with the shared VPC",
    ),
])
.rows(&["SUBNET-10"]);

/// A NAT gateway of somebody whose VPC is not visible.
pub static KNOWN_TO_THE_CALLER: Rule = refuses(
    "nat-gateway/known-to-the-caller",
    "A NAT gateway in a VPC that is not visible to the caller is refused as not existing.",
    &["NatGatewayNotFound", "InvalidNatGatewayID.NotFound", "NatGatewayMalformed"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
    "NatGatewayNotFound and InvalidNatGatewayID.NotFound: the NAT gateway does not exist; NatGatewayMalformed: it is no NAT gateway's id",
)])
.rows(&["SUBNET-10"]);

/// Participants make none.
pub static MADE_BY_THE_VPC_OWNER_ALONE: Rule = refuses_somehow(
    "nat-gateway/made-by-the-vpc-owner-alone",
    "A participant can't make NAT gateways in a subnet that is shared with it.",
    &["UnauthorizedOperation", "AuthFailure", "OperationNotPermitted"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
    "participants can't create, delete or describe NAT gateways in a shared subnet; how that is refused is not said",
)])
.rows(&["SUBNET-14"]);

/// Participants neither delete them nor ask for them.
pub static NAMED_BY_THE_VPC_OWNER_ALONE: Rule = refuses_somehow(
    "nat-gateway/named-by-the-vpc-owner-alone",
    "A participant can't delete a NAT gateway in a VPC that it sees, nor ask for it by its id.",
    &[
        "NatGatewayNotFound",
        "InvalidNatGatewayID.NotFound",
        "UnauthorizedOperation",
        "AuthFailure",
        "OperationNotPermitted",
    ],
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
    "participants can't create, delete or describe NAT gateways in a shared subnet; how that is refused is not said",
)])
.rows(&["SUBNET-10", "SUBNET-15"]);
