//! Resource shares: their making, change and end.

use super::{Rule, grants, refuses, refuses_somehow, replies, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &CREATED_ACTIVE,
    &OPEN_TO_OUTSIDERS_BY_DEFAULT,
    &NAMED_AS_ASKED,
    &NAMED_WITHOUT_SLASHES,
    &NAMED_IN_KNOWN_LETTERS,
    &LISTED_WITH_ITS_TIMES,
    &UPDATED_BY_UPDATES_ALONE,
    &OWNED_BY_ITS_CREATOR,
    &CHANGED_BY_UPDATE,
    &STANDARD_WHERE_LISTED,
    &FEATURE_SET_UNSAID_BY_WRITES,
    &UPDATED_BY_ITS_OWNER,
    &UPDATED_WITH_SOMETHING,
    &DELETED_BY_ITS_OWNER,
    &READABLE_AFTER_DELETION,
    &GONE_HOURS_AFTER_DELETION,
    &RETAINING_WHERE_ASKED,
    &RETAINING_INSIDE_THE_ORGANIZATION,
    &ABSENT_FROM_ACTIVE_ONCE_DELETED,
    &NAMED_BY_AN_ARN,
    &KNOWN_TO_THE_CALLER,
    &WRITTEN_BY_ITS_OWNER_ALONE,
    &FINAL_ONCE_DELETED,
    &CLOSED_TO_OUTSIDERS_WHILE_THEY_ARE_IN,
    &CLOSED_TO_OUTSIDERS_OUTSIDE_AN_ORGANIZATION,
    &PROMOTED_FROM_A_POLICY,
];

/// A new share is ACTIVE in the answer itself.
pub static CREATED_ACTIVE: Rule = grants(
    "share/created-active",
    "A new resource share is ACTIVE in the answer that creates it, empty or not.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_CreateResourceShare.html",
        "only the name is required; the sample answer shows status ACTIVE",
    ),
    source(
        "github.com/localstack/localstack tests/aws/services/ram/test_ram.snapshot.json",
        "recorded against AWS: a share created with a name only comes back ACTIVE",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws internal/service/ram/resource_share_test.go",
        "the basic acceptance test creates a share without resources or principals and keeps it",
    ),
])
.rows(&["RAM-SHARE-01", "RAM-SHARE-02", "RAM-SHARE-03", "RAM-SHARE-06", "L1"]);

/// Outsiders are allowed unless the creator says no.
pub static OPEN_TO_OUTSIDERS_BY_DEFAULT: Rule = replies(
    "share/open-to-outsiders-by-default",
    "A resource share created without allowExternalPrincipals has it true.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_CreateResourceShare.html",
        "external principals are allowed unless the parameter is false",
    ),
    source(
        "github.com/localstack/localstack tests/aws/services/ram/test_ram.snapshot.json",
        "recorded against AWS: the answer to a create call with a name only says true",
    ),
])
.rows(&["RAM-SHARE-04", "RAM-SHARE-05", "L1", "O7"]);

/// The name is stored verbatim.
pub static NAMED_AS_ASKED: Rule = replies(
    "share/named-as-asked",
    "A resource share bears the name that its owner gave it, and names need not be unique.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_ResourceShare.html",
        "the name is a field of the share",
    ),
    source(
        "github.com/cloud-custodian/cloud-custodian tests/data/placebo (RAM recordings)",
        "a name with a leading space is returned verbatim; two shares bear one name",
    ),
])
.rows(&["RAM-SHARE-06", "L12", "RAM-LIFE-14"]);

/// The creator is the owner.
pub static OWNED_BY_ITS_CREATOR: Rule = replies(
    "share/owned-by-its-creator",
    "A resource share belongs to the account that created it, for everybody who sees it.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_ResourceShare.html",
    "owningAccountId is the account that owns the share",
)])
.rows(&["RAM-READ-08"]);

/// Name and flag can change.
pub static CHANGED_BY_UPDATE: Rule = replies(
    "share/changed-by-update",
    "An update answers with the share as it is then: the new name, the new allowExternalPrincipals.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_UpdateResourceShare.html",
        "name and allowExternalPrincipals can be changed; the answer holds the share",
    ),
    source(
        "github.com/localstack/localstack tests/aws/services/ram/test_ram.snapshot.json",
        "recorded against AWS: the answer to an update echoes the new name",
    ),
])
.rows(&["RAM-LIFE-01", "L4"]);

