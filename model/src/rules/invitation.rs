//! Invitations: who gets one, who sees it, how it ends.

use super::{Rule, grants, refuses, refuses_somehow, replies, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &SENT_TO_OUTSIDERS,
    &SENT_TO_MEMBERS_WHERE_RETAINED,
    &NONE_INSIDE_THE_ORGANIZATION,
    &LISTED_TO_ITS_RECEIVER,
    &UNLISTED_TO_OTHERS,
    &ACCEPTED_BY_ITS_RECEIVER,
    &REJECTED_BY_ITS_RECEIVER,
    &OPEN_TO_ITS_RECEIVER,
    &ACCEPTED_ONCE,
    &ACCEPTED_FOR_GOOD,
    &REJECTED_FOR_GOOD,
    &KNOWN,
    &NAMED_FOR_ITS_SENDER,
    &LOOKED_INTO_BY_ITS_RECEIVER,
    &SHOWS_WHAT_IT_OFFERS,
    &LOOKED_INTO_ONCE_ACCEPTED,
    &NAMED_BY_AN_ARN,
    &LISTED_AFTER_ITS_END,
    &SENT_AGAIN_AFTER_ACCESS_ENDED,
    &SENT_AGAIN_AFTER_REJECTION,
    &WITHDRAWN_WITH_ITS_OFFER,
    &SENT_FOR_AN_IDENTITY,
    &EXPIRED_FOR_GOOD,
    &EXPIRED_AFTER_TWELVE_HOURS,
    &SENT_AGAIN_AFTER_EXPIRY,
    &LAPSED_AFTER_SEVEN_DAYS,
    &NAMED_ONCE_LAPSED,
    &EXPIRED_BY_WHAT_IS_SHARED,
    &UNLISTED_A_WEEK_AFTER_ACCEPTANCE,
];

/// Outsiders are invited.
pub static SENT_TO_OUTSIDERS: Rule = replies(
    "invitation/sent-to-outsiders",
    "An account that RAM does not see in the owner's organization gets a PENDING invitation when it is named.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/working-with-shared-invitations.html",
        "accounts outside the organization, or any account while sharing is off, are invited",
    ),
    source(
        "AWS VPC Lattice multi-tenant walkthrough, June 2025 (public CLI transcript)",
        "a PENDING invitation appears within a second of the share",
    ),
])
.rows(&["RAM-INV-01", "RAM-INV-07", "RAM-06", "RAM-ORG-10", "I1", "O13"]);

/// Members are, where access is retained.
pub static SENT_TO_MEMBERS_WHERE_RETAINED: Rule = replies(
    "invitation/sent-to-members-where-retained",
    "A share that retains access for accounts that leave invites members as it invites outsiders.",
)
.documented(&[source(
    "https://aws.amazon.com/about-aws/whats-new/2026/02/aws-resource-access-manager/",
    "with access retained, RAM treats members as external accounts, which have to accept an invitation",
)])
.rows(&["RAM-INV-01", "RAM-SHARE-18", "RAM-ORG-08"]);

/// Members are not.
pub static NONE_INSIDE_THE_ORGANIZATION: Rule = replies(
    "invitation/none-inside-the-organization",
    "With organization sharing on, no invitation is made for members, the organization, its units or the owner itself.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/tshoot-shared-org-no-invite.html",
        "members of an organization with sharing on get access without an invitation",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws issue 33002",
        "a test waited 330 seconds for an invitation inside an organization; none came",
    ),
])
.rows(&["RAM-INV-02", "RAM-06", "I10"]);

/// The receiver finds it.
pub static LISTED_TO_ITS_RECEIVER: Rule = replies(
    "invitation/listed-to-its-receiver",
    "GetResourceShareInvitations lists what the caller received, with the share, the sender, the receiver and the status.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShareInvitations.html",
        "retrieves the invitations that the caller has received",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws issue 8259",
        "the sender's call returns no invitation ARN; the receiver has to look it up",
    ),
])
.rows(&["RAM-INV-04", "RAM-INV-05", "RAM-INV-06", "RAM-INV-07", "I2", "I3"]);

