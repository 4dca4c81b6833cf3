//! Associations: what joins and leaves a share, and how it is shown.

use super::{Rule, grants, refuses, refuses_somehow, replies, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &ANSWERED_IN_TRANSITION,
    &ANSWERED_WITHOUT_TIMES,
    &LISTED_WITH_ITS_TIMES,
    &CREATED_WITH_ITS_SHARE,
    &SETTLED_BY_ITSELF,
    &WAITING_FOR_ACCEPTANCE,
    &SETTLED_BY_ACCEPTANCE,
    &LISTED_AFTER_DISASSOCIATION,
    &LISTED_FOR_A_WHILE,
    &ASSOCIATED_AGAIN,
    &MADE_BY_THE_OWNER,
    &ENDED_BY_THE_OWNER,
    &REPEATED_HARMLESSLY,
    &ENDED_ONLY_WHERE_IT_IS,
    &ENDED_WHILE_WAITING,
    &OF_SOMETHING,
    &LEFT_BY_ITS_CONSUMER,
    &LEFT_BY_INVITED_ACCOUNTS_ALONE,
    &LEFT_BEFORE_ACCEPTANCE,
    &OF_RESOURCES_THAT_EXIST,
    &OF_OUTSIDERS_AND_INSIDE_RESOURCES,
    &OF_A_DELETED_SHARE,
];

/// The answer is never the final state.
pub static ANSWERED_IN_TRANSITION: Rule = replies(
    "association/answered-in-transition",
    "AssociateResourceShare and DisassociateResourceShare answer with a row per entity, ASSOCIATING or DISASSOCIATING.",
)
.documented_and_recorded(&[
    source(
        "github.com/aws/aws-cli awscli/examples/ram/associate-resource-share.rst",
        "the sample answer has one row, ASSOCIATING",
    ),
    source(
        "github.com/cloud-custodian/cloud-custodian tests/data/placebo/test_resource_share_disassociate_all",
        "two principals taken out in one call: two rows, both DISASSOCIATING",
    ),
])
.rows(&["RAM-ASSOC-01", "A1", "A2", "A3"]);

/// Resources and members settle.
pub static SETTLED_BY_ITSELF: Rule = replies(
    "association/settled-by-itself",
    "A resource, and a principal that needs no invitation, becomes ASSOCIATED without anybody's doing.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/working-with-sharing-update.html",
        "the association completes by itself, in some minutes at most",
    ),
    source(
        "github.com/cloud-custodian/cloud-custodian tests/data/placebo (RAM recordings)",
        "members of the organization are ASSOCIATED after one to four seconds",
    ),
])
.rows(&["RAM-ASSOC-02", "RAM-INV-03", "W1", "W2", "W4", "W5", "W6"]);

/// Outsiders wait.
pub static WAITING_FOR_ACCEPTANCE: Rule = replies(
    "association/waiting-for-acceptance",
    "The row of an invited account stays ASSOCIATING for as long as nobody answers the invitation.",
)
.recorded(&[source(
    "github.com/hashicorp/terraform-provider-aws internal/service/ram/principal_association.go",
    "does not wait for account principals, since they stay ASSOCIATING until they accept",
)])
.rows(&["RAM-INV-08", "I15"]);

/// Acceptance settles.
pub static SETTLED_BY_ACCEPTANCE: Rule = replies(
    "association/settled-by-acceptance",
    "The row of an invited account becomes ASSOCIATED when it accepts.",
)
.recorded(&[source(
    "a README with CLI transcripts of a shared transit gateway, February 2019",
    "the row made with the share turns ASSOCIATED after the acceptance, external true",
)])
.rows(&["RAM-INV-12", "I15", "W18"]);

/// Rows do not vanish.
pub static LISTED_AFTER_DISASSOCIATION: Rule = replies(
    "association/listed-after-disassociation",
    "What was taken out of a share stays listed to the owner as DISASSOCIATED.",
)
.recorded(&[source(
    "github.com/cloud-custodian/cloud-custodian tests/data/placebo/test_resource_share_disassociate_all_no_associations",
    "after the disassociation both rows are returned without a filter, DISASSOCIATED",
)])
.rows(&["RAM-ASSOC-05", "RAM-READ-13", "A4", "A6", "F3", "W7"]);