/// featureSet in lists.
pub static STANDARD_WHERE_LISTED: Rule = replies(
    "share/standard-where-listed",
    "A resource share that was made by CreateResourceShare is listed with the feature set STANDARD.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_ResourceShare.html",
        "STANDARD says that the share supports all functionality; the others come of resource policies",
    ),
    source(
        "github.com/cloud-custodian/cloud-custodian tests/data/placebo/test_resource_share_self_query",
        "recorded: own and foreign shares are listed as STANDARD",
    ),
])
.rows(&["RAM-SHARE-09", "L5", "F6"]);

/// featureSet in the answers to writes.
pub static FEATURE_SET_UNSAID_BY_WRITES: Rule = replies(
    "share/feature-set-unsaid-by-writes",
    "The answers to CreateResourceShare and UpdateResourceShare have no feature set.",
)
.recorded(&[source(
    "github.com/localstack/localstack tests/aws/services/ram/test_ram.snapshot.json",
    "recorded against AWS: neither answer has the member",
)])
.rows(&["RAM-SHARE-09", "L1", "L2", "L4"]);

/// The owner may update.
pub static UPDATED_BY_ITS_OWNER: Rule = grants(
    "share/updated-by-its-owner",
    "The owner can rename a resource share and open it to outsiders.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_UpdateResourceShare.html",
        "modifies properties of a share that the caller owns",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws internal/service/ram/resource_share_test.go",
        "the acceptance test turns allowExternalPrincipals from false to true",
    ),
])
.rows(&["RAM-LIFE-01", "RAM-LIFE-02"]);

/// An update of nothing.
pub static UPDATED_WITH_SOMETHING: Rule = refuses_somehow(
    "share/updated-with-something",
    "An update that changes neither the name nor allowExternalPrincipals is refused.",
    &["MissingRequiredParameterException", "InvalidParameterException"],
)
.open(
    "What does an update answer that names nothing to change?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_UpdateResourceShare.html",
        "marks both as optional, and lists an error for a missing parameter",
    )],
)
.rows(&["RAM-LIFE-01"]);

/// The owner may delete, whatever the share holds.
pub static DELETED_BY_ITS_OWNER: Rule = grants(
    "share/deleted-by-its-owner",
    "The owner can delete a resource share without emptying it first, and the answer is true.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_DeleteResourceShare.html",
        "deletes a share and ends the access of all its principals",
    ),
    source(
        "github.com/localstack/localstack tests/aws/services/ram/test_ram.snapshot.json",
        "recorded against AWS: returnValue is true",
    ),
])
.rows(&["RAM-LIFE-07", "RAM-LIFE-11", "L7"]);

/// DELETED is shown for a while.
pub static READABLE_AFTER_DELETION: Rule = replies(
    "share/readable-after-deletion",
    "A deleted resource share stays listed to its owner for about two hours, as DELETED.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/working-with-sharing-delete.html",
        "a deleted share stays visible for about two hours with its status DELETED",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws internal/service/ram/resource_share_test.go",
        "older revisions fail the destroy check unless the share reads DELETED",
    ),
])
.rows(&["RAM-LIFE-08", "RAM-09", "L9", "L10", "L11", "EC-10"]);

/// Shares that retain access.
pub static RETAINING_WHERE_ASKED: Rule = replies(
    "share/retaining-where-asked",
    "A resource share that was made to retain access for accounts that leave the organization says so.",
)
.inferred(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_ResourceShare.html",
    "has the configuration that a share was made with among its members",
)])
.rows(&["RAM-SHARE-18"]);

/// Principals of a share that retains access.
pub static RETAINING_INSIDE_THE_ORGANIZATION: Rule = grants(
    "share/retaining-inside-the-organization",
    "A resource share that retains access takes what keeps inside the organization, too.",
)
.open(
    "Does a share that retains access take allowExternalPrincipals=false, organizations, units and identities as principals, and types that stay inside the organization?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_ResourceShareConfiguration.html",
        "says what retaining means for accounts that leave, and not what it goes with",
    )],
)
.rows(&["RAM-SHARE-19"]);