/// The sender and everybody else do not.
pub static UNLISTED_TO_OTHERS: Rule = replies(
    "invitation/unlisted-to-others",
    "An invitation is not listed to its sender, nor to anybody but its receiver.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShareInvitations.html",
    "retrieves what the caller received, not what it sent",
)])
.rows(&["RAM-INV-06"]);

/// Accepting works.
pub static ACCEPTED_BY_ITS_RECEIVER: Rule = grants(
    "invitation/accepted-by-its-receiver",
    "The receiver of a PENDING invitation can accept it, and the answer says ACCEPTED.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_AcceptResourceShareInvitation.html",
        "accepts an invitation of another account; the share's resources become usable",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws internal/service/ram/resource_share_accepter_test.go",
        "the acceptance test accepts and finds the invitation ACCEPTED",
    ),
])
.rows(&["RAM-INV-11", "I4", "I5"]);

/// Rejecting works.
pub static REJECTED_BY_ITS_RECEIVER: Rule = grants(
    "invitation/rejected-by-its-receiver",
    "The receiver of a PENDING invitation can reject it, and the answer says REJECTED.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_RejectResourceShareInvitation.html",
    "rejects an invitation of another account; the sample answer says REJECTED",
)])
.rows(&["RAM-INV-13", "I6"]);

/// Nobody else answers it.
pub static OPEN_TO_ITS_RECEIVER: Rule = refuses_somehow(
    "invitation/open-to-its-receiver",
    "Only the account that received an invitation can accept or reject it.",
    &["ResourceShareInvitationArnNotFoundException", "OperationNotPermittedException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/userguide/working-with-shared-invitations.html",
    "the invited account has to accept; invitations are answered by those who received them",
)])
.rows(&["RAM-INV-19"]);

/// Accepting twice.
pub static ACCEPTED_ONCE: Rule = refuses(
    "invitation/accepted-once",
    "An invitation can be accepted once.",
    &["ResourceShareInvitationAlreadyAcceptedException"],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_AcceptResourceShareInvitation.html#API_AcceptResourceShareInvitation_Errors",
        "the call fails when the invitation has been accepted already",
    ),
    source(
        "github.com/data-dot-all/dataall (ram_client.py)",
        "production code handles the already-accepted error of a second acceptance",
    ),
])
.rows(&["RAM-INV-14", "I13"]);

/// Rejecting what was accepted.
pub static ACCEPTED_FOR_GOOD: Rule = refuses(
    "invitation/accepted-for-good",
    "An accepted invitation can't be rejected.",
    &["ResourceShareInvitationAlreadyAcceptedException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_RejectResourceShareInvitation.html#API_RejectResourceShareInvitation_Errors",
    "the call fails when the invitation has been accepted already",
)])
.rows(&["RAM-INV-16"]);

/// A rejection is final.
pub static REJECTED_FOR_GOOD: Rule = refuses(
    "invitation/rejected-for-good",
    "A rejected invitation can be neither accepted nor rejected again, nor looked into.",
    &["ResourceShareInvitationAlreadyRejectedException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_AcceptResourceShareInvitation.html#API_AcceptResourceShareInvitation_Errors",
    "the call fails when the invitation has been rejected already",
), source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_ListPendingInvitationResources.html#API_ListPendingInvitationResources_Errors",
    "so does this one",
)])
.rows(&["RAM-INV-15", "RAM-INV-28", "I14"]);

/// Unknown invitations.
pub static KNOWN: Rule = refuses(
    "invitation/known",
    "Answering an invitation that does not exist is refused as not found.",
    &["ResourceShareInvitationArnNotFoundException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_AcceptResourceShareInvitation.html#API_AcceptResourceShareInvitation_Errors",
    "the call fails when the invitation's ARN is not found",
)])
.rows(&["RAM-INV-18"]);

/// Malformed invitation ARNs.
pub static NAMED_BY_AN_ARN: Rule = refuses(
    "invitation/named-by-an-arn",
    "An invitation is named by its ARN; any other text is malformed.",
    &["MalformedArnException", "ResourceShareInvitationArnNotFoundException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_AcceptResourceShareInvitation.html#API_AcceptResourceShareInvitation_Errors",
    "one error for an ARN whose format is not valid, and one for an invitation's ARN that is not found",
)])
.rows(&["RAM-INV-18"]);