/// Rows vanish in the end, presumably.
pub static LISTED_FOR_A_WHILE: Rule = replies(
    "association/listed-for-a-while",
    "What was taken out of a share leaves the lists some time later.",
)
.open(
    "How long does what was taken out of a share stay listed as DISASSOCIATED?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/userguide/working-with-sharing-delete.html",
        "gives about two hours for deleted shares, and nothing for what was taken out of one",
    )],
)
.rows(&["RAM-ASSOC-06"]);

/// One row per share and entity.
pub static ASSOCIATED_AGAIN: Rule = replies(
    "association/associated-again",
    "Associating what was taken out replaces its row: a share has one row per entity.",
)
.inferred(&[source(
    "github.com/cloud-custodian/cloud-custodian tests/data/placebo/test_resource_share_disassociate_matched",
    "two recordings of one share, read together, show fresh rows and no older ones",
)])
.rows(&["RAM-ASSOC-07", "A7"]);

/// The owner may add.
pub static MADE_BY_THE_OWNER: Rule = grants(
    "association/made-by-the-owner",
    "The owner of a resource share can add resources of its own and principals to it.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_AssociateResourceShare.html",
    "adds principals and resources to a share",
)])
.rows(&["RAM-ASSOC-01", "RAM-PRIN-01", "RAM-INV-03"]);

/// The owner may take out.
pub static ENDED_BY_THE_OWNER: Rule = grants(
    "association/ended-by-the-owner",
    "The owner of a resource share can take resources and principals out of it.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_DisassociateResourceShare.html",
    "removes principals and resources from a share",
)])
.rows(&["RAM-ASSOC-27"]);

/// Associating what is there.
pub static REPEATED_HARMLESSLY: Rule = grants(
    "association/repeated-harmlessly",
    "Associating what is in the share already is no error and adds no row.",
)
.inferred(&[source(
    "github.com/hashicorp/terraform-provider-aws internal/service/ram/resource_association.go",
    "the provider looks first to be able to report a duplicate, which the service does not",
)])
.rows(&["RAM-ASSOC-08", "A11"]);

/// Taking out what is not there.
pub static ENDED_ONLY_WHERE_IT_IS: Rule = refuses_somehow(
    "association/ended-only-where-it-is",
    "What is not in a share can't be taken out of it.",
    &["UnknownResourceException", "InvalidParameterException"],
)
.open(
    "What does disassociating an entity answer that was never, or is no longer, in the share?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_DisassociateResourceShare.html",
        "lists errors and does not say what happens for an entity that is not in the share",
    )],
)
.rows(&["RAM-ASSOC-11"]);

/// Taking out what still waits.
pub static ENDED_WHILE_WAITING: Rule = grants(
    "association/ended-while-waiting",
    "A principal that has not answered its invitation can be taken out.",
)
.open(
    "When is a disassociation refused because a row is ASSOCIATING?",
    &[
        source(
            "github.com/hashicorp/terraform-provider-aws issue 13458",
            "one such call was refused: an association was in ASSOCIATING status",
        ),
        source(
            "github.com/hashicorp/terraform-provider-aws internal/service/ram/principal_association_test.go",
            "yet the acceptance tests take out accounts that never answered",
        ),
    ],
)
.rows(&["RAM-ASSOC-09", "RAM-ASSOC-10"]);

/// Empty calls.
pub static OF_SOMETHING: Rule = refuses_somehow(
    "association/of-something",
    "A call that names neither resources nor principals is refused.",
    &["InvalidParameterException"],
)
.open(
    "What does an association without resources and principals answer?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_AssociateResourceShare.html",
        "marks neither list as required",
    )],
)
.rows(&["RAM-ASSOC-13"]);

/// A consumer leaves.
pub static LEFT_BY_ITS_CONSUMER: Rule = grants(
    "association/left-by-its-consumer",
    "An account that accepted an invitation can leave the share by naming itself, where the types in the share allow it.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/userguide/working-with-shared-leave.html",
    "a consumer leaves by disassociating its own account; lists the types that allow it",
)])
.rows(&["RAM-ASSOC-14", "RAM-10"]);