/// The end of its listing.
pub static GONE_HOURS_AFTER_DELETION: Rule = replies(
    "share/gone-hours-after-deletion",
    "Some two hours after its deletion a resource share is not listed to its owner any more.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/userguide/working-with-sharing-delete.html",
    "a deleted share stays visible for about two hours",
)])
.rows(&["RAM-LIFE-08", "RAM-09", "EC-10"]);

/// The ACTIVE filter forgets it at once.
pub static ABSENT_FROM_ACTIVE_ONCE_DELETED: Rule = replies(
    "share/absent-from-active-once-deleted",
    "A deleted resource share is not among the ACTIVE ones any more.",
)
.recorded(&[source(
    "github.com/cloud-custodian/cloud-custodian tests/data/placebo/test_resource_share_self_delete",
    "the read after the delete call, filtered by ACTIVE, is empty",
)])
.rows(&["RAM-LIFE-09", "L8"]);

/// A share that does not exist for the caller.
pub static KNOWN_TO_THE_CALLER: Rule = refuses(
    "share/known-to-the-caller",
    "A call on a resource share that does not exist is refused as an unknown resource.",
    &["UnknownResourceException"],
)
.recorded(&[
    source(
        "github.com/hashicorp/terraform-provider-aws issue 18289",
        "disassociating from a share that is gone for the caller: 400 UnknownResourceException",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws internal/service/ram/resource_share.go",
        "update and delete of an unknown share answer UnknownResourceException",
    ),
])
.rows(&["RAM-ASSOC-12", "RAM-ASSOC-17", "RAM-LIFE-05", "A14", "F11"]);

/// Nobody but the owner writes.
pub static WRITTEN_BY_ITS_OWNER_ALONE: Rule = refuses_somehow(
    "share/written-by-its-owner-alone",
    "Only the owner of a resource share can change it, delete it, or change what it holds.",
    &["UnknownResourceException", "OperationNotPermittedException"],
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_UpdateResourceShare.html",
        "the call modifies a share that the caller owns",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/getting-started-terms-and-concepts.html",
        "consumers use what is shared; managing the share is the owner's",
    ),
])
.rows(&["RAM-LIFE-06", "RAM-ASSOC-16"]);

/// The answer to a write on a deleted share.
pub static FINAL_ONCE_DELETED: Rule = refuses_somehow(
    "share/final-once-deleted",
    "A deleted resource share takes no further writes.",
    &["UnknownResourceException", "InvalidStateTransitionException"],
)
.open(
    "What do a second delete, an update and an association on a DELETED share answer?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_DeleteResourceShare.html",
        "lists UnknownResourceException and InvalidStateTransitionException, and not which applies",
    )],
)
.rows(&["RAM-LIFE-12"]);

/// Closing a share that has outsiders.
pub static CLOSED_TO_OUTSIDERS_WHILE_THEY_ARE_IN: Rule = refuses_somehow(
    "share/closed-to-outsiders-while-they-are-in",
    "A resource share that holds outsiders can't be closed to them.",
    &["OperationNotPermittedException", "InvalidParameterException"],
)
.open(
    "Is allowExternalPrincipals=false refused while outsiders are pending or accepted, or are they dropped?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_UpdateResourceShare.html",
        "says nothing about principals that are in the share already",
    )],
)
.rows(&["RAM-LIFE-04"]);

/// Closing a share that holds resources, by an owner without organization sharing.
pub static CLOSED_TO_OUTSIDERS_OUTSIDE_AN_ORGANIZATION: Rule = refuses(
    "share/closed-to-outsiders-outside-an-organization",
    "A resource share that holds a transit gateway can't be closed to outsiders by an owner without organization sharing.",
    &["OperationNotPermittedException", "InvalidParameterException"],
)
.recorded(&[source(
    "github.com/hashicorp/terraform-provider-aws issue 7769",
    "turning the flag off on a share with a transit gateway: 400 OperationNotPermittedException; other calls give the same text with InvalidParameterException",
)])
.rows(&["RAM-LIFE-03", "O8"]);

