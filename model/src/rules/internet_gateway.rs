//! Internet gateways of VPCs, as participants meet them.

use super::{Rule, grants, refuses, refuses_somehow, shows, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &MADE_BY_ITS_OWNER,
    &SEEN_WITH_A_SHARED_SUBNET,
    &KNOWN_TO_THE_CALLER,
    &CHANGED_BY_ITS_OWNER_ALONE,
    &ATTACHED_BY_THE_VPC_OWNER_ALONE,
    &ATTACHED_ONCE,
    &DETACHED_ONCE,
    &KEPT_WHILE_ATTACHED,
];

/// Owners make, attach and delete gateways.
pub static MADE_BY_ITS_OWNER: Rule = grants(
    "internet-gateway/made-by-its-owner",
    "An account can make internet gateways, attach them to its own VPCs and detach them, and delete those that are attached to none.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachInternetGateway.html",
    "attaches an internet gateway to a VPC",
)])
.rows(&["SUBNET-14"]);

/// The participant's view.
pub static SEEN_WITH_A_SHARED_SUBNET: Rule = shows(
    "internet-gateway/seen-with-a-shared-subnet",
    "A participant's DescribeInternetGateways lists the internet gateway of the VPC of a shared subnet, with the owner's account id.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
        "participants can describe the internet gateway of the VPC",
    ),
    source(
        "github.com/ekristen/aws-nuke issue 497",
        "a log from a participant lists the internet gateway of the shared VPC and its attachment",
    ),
])
.rows(&["SUBNET-10", "C2"]);

/// A gateway that is not visible.
pub static KNOWN_TO_THE_CALLER: Rule = refuses(
    "internet-gateway/known-to-the-caller",
    "An internet gateway that is not visible to the caller is refused as not existing.",
    &["InvalidInternetGatewayID.NotFound", "InvalidInternetGatewayId.Malformed"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
    "InvalidInternetGatewayID.NotFound: the internet gateway does not exist",
)])
.rows(&["SUBNET-10"]);

/// Participants look, and no more.
pub static CHANGED_BY_ITS_OWNER_ALONE: Rule = refuses_somehow(
    "internet-gateway/changed-by-its-owner-alone",
    "A participant can't attach, detach or delete an internet gateway that it sees.",
    &["UnauthorizedOperation", "AuthFailure", "OperationNotPermitted"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
    "participants can't modify or delete what belongs to the VPC's owner",
)])
.rows(&["SUBNET-10", "SUBNET-15"]);

/// Participants bring none.
pub static ATTACHED_BY_THE_VPC_OWNER_ALONE: Rule = refuses_somehow(
    "internet-gateway/attached-by-the-vpc-owner-alone",
    "A participant can't attach an internet gateway of its own to a VPC that it sees.",
    &["UnauthorizedOperation", "AuthFailure", "OperationNotPermitted"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
    "participants can't attach gateways to the VPC",
)])
.rows(&["SUBNET-14"]);

/// One to one.
pub static ATTACHED_ONCE: Rule = refuses_somehow(
    "internet-gateway/attached-once",
    "An internet gateway is attached to one VPC, and a VPC has one internet gateway.",
    &["Resource.AlreadyAssociated", "InvalidParameterValue"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
    "Resource.AlreadyAssociated: the gateway is attached already",
)])
.rows(&["SUBNET-14"]);

/// Detaching what is not attached.
pub static DETACHED_ONCE: Rule = refuses(
    "internet-gateway/detached-once",
    "An internet gateway can be detached only from the VPC that it is attached to.",
    &["Gateway.NotAttached"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
    "Gateway.NotAttached: the gateway is not attached to the VPC",
)])
.rows(&["SUBNET-14"]);

/// Attached ones stay.
pub static KEPT_WHILE_ATTACHED: Rule = refuses(
    "internet-gateway/kept-while-attached",
    "An internet gateway can't be deleted while it is attached to a VPC.",
    &["DependencyViolation"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteInternetGateway.html",
    "the gateway has to be detached first",
)])
.rows(&["SUBNET-14"]);