/// Answered invitations stay for a while.
pub static LISTED_AFTER_ITS_END: Rule = replies(
    "invitation/listed-after-its-end",
    "An answered invitation stays listed to its receiver for days, as ACCEPTED or REJECTED, even after access has ended.",
)
.recorded(&[
    source(
        "github.com/hashicorp/terraform-provider-aws issue 11562",
        "an accepted invitation goes from the list about seven days later",
    ),
    source(
        "github.com/data-dot-all/dataall (ram_client.py)",
        "rejected and expired invitations stay in the list and have to be handled",
    ),
])
.rows(&["RAM-INV-26", "RAM-INV-27", "I5", "I11", "I12", "I14"]);

/// Added again after losing access.
pub static SENT_AGAIN_AFTER_ACCESS_ENDED: Rule = replies(
    "invitation/sent-again-after-access-ended",
    "An account that was taken out of a share and is named again gets a new invitation.",
)
.inferred(&[source(
    "https://docs.aws.amazon.com/ram/latest/userguide/working-with-shared-invitations.html",
    "after access ended the owner has to share again, and a new invitation is needed",
)])
.rows(&["RAM-INV-30"]);

/// Named again after a rejection.
pub static SENT_AGAIN_AFTER_REJECTION: Rule = replies(
    "invitation/sent-again-after-rejection",
    "An account that rejected an invitation can be invited again.",
)
.open(
    "What is the principal's row after a rejection, and does associating again make a new invitation?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/userguide/working-with-shared-invitations.html",
        "tells of sharing again after an expiry, and nothing of a rejection",
    )],
)
.rows(&["RAM-INV-23", "RAM-INV-24"]);

/// The owner takes the offer back.
pub static WITHDRAWN_WITH_ITS_OFFER: Rule = replies(
    "invitation/withdrawn-with-its-offer",
    "A pending invitation ends when its principal is taken out or its share is deleted.",
)
.open(
    "Does a pending invitation stay, vanish or change its status when the offer ends, and what does accepting it answer?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShareInvitations.html",
        "does not say what becomes of an invitation whose share is gone",
    )],
)
.rows(&["RAM-INV-25"]);

/// Identities outside.
pub static SENT_FOR_AN_IDENTITY: Rule = replies(
    "invitation/sent-for-an-identity",
    "A role or user of an outside account has to accept as well.",
)
.open(
    "Who sees and accepts the invitation for a role or user of an outside account?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_ResourceShareInvitation.html",
        "has a receiverArn for IAM identities; issue 20630 of the Terraform provider tells of such a role",
    )],
)
.rows(&["RAM-PRIN-15"]);

/// Answering what has expired.
pub static EXPIRED_FOR_GOOD: Rule = refuses(
    "invitation/expired-for-good",
    "An expired invitation can be neither accepted nor rejected.",
    &["ResourceShareInvitationExpiredException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_AcceptResourceShareInvitation.html#API_AcceptResourceShareInvitation_Errors",
    "the call fails when the invitation has expired",
)])
.rows(&["RAM-INV-17"]);

/// Most types.
pub static EXPIRED_AFTER_TWELVE_HOURS: Rule = replies(
    "invitation/expired-after-twelve-hours",
    "An invitation to a share of types that are offered for twelve hours is EXPIRED after them, and its principal is out of the share.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/userguide/working-with-shared-invitations.html",
    "for all types but a few, an unanswered invitation expires after twelve hours and its principal is disassociated",
)])
.rows(&["RAM-INV-20", "RAM-INV-21"]);

/// Named again after an expiry.
pub static SENT_AGAIN_AFTER_EXPIRY: Rule = replies(
    "invitation/sent-again-after-expiry",
    "An account whose invitation has expired gets a new one when the owner names it again.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/userguide/working-with-shared-invitations.html",
    "after an expiry the owner shares again to have a new invitation made",
)])
.rows(&["RAM-INV-21"]);