/// Malformed share ARNs.
pub static NAMED_BY_AN_ARN: Rule = refuses(
    "share/named-by-an-arn",
    "A resource share is named by its ARN; any other text is malformed.",
    &["MalformedArnException", "UnknownResourceException", "InvalidParameterException"],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShares.html#API_GetResourceShares_Errors",
        "the calls that take a share's ARN fail when its format is not valid",
    ),
    source(
    "github.com/hashicorp/terraform-provider-aws issue 40360",
    "a broken share ARN: 400 MalformedArnException, the share ARN is not valid",
),
])
.rows(&["RAM-READ-15", "R3"]);

/// Promotion of a share that is promoted already.
pub static PROMOTED_FROM_A_POLICY: Rule = refuses_somehow(
    "share/promoted-from-a-policy",
    "Only a share that a resource policy brought about can be promoted; one that CreateResourceShare made is STANDARD already.",
    &["InvalidStateTransitionException", "OperationNotPermittedException"],
)
.inferred(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_PromoteResourceShareCreatedFromPolicy.html",
    "promotes shares whose feature set is CREATED_FROM_POLICY; the error for a wrong state is among those listed",
)])
.rows(&["RAM-PROMO-04"]);

/// Slashes.
pub static NAMED_WITHOUT_SLASHES: Rule = refuses(
    "share/named-without-slashes",
    "A share can't be made with a name that has a slash in it.",
    &["InvalidParameterException"],
)
.recorded(&[source(
    "github.com/aws-ia/terraform-aws-ipam issue 49",
    "CreateResourceShare with a slash in the name: InvalidParameterException, only letters, digits, spaces, periods and dashes are allowed",
)])
.rows(&["RAM-SHARE-07", "RAM-SHARE-08"]);

/// Odd names.
pub static NAMED_IN_KNOWN_LETTERS: Rule = refuses_somehow(
    "share/named-in-known-letters",
    "The name of a share is of letters, digits, spaces, periods, hyphens and underscores, fewer than 256 of them.",
    &["InvalidParameterException"],
)
.open(
    "Which characters and what length may the name of a share have, and what is another answered?",
    &[
        source(
            "https://docs.aws.amazon.com/ram/latest/userguide/working-with-sharing-create.html",
            "the console takes letters, digits, spaces, periods and hyphens, fewer than 256",
        ),
        source(
            "github.com/cloud-custodian/cloud-custodian tests/data/placebo/test_resource_share_other_query",
            "real names have underscores and a leading space, so the API takes more",
        ),
        source(
            "github.com/aws-ia/terraform-aws-ipam issue 49",
            "an answer lists letters, digits, spaces, periods and dashes; it has no underscore, which real names have",
        ),
    ],
)
.rows(&["RAM-SHARE-01", "RAM-SHARE-07", "RAM-SHARE-08"]);

/// Listed times.
pub static LISTED_WITH_ITS_TIMES: Rule = replies(
    "share/listed-with-its-times",
    "GetResourceShares shows when a share was created and last updated, to its owner and to consumers.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_ResourceShare.html",
        "both times are members of the share",
    ),
    source(
        "github.com/cloud-custodian/cloud-custodian tests/data/placebo/test_resource_share_other_query",
        "recorded: shares of others are listed with both times",
    ),
])
.rows(&["F6", "L14"]);

/// The writes that count as an update.
pub static UPDATED_BY_UPDATES_ALONE: Rule = replies(
    "share/updated-by-updates-alone",
    "A share was last updated when it was created, until UpdateResourceShare is called: associations and tags don't count.",
)
.recorded(&[
    source(
        "github.com/cloud-custodian/cloud-custodian tests/data/placebo/test_resource_share_self_query",
        "recorded: the time of the last update stays that of the creation, to the millisecond, while tags come and go",
    ),
    source(
        "github.com/cloud-custodian/cloud-custodian tests/data/placebo/test_resource_share_disassociate_all",
        "recorded: and while principals do",
    ),
])
.rows(&["RAM-SHARE-10", "RAM-ASSOC-26", "L2", "L14"]);
