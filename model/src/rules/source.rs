//! Sources: where the service principals of a share may act from.

use super::{Rule, grants, refuses_somehow, replies, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &TAKEN_WITH_A_SERVICE,
    &GIVEN_BESIDE_A_SERVICE,
    &IN_AN_ACCEPTED_FORM,
    &NAMED_ONCE,
    &ENDED_BY_THE_OWNER,
    &ONE_REMAINS,
    &ANSWERED_BY_A_ROW,
    &LISTED_TO_THE_OWNER,
    &SETTLED_BY_ITSELF,
    &UNLISTED_TO_OTHERS,
    &FILTERED,
    &FILTERED_BY_TYPE,
    &LISTED_ONCE_GONE,
    &LISTED_AMONG_ASSOCIATIONS,
];

/// A service principal and an account that it may act for.
pub static TAKEN_WITH_A_SERVICE: Rule = grants(
    "source/taken-with-a-service",
    "The owner can name a service principal and where it may act from, for an empty share that is open to everybody.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_AssociateResourceShare.html",
        "sources limit from where the service principals of the share can use it",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws internal/service/ram/resource_share_associations_exclusive_test.go",
        "against AWS: an empty share takes pca-connector-ad.amazonaws.com with the owner's account as source, and lists the principal ASSOCIATED",
    ),
])
.rows(&["RAM-SHARE-17", "RAM-PRIN-10"]);

/// Sources without a service.
pub static GIVEN_BESIDE_A_SERVICE: Rule = refuses_somehow(
    "source/given-beside-a-service",
    "Sources are given only to a share that holds a service principal.",
    &["InvalidParameterException", "OperationNotPermittedException"],
)
.open(
    "What does RAM answer where sources are named for a share without a service principal?",
    &[source(
        "github.com/hashicorp/terraform-provider-aws internal/service/ram/resource_share_associations_exclusive.go",
        "the provider forbids it before it calls, and does not say what RAM would answer",
    )],
)
.rows(&["RAM-SHARE-17", "P14"]);

/// Forms of sources.
pub static IN_AN_ACCEPTED_FORM: Rule = refuses_somehow(
    "source/in-an-accepted-form",
    "A source is an account id, an ARN, an organization's id or a path in an organization.",
    &["InvalidParameterException", "MalformedArnException"],
)
.open(
    "What does RAM answer to a source that is in none of the documented forms?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_AssociateResourceShare.html",
        "names the forms, and no error",
    )],
)
.rows(&["RAM-SHARE-17"]);

/// The same source again.
pub static NAMED_ONCE: Rule = grants(
    "source/named-once",
    "A source that is named twice, or that the share has already, counts once.",
)
.open(
    "What does a call answer that names a source twice, or one that is there already?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_AssociateResourceShare.html",
        "says nothing of repeated entries",
    )],
)
.rows(&["RAM-SHARE-17"]);

/// Taking a source out.
pub static ENDED_BY_THE_OWNER: Rule = grants(
    "source/ended-by-the-owner",
    "The owner can take a source out of a share, its service principals stay.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_DisassociateResourceShare.html",
    "sources can be removed one by one while the associations of services are kept",
)])
.rows(&["RAM-PRIN-11"]);

/// The last source.
pub static ONE_REMAINS: Rule = refuses_somehow(
    "source/one-remains",
    "The last source of a share can't be taken out while a service principal is in it.",
    &["InvalidParameterException", "OperationNotPermittedException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_DisassociateResourceShare.html",
    "one source at least has to remain where there are service principals",
)])
.rows(&["RAM-PRIN-11"]);

/// Rows of writes.
pub static ANSWERED_BY_A_ROW: Rule = replies(
    "source/answered-by-a-row",
    "AssociateResourceShare and DisassociateResourceShare answer with a row for each source.",
)
.open(
    "Do the answers of AssociateResourceShare and DisassociateResourceShare have rows for sources?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_ResourceShareAssociation.html",
        "SOURCE is one of the types that an association can have; no sample shows such a row",
    )],
)
.rows(&["RAM-READ-09", "RAM-PRIN-11"]);

/// ListSourceAssociations.
pub static LISTED_TO_THE_OWNER: Rule = replies(
    "source/listed-to-the-owner",
    "ListSourceAssociations shows the owner each source of its shares.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_ListSourceAssociations.html",
    "lists the associations of sources, for the owners of shares",
)])
.rows(&["RAM-PRIN-11", "P14"]);

/// The status of a source.
pub static SETTLED_BY_ITSELF: Rule = replies(
    "source/settled-by-itself",
    "A source becomes ASSOCIATED without anybody's doing.",
)
.inferred(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_AssociatedSource.html",
        "a source's association has a status",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/getting-started-terms-and-concepts.html",
        "a service principal needs no acceptance, so its sources can't wait for one",
    ),
])
.rows(&["RAM-PRIN-11"]);

/// Sources of the shares of others.
pub static UNLISTED_TO_OTHERS: Rule = replies(
    "source/unlisted-to-others",
    "ListSourceAssociations shows nobody the sources of another account's share.",
)
.inferred(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_ListSourceAssociations.html",
    "speaks of the owners of shares alone",
)])
.rows(&["RAM-PRIN-11"]);

/// Filters of ListSourceAssociations.
pub static FILTERED: Rule = replies(
    "source/filtered",
    "ListSourceAssociations narrowed to shares, a source or a status lists only what fits all of them.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_ListSourceAssociations.html",
    "results can be filtered by the ARNs of shares, by source and by status",
)])
.rows(&["RAM-PRIN-11"]);

/// Types of sources.
pub static FILTERED_BY_TYPE: Rule = replies(
    "source/filtered-by-type",
    "ListSourceAssociations narrowed to a type of sources lists only those.",
)
.open(
    "Which words are the types of sources, and what does a word answer that is none?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_ListSourceAssociations.html",
        "has the filter, and no list of its values",
    )],
)
.rows(&["RAM-PRIN-11"]);

/// Sources that ended.
pub static LISTED_ONCE_GONE: Rule = replies(
    "source/listed-once-gone",
    "A source that was taken out, or whose share or services are gone, is listed DISASSOCIATED.",
)
.open(
    "Is a source still listed once it was taken out, or once its share or its last service principal is gone?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_ListSourceAssociations.html",
        "does not say what becomes of a source that ended",
    )],
)
.rows(&["RAM-PRIN-11"]);

/// GetResourceShareAssociations and sources.
pub static LISTED_AMONG_ASSOCIATIONS: Rule = replies(
    "source/listed-among-associations",
    "GetResourceShareAssociations lists sources where it is asked for the type SOURCE.",
)
.open(
    "What does GetResourceShareAssociations answer to the type SOURCE?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShareAssociations.html",
        "takes a type that can be SOURCE by its list of values, and tells of principals and resources alone",
    )],
)
.rows(&["RAM-READ-09"]);