/// A few types.
pub static LAPSED_AFTER_SEVEN_DAYS: Rule = refuses_somehow(
    "invitation/lapsed-after-seven-days",
    "An invitation to a share of types that are offered for seven days counts as declined after them.",
    &["ResourceShareInvitationAlreadyRejectedException", "ResourceShareInvitationExpiredException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/userguide/working-with-shared-invitations.html",
    "for a few types, subnets and transit gateways among them, an invitation not accepted within seven days is declined",
)])
.rows(&["RAM-INV-17", "RAM-INV-20"]);

/// The status of a lapsed invitation.
pub static NAMED_ONCE_LAPSED: Rule = replies(
    "invitation/named-once-lapsed",
    "An invitation that nobody answered for seven days is listed as REJECTED, and its principal as DISASSOCIATED.",
)
.open(
    "Which status do an invitation and the row of its principal show after seven days without an answer: REJECTED, EXPIRED, DISASSOCIATED, or none at all?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/userguide/working-with-shared-invitations.html",
        "says that it is considered declined, and not how that is shown",
    )],
)
.rows(&["RAM-INV-20", "RAM-INV-22"]);

/// Shares that hold nothing, or types of both kinds.
pub static EXPIRED_BY_WHAT_IS_SHARED: Rule = replies(
    "invitation/expired-by-what-is-shared",
    "How long an invitation can be answered follows from what its share held all the while.",
)
.open(
    "When does an invitation expire whose share is empty, holds types of both kinds, or has held others since?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/userguide/working-with-shared-invitations.html",
        "gives a time for each type, and none for a share of several or none",
    )],
)
.rows(&["RAM-INV-22"]);

/// The list forgets.
pub static UNLISTED_A_WEEK_AFTER_ACCEPTANCE: Rule = replies(
    "invitation/unlisted-a-week-after-acceptance",
    "An accepted invitation leaves the list about seven days later, while access goes on.",
)
.recorded(&[
    source(
        "github.com/hashicorp/terraform-provider-aws issues 11562, 10064 and 20894",
        "about a week after the acceptance the invitation is not returned any more, and the share is in use as before",
    ),
])
.rows(&["RAM-INV-26", "I11", "W17"]);

/// ListPendingInvitationResources.
pub static LOOKED_INTO_BY_ITS_RECEIVER: Rule = grants(
    "invitation/looked-into-by-its-receiver",
    "The receiver of a pending invitation can list what it offers before it answers.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_ListPendingInvitationResources.html",
    "lists the resources of a share that the caller was invited to and has not answered yet",
)])
.rows(&["RAM-INV-28"]);

/// The rows of ListPendingInvitationResources.
pub static SHOWS_WHAT_IT_OFFERS: Rule = replies(
    "invitation/shows-what-it-offers",
    "What a pending invitation offers are the resources in its share, each AVAILABLE.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_ListPendingInvitationResources.html",
        "lists the resources in the share",
    ),
    source(
        "github.com/aws/aws-cli awscli/examples/ram/list-pending-invitation-resources.rst",
        "the sample answer has the resource with its type, and the status AVAILABLE",
    ),
])
.rows(&["RAM-INV-28", "R8"]);

/// ListPendingInvitationResources once accepted.
pub static LOOKED_INTO_ONCE_ACCEPTED: Rule = refuses_somehow(
    "invitation/looked-into-once-accepted",
    "What an accepted invitation offered is no longer listed as pending.",
    &["InvalidParameterException", "ResourceShareInvitationArnNotFoundException"],
)
.open(
    "What does ListPendingInvitationResources answer for an accepted invitation: its resources, nothing, or an error?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_ListPendingInvitationResources.html#API_ListPendingInvitationResources_Errors",
        "has errors for invitations that expired or were rejected, and none for accepted ones",
    )],
)
.rows(&["RAM-INV-28"]);

/// The ARN of an invitation.
pub static NAMED_FOR_ITS_SENDER: Rule = replies(
    "invitation/named-for-its-sender",
    "The ARN of an invitation has the account of its sender, not of its receiver.",
)
.documented_and_recorded(&[
    source(
        "github.com/aws/aws-cli awscli/examples/ram/get-resource-share-invitations.rst",
        "the account in the sample's ARN is that of the sender",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws internal/service/ram/resource_share_accepter_test.go",
        "the acceptance test expects the ARN to be of the sender's account",
    ),
])
.rows(&["RAM-INV-05", "I2"]);
