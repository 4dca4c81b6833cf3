//! Rules about what an account sees of the resources of others.

use super::{Rule, refuses_somehow, shows, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &OWNER_SEES_ITS_OWN,
    &HIDDEN_WITHOUT_A_GRANT,
    &HIDDEN_WHILE_PENDING,
    &HIDDEN_ONCE_REVOKED,
    &GONE_ONCE_DELETED,
    &NAMED_AFTER_DELETION,
    &UNKNOWN_AFTER_REVOCATION_IN_USE,
    &THROUGH_AN_UNKNOWN_GRANT,
];

/// Sharing takes nothing from the owner.
pub static OWNER_SEES_ITS_OWN: Rule = shows(
    "visibility/owner-sees-its-own",
    "The owner of a resource sees it as its own, shared or not.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/userguide/getting-started-terms-and-concepts.html",
    "the owner keeps full control of what it shares",
)])
.rows(&["RAM-17", "RAM-08", "RAM-PRIN-19"]);

/// Accounts are separate.
pub static HIDDEN_WITHOUT_A_GRANT: Rule = shows(
    "visibility/hidden-without-a-grant",
    "What no share and no permission grants to an account is to it as if it did not exist.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/getting-started-terms-and-concepts.html",
        "a resource is usable by the accounts that it is shared with",
    ),
    source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing.html",
        "each account sees its own subnets and those shared with it",
    ),
])
.rows(&["RAM-08", "SUBNET-06", "SUBNET-11", "SUBNET-12"]);

/// A pending invitation grants nothing.
pub static HIDDEN_WHILE_PENDING: Rule = shows(
    "visibility/hidden-while-pending",
    "An account sees nothing of a share until it has accepted the invitation to it.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/working-with-shared-invitations.html",
        "access comes with the acceptance",
    ),
    source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/work-with-shared-prefixes.html",
        "consumers have access after they accept",
    ),
])
.rows(&["RAM-07", "TGW-02"]);

/// Access ends.
pub static HIDDEN_ONCE_REVOKED: Rule = shows(
    "visibility/hidden-once-revoked",
    "When the last grant of a resource ends, it is to the consumer as if it did not exist.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_DisassociateResourceShare.html",
        "the principals of the share lose the access that it gave",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/working-with-sharing-delete.html",
        "all principals lose access when the share is deleted",
    ),
])
.rows(&["RAM-09", "PL-03", "C7", "C8", "RAM-ASSOC-18", "RAM-ASSOC-27"]);

/// Deletion of the resource itself.
pub static GONE_ONCE_DELETED: Rule = shows(
    "visibility/gone-once-deleted",
    "A deleted resource is not listed to anybody as available.",
)
.inferred(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSubnet.html",
    "deletes the resource",
)])
.rows(&["C9"]);

/// Calls about what was deleted.
pub static NAMED_AFTER_DELETION: Rule = refuses_somehow(
    "visibility/named-after-deletion",
    "A call that names a deleted resource is refused as if the resource did not exist.",
    &["InvalidSubnetID.NotFound"],
)
.open(
    "For how long, and for which calls, does a deleted resource still answer to its id?",
    &[source(
        "https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html",
        "deletions take effect after a while, and several kinds of resources stay described meanwhile",
    )],
)
.rows(&["RAM-13", "EC-02"]);

/// Listed after revocation while one has something in it.
pub static UNKNOWN_AFTER_REVOCATION_IN_USE: Rule = shows(
    "visibility/unknown-after-revocation-in-use",
    "A participant that still has resources in an unshared subnet no longer sees the subnet.",
)
.open(
    "Is an unshared subnet, or its VPC, still described to a participant that has network interfaces in it?",
    &[source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing-share-subnet-working-with.html",
        "what runs goes on, and new resources can't be made; nothing is said of the listing",
    )],
)
.rows(&["SUBNET-20"]);

/// A grant that an open rule left undecided.
pub static THROUGH_AN_UNKNOWN_GRANT: Rule = shows(
    "visibility/through-an-unknown-grant",
    "What is seen through a grant whose state nobody outside AWS knows.",
)
.open(
    "Which state did an open rule leave the grant in?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_ResourceShareAssociation.html",
        "lists the states of an association without saying what leads to each",
    )],
)
.rows(&["RAM-ASSOC-03", "RAM-ASSOC-04"]);
