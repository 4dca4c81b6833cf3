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
    "An attachment that the caller does not see can't be deleted.",
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