/// Members can't leave.
pub static LEFT_BY_INVITED_ACCOUNTS_ALONE: Rule = refuses(
    "association/left-by-invited-accounts-alone",
    "An account that has access as a member of the organization can't leave a share.",
    &["OperationNotPermittedException"],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/working-with-shared-leave.html",
        "leaving is for accounts added one by one, not from within an organization with sharing on",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws issue 19319",
        "a refused leave: OperationNotPermittedException",
    ),
])
.rows(&["RAM-ASSOC-15", "RAM-10", "A15"]);

/// Leaving what one has not accepted.
pub static LEFT_BEFORE_ACCEPTANCE: Rule = refuses_somehow(
    "association/left-before-acceptance",
    "An account that has not accepted an invitation can't leave the share.",
    &["UnknownResourceException", "OperationNotPermittedException"],
)
.open(
    "What does leaving a share answer while its invitation waits, or after it was rejected?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/userguide/working-with-shared-leave.html",
        "tells of accounts that have access only",
    )],
)
.rows(&["RAM-ASSOC-15"]);

/// Sharing resources that do not exist.
pub static OF_RESOURCES_THAT_EXIST: Rule = refuses_somehow(
    "association/of-resources-that-exist",
    "A resource that does not exist can't be shared.",
    &["UnknownResourceException", "InvalidParameterException", "MalformedArnException"],
)
.open(
    "Is a well-formed ARN of a missing resource refused at once, or does its row become FAILED?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_AssociateResourceShare.html",
        "lists UnknownResourceException without saying what is unknown",
    )],
)
.rows(&["RAM-ASSOC-22", "RAM-13"]);

/// Outsiders beside resources that may not leave the organization.
pub static OF_OUTSIDERS_AND_INSIDE_RESOURCES: Rule = refuses_somehow(
    "association/of-outsiders-and-inside-resources",
    "A share can't hold an outsider and a resource that may not leave the organization.",
    &["InvalidParameterException", "OperationNotPermittedException"],
)
.open(
    "Is an outsider beside an organization-only resource refused, or does a row become FAILED?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/userguide/shareable.html",
        "says only that the type can't be shared outside the organization",
    )],
)
.rows(&["RAM-PRIN-23"]);

/// Rows of deleted shares.
pub static OF_A_DELETED_SHARE: Rule = replies(
    "association/of-a-deleted-share",
    "The rows of a deleted share are DISASSOCIATED or gone.",
)
.open(
    "Are the association rows of a deleted share listed, and with which status?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/userguide/working-with-sharing-delete.html",
        "tells of the share, not of its associations",
    )],
)
.rows(&["RAM-LIFE-13"]);

/// The members of rows in the answers of writes.
pub static ANSWERED_WITHOUT_TIMES: Rule = replies(
    "association/answered-without-times",
    "The rows that AssociateResourceShare and DisassociateResourceShare answer have neither times nor the name of the share.",
)
.documented_and_recorded(&[
    source(
        "github.com/aws/aws-cli awscli/examples/ram/associate-resource-share.rst",
        "the row in the sample answer has five members",
    ),
    source(
        "github.com/cloud-custodian/cloud-custodian tests/data/placebo/test_resource_share_disassociate_all",
        "recorded: each row has its share, entity, type and status, and whether it is external",
    ),
])
.rows(&["RAM-ASSOC-01", "A1"]);

/// The members of listed rows.
pub static LISTED_WITH_ITS_TIMES: Rule = replies(
    "association/listed-with-its-times",
    "GetResourceShareAssociations shows of each row the name of its share, and when it was created and last updated.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_ResourceShareAssociation.html",
        "all three are members of an association",
    ),
    source(
        "github.com/cloud-custodian/cloud-custodian tests/data/placebo/test_resource_share_disassociate_all",
        "recorded: every listed row has them",
    ),
])
.rows(&["RAM-ASSOC-01", "A1", "A4"]);

/// The beginning of associations.
pub static CREATED_WITH_ITS_SHARE: Rule = replies(
    "association/created-with-its-share",
    "What CreateResourceShare is given is associated from the creation of the share on, also where it has to be accepted first.",
)
.recorded(&[source(
    "github.com/cloud-custodian/cloud-custodian tests/data/placebo/test_resource_share_disassociate_all",
    "recorded: the principals given to the create call have the creation time of the share, to the millisecond; a transcript of 2019 shows the same of resources",
)])
.rows(&["RAM-SHARE-10", "RAM-INV-12", "A8", "A9"]);
