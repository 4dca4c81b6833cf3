//! Reads of RAM: what is listed to whom, and which filters go together.

use super::{Rule, grants, refuses, refuses_somehow, replies, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &GRANTED,
    &OWN_SHARES_LISTED,
    &FOREIGN_SHARES_LISTED_ONCE_USABLE,
    &PENDING_SHARES_UNLISTED,
    &SHARES_UNLISTED_WITHOUT_ACCESS,
    &UNKNOWN_SHARE_REFUSED,
    &ENDED_SHARE_REFUSED,
    &SHARE_OF_THE_OTHER_SIDE_REFUSED,
    &SHARES_FILTERED_BY_ARN,
    &SHARES_FILTERED_BY_NAME,
    &SHARES_FILTERED_BY_STATUS,
    &OWNER_STATED,
    &ASSOCIATION_TYPE_STATED,
    &STATUS_AND_SHARES_APART,
    &ENTITY_OF_ITS_TYPE,
    &ASSOCIATIONS_OF_OWN_SHARES,
    &ASSOCIATIONS_FILTERED_BY_STATUS,
    &ASSOCIATIONS_OF_FOREIGN_SHARES,
    &RESOURCES_LISTED_TO_THEIR_OWNER,
    &RESOURCES_LISTED_TO_CONSUMERS,
    &SHOWN_AVAILABLE,
    &RESOURCES_UNLISTED_WITHOUT_ACCESS,
    &PRINCIPALS_LISTED_TO_THE_OWNER,
    &OWNERS_LISTED_TO_CONSUMERS,
    &UNSETTLED_ROWS_LISTED,
    &RESOURCES_FILTERED,
    &PRINCIPALS_FILTERED,
    &INVITATIONS_FILTERED,
    &TYPES_FILTERED_BY_SCOPE,
    &FILTERED_BY_UNKNOWN_THINGS,
    &FILTERED_BY_ENTITIES_OF_OTHERS,
    &TYPE_STATED,
    &SCOPE_STATED,
    &STATUS_STATED,
    &LISTED_TO_THE_END,
    &PAGES_NO_LARGER_THAN_ASKED,
    &PAGE_SIZE_IN_RANGE,
    &TOKEN_OF_AN_EARLIER_PAGE,
    &POLICIES_SHOWN_TO_THEIR_OWNER,
    &POLICIES_OF_WHAT_EXISTS,
    &POLICIES_OF_OWN_RESOURCES,
    &POLICIES_OF_UNSHARED_RESOURCES,
    &POLICIES_FILTERED_BY_PRINCIPAL,
];

/// Reads are open to everybody.
pub static GRANTED: Rule =
    grants("read/granted", "Any account can list what it shares and what is shared with it.")
        .documented(&[source(
            "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShares.html",
            "retrieves the shares that the caller owns or that are shared with it",
        )])
        .rows(&["RAM-READ-05"]);

/// SELF.
pub static OWN_SHARES_LISTED: Rule = replies(
    "read/own-shares-listed",
    "GetResourceShares with resourceOwner SELF lists the shares that the caller owns, and no others.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShares.html",
        "SELF stands for the shares that the caller owns",
    ),
    source(
        "github.com/cloud-custodian/cloud-custodian tests/data/placebo/test_resource_share_self_query",
        "recorded: own shares with status and flag",
    ),
])
.rows(&["RAM-READ-05", "L5", "RAM-READ-28"]);

/// OTHER-ACCOUNTS.
pub static FOREIGN_SHARES_LISTED_ONCE_USABLE: Rule = replies(
    "read/foreign-shares-listed-once-usable",
    "GetResourceShares with resourceOwner OTHER-ACCOUNTS lists the shares of others that the caller can use now.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShares.html",
        "OTHER-ACCOUNTS stands for the shares that others share with the caller",
    ),
    source(
        "github.com/cloud-custodian/cloud-custodian tests/data/placebo/test_resource_share_other_query",
        "recorded: foreign shares with owner, flag and status",
    ),
])
.rows(&["RAM-READ-05", "RAM-READ-08", "F6", "W10"]);

/// Pending shares are invisible.
pub static PENDING_SHARES_UNLISTED: Rule = replies(
    "read/pending-shares-unlisted",
    "A share whose invitation has not been accepted is not listed to the account invited.",
)
.recorded(&[
    source(
        "github.com/aws/aws-cli issue 8951",
        "with an invitation waiting, the list of foreign shares is empty, filtered or not",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws issue 42252",
        "a filter by status PENDING finds nothing either",
    ),
])
.rows(&["RAM-INV-09", "I7", "I9"]);

/// Shares of others without access.
pub static SHARES_UNLISTED_WITHOUT_ACCESS: Rule = replies(
    "read/shares-unlisted-without-access",
    "A share that grants an account nothing, or no longer does, is not listed to it as ACTIVE.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/working-with-shared-view-sr.html",
        "an account views the shares that it has access to",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws internal/service/ram/resource_share_accepter_test.go",
        "after the end: unknown, an empty list, or DELETED; never ACTIVE for long",
    ),
])
.rows(&["RAM-LIFE-10", "I12"]);

/// ARNs that grant nothing yet are errors.
pub static UNKNOWN_SHARE_REFUSED: Rule = refuses(
    "read/unknown-share-refused",
    "Asking by ARN for a share of others that the caller was never granted, or has yet to accept, is an error, not an empty list.",
    &["UnknownResourceException"],
)
.recorded(&[
    source(
        "github.com/hashicorp/terraform-provider-aws issue 36791",
        "a receiver asks for the share by ARN just before it accepts: UnknownResourceException",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws internal/service/ram/find.go",
        "treats UnknownResourceException as not found",
    ),
])
.rows(&["RAM-READ-07", "RAM-INV-10", "I8"]);

/// ARNs that grant nothing any more.
pub static ENDED_SHARE_REFUSED: Rule = refuses_somehow(
    "read/ended-share-refused",
    "Asking by ARN for a share of others whose access has ended for the caller is an error, or finds nothing.",
    &["UnknownResourceException"],
)
.inferred(&[source(
    "github.com/hashicorp/terraform-provider-aws internal/service/ram/resource_share_accepter_test.go",
    "after the end the client takes an unknown share, an empty list and the status DELETED alike",
)])
.rows(&["RAM-READ-07", "RAM-LIFE-10"]);

/// Own shares among those of others, and the other way round.
pub static SHARE_OF_THE_OTHER_SIDE_REFUSED: Rule = refuses_somehow(
    "read/share-of-the-other-side-refused",
    "Asking by ARN for a foreign share with SELF, or for an own one with OTHER-ACCOUNTS, is an error, or finds nothing.",
    &["UnknownResourceException"],
)
.inferred(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShares.html",
    "resourceOwner chooses between own shares and those of others; an ARN of the other side is not spoken of",
)])
.rows(&["RAM-READ-05", "RAM-READ-07"]);

/// The ARN filter.
pub static SHARES_FILTERED_BY_ARN: Rule = replies(
    "read/shares-filtered-by-arn",
    "GetResourceShares with resourceShareArns lists only the shares of these ARNs.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShares.html",
    "resourceShareArns stands for individual shares that the caller wants to see",
)])
.rows(&["RAM-READ-06"]);

/// The name filter.
pub static SHARES_FILTERED_BY_NAME: Rule = replies(
    "read/shares-filtered-by-name",
    "GetResourceShares with a name lists only the shares of exactly this name.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShares.html",
    "name stands for one individual share's name",
)])
.rows(&["RAM-READ-06"]);

/// The status filter.
pub static SHARES_FILTERED_BY_STATUS: Rule = replies(
    "read/shares-filtered-by-status",
    "GetResourceShares with a resourceShareStatus lists only the shares in this status.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShares.html",
    "resourceShareStatus stands for the shares that have this status",
)])
.rows(&["RAM-READ-06"]);

/// resourceOwner.
pub static OWNER_STATED: Rule = refuses(
    "read/owner-stated",
    "resourceOwner is SELF or OTHER-ACCOUNTS; any other value is refused.",
    &["InvalidParameterException"],
)
.inferred(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShares.html",
    "the parameter is required and has these two values; the code follows from the list of errors",
)])
.rows(&["RAM-READ-04", "F8"]);

/// associationType.
pub static ASSOCIATION_TYPE_STATED: Rule = refuses(
    "read/association-type-stated",
    "associationType is PRINCIPAL or RESOURCE; any other value is refused.",
    &["InvalidParameterException"],
)
.inferred(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShareAssociations.html",
    "the parameter is required and has these values; the code follows from the list of errors",
)])
.rows(&["RAM-READ-09"]);

/// An illegal pair of filters.
pub static STATUS_AND_SHARES_APART: Rule = refuses(
    "read/status-and-shares-apart",
    "GetResourceShareAssociations does not take resourceShareArns and associationStatus together.",
    &["InvalidParameterException"],
)
.recorded(&[source(
    "github.com/cloud-custodian/cloud-custodian c7n/resources/ram.py",
    "a comment quotes the live error: the two can't be used in one request",
)])
.rows(&["RAM-READ-11", "F1"]);

/// The other illegal pairs.
pub static ENTITY_OF_ITS_TYPE: Rule = refuses_somehow(
    "read/entity-of-its-type",
    "GetResourceShareAssociations takes resourceArn only for RESOURCE, and principal only for PRINCIPAL.",
    &["InvalidParameterException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShareAssociations.html",
    "each of the two can't be specified with the other association type; no code is given",
)])
.rows(&["RAM-READ-10", "F9"]);

/// GetResourceShareAssociations.
pub static ASSOCIATIONS_OF_OWN_SHARES: Rule = replies(
    "read/associations-of-own-shares",
    "GetResourceShareAssociations lists what is associated with the shares that the caller owns, and nothing that never was.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShareAssociations.html",
        "retrieves the associations for shares that the caller owns",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws internal/service/ram/principal_association.go",
        "finds a principal's row by share and principal",
    ),
])
.rows(&["RAM-READ-12", "RAM-READ-13", "F2", "A13", "RAM-ASSOC-25"]);

/// The status filter of associations.
pub static ASSOCIATIONS_FILTERED_BY_STATUS: Rule = replies(
    "read/associations-filtered-by-status",
    "GetResourceShareAssociations with an associationStatus lists only the associations in this status.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShareAssociations.html",
    "associationStatus stands for the associations that have this status",
)])
.rows(&["RAM-READ-13"]);

/// The rows that consumers get of GetResourceShareAssociations.
pub static ASSOCIATIONS_OF_FOREIGN_SHARES: Rule = replies(
    "read/associations-of-foreign-shares",
    "GetResourceShareAssociations shows a consumer nothing of a share that it uses.",
)
.open(
    "What does GetResourceShareAssociations answer to a consumer of the share: nothing, an error, or its own row?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShareAssociations.html",
        "tells of shares that the caller owns",
    )],
)
.rows(&["RAM-READ-14"]);

/// ListResources SELF.
pub static RESOURCES_LISTED_TO_THEIR_OWNER: Rule = replies(
    "read/resources-listed-to-their-owner",
    "ListResources with resourceOwner SELF lists what the caller shares, one row per resource and share.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_ListResources.html",
        "SELF stands for the resources that the caller shares with others",
    ),
    source(
        "github.com/aws/aws-cli awscli/examples/ram/list-resources.rst",
        "the sample has a row with the resource, its type and its share",
    ),
])
.rows(&["RAM-READ-16", "RAM-ASSOC-18"]);

/// ListResources OTHER-ACCOUNTS.
pub static RESOURCES_LISTED_TO_CONSUMERS: Rule = replies(
    "read/resources-listed-to-consumers",
    "ListResources with resourceOwner OTHER-ACCOUNTS lists what others share with the caller.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_ListResources.html",
        "OTHER-ACCOUNTS stands for the resources that others share with the caller",
    ),
    source(
        "github.com/awslabs/landing-zone-accelerator-on-aws (get-resource-share-item)",
        "production code finds the shared resource's id this way",
    ),
])
.rows(&["RAM-READ-16", "RAM-READ-17", "F14", "RAM-12"]);

/// ListResources without access.
pub static RESOURCES_UNLISTED_WITHOUT_ACCESS: Rule = replies(
    "read/resources-unlisted-without-access",
    "ListResources does not list what no share grants the caller, or no longer does.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_ListResources.html",
    "lists resources that were added to a share that the caller can access",
)])
.rows(&["RAM-READ-16", "RAM-09"]);

/// ListPrincipals SELF.
pub static PRINCIPALS_LISTED_TO_THE_OWNER: Rule = replies(
    "read/principals-listed-to-the-owner",
    "ListPrincipals with resourceOwner SELF lists those the caller shares with.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_ListPrincipals.html",
    "SELF stands for the principals that the caller shares with",
)])
.rows(&["RAM-READ-20"]);

/// ListPrincipals OTHER-ACCOUNTS.
pub static OWNERS_LISTED_TO_CONSUMERS: Rule = replies(
    "read/owners-listed-to-consumers",
    "ListPrincipals with resourceOwner OTHER-ACCOUNTS lists the accounts that share with the caller, never its fellow consumers.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/working-with-shared-view-principals.html",
        "the page of principals that share with you lists the owners",
    ),
    source(
        "github.com/aws/aws-cli awscli/examples/ram/list-principals.rst",
        "the sample lists account ids",
    ),
])
.rows(&["RAM-READ-20", "RAM-READ-21"]);

/// ListResources and ListPrincipals of rows on their way.
pub static UNSETTLED_ROWS_LISTED: Rule = replies(
    "read/unsettled-rows-listed",
    "ListResources and ListPrincipals list rows that are on their way in or out.",
)
.open(
    "Do ListPrincipals and ListResources with SELF include rows that are ASSOCIATING, FAILED or DISASSOCIATED?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_ListPrincipals.html",
        "the rows bear no association status",
    )],
)
.rows(&["RAM-READ-22"]);

/// The filters of ListResources.
pub static RESOURCES_FILTERED: Rule = replies(
    "read/resources-filtered",
    "ListResources lists only what fits each filter: shares, resources, the type in any case of letters, its region scope, the principal.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_ListResources.html",
        "each of the parameters narrows the list to what it names",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_Resource.html",
        "a resource's type is case-insensitive",
    ),
])
.rows(&["RAM-READ-16", "RAM-READ-19"]);

/// The filters of ListPrincipals.
pub static PRINCIPALS_FILTERED: Rule = replies(
    "read/principals-filtered",
    "ListPrincipals lists only what fits each filter: shares, principals, the resource, the type in any case of letters.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_ListPrincipals.html",
        "each of the parameters narrows the list to what it names",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_Resource.html",
        "a resource's type is case-insensitive",
    ),
])
.rows(&["RAM-READ-20", "RAM-READ-19"]);

/// The filters of GetResourceShareInvitations.
pub static INVITATIONS_FILTERED: Rule = replies(
    "read/invitations-filtered",
    "GetResourceShareInvitations lists only the invitations and the shares that it is asked for.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShareInvitations.html",
    "the ARNs of invitations and of shares narrow the list",
)])
.rows(&["RAM-INV-07"]);

/// The filter of ListResourceTypes.
pub static TYPES_FILTERED_BY_SCOPE: Rule = replies(
    "read/types-filtered-by-scope",
    "ListResourceTypes with a resourceRegionScope lists only the types that are regional, or global.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_ListResourceTypes.html",
    "the scope is ALL, REGIONAL or GLOBAL; ALL where it is left out",
)])
.rows(&["RAM-READ-24"]);

/// Filters by what does not exist, or not for the caller.
pub static FILTERED_BY_UNKNOWN_THINGS: Rule = replies(
    "read/filtered-by-unknown-things",
    "A list that is narrowed to what the caller can't see is granted, and empty.",
)
.open(
    "Do RAM's lists answer an error or an empty list when asked for a share, resource or invitation that is unknown to the caller, or for a principal of no known form?",
    &[
        source(
            "https://docs.aws.amazon.com/ram/latest/APIReference/API_ListResources.html#API_ListResources_Errors",
            "lists UnknownResourceException, and not when it applies",
        ),
        source(
            "github.com/hashicorp/terraform issue 32068",
            "a client that looks for an invitation to a share which needs none says that there is none, as it would on an empty list and on an error",
        ),
    ],
)
.rows(&["RAM-READ-07"]);

/// Filters of consumers by principals.
pub static FILTERED_BY_ENTITIES_OF_OTHERS: Rule = replies(
    "read/filtered-by-entities-of-others",
    "A consumer's list that is narrowed to principals shows what is shared with them.",
)
.open(
    "What do the filters by principal mean with resourceOwner OTHER-ACCOUNTS: the owner that shares, or the consumer itself?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_ListPrincipals.html",
        "tells what the filter is for the caller's own shares alone",
    )],
)
.rows(&["RAM-READ-21"]);

/// resourceType.
pub static TYPE_STATED: Rule = refuses(
    "read/type-stated",
    "ListResources refuses a resourceType that RAM does not know.",
    &["InvalidResourceTypeException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_ListResources.html#API_ListResources_Errors",
    "fails with this exception where the resource type is not valid",
)])
.rows(&["RAM-READ-18"]);

/// resourceRegionScope.
pub static SCOPE_STATED: Rule = refuses(
    "read/scope-stated",
    "resourceRegionScope is ALL, REGIONAL or GLOBAL; any other value is refused.",
    &["InvalidParameterException"],
)
.inferred(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_ListResourceTypes.html",
    "the parameter has these values; the code follows from the list of errors",
)])
.rows(&["RAM-READ-24", "F10"]);

/// resourceShareStatus and associationStatus.
pub static STATUS_STATED: Rule = refuses(
    "read/status-stated",
    "A status to filter by is one that shares or associations can have; any other value is refused.",
    &["InvalidParameterException"],
)
.inferred(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShares.html",
        "the parameter has a closed list of values; the code follows from the list of errors",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShareAssociations.html",
        "so has this one",
    ),
])
.rows(&["RAM-READ-06", "RAM-READ-13"]);

/// Paging.
pub static LISTED_TO_THE_END: Rule = grants(
    "read/listed-to-the-end",
    "A list goes on while there is a nextToken, after empty pages too, and is whole at its end however large its pages are.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShareAssociations.html",
        "a page may be short or empty though more follows; only a missing token is the end",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws issue 33985",
        "a first page that is empty and has a token; the row that was asked for is on a later one",
    ),
])
.rows(&["RAM-READ-01", "F4", "F5", "F12"]);

/// maxResults.
pub static PAGES_NO_LARGER_THAN_ASKED: Rule = replies(
    "read/pages-no-larger-than-asked",
    "No page of a list holds more than maxResults results.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShares.html",
    "maxResults is the number of results wanted on a page; there may be fewer",
)])
.rows(&["RAM-READ-02"]);

/// maxResults out of range.
pub static PAGE_SIZE_IN_RANGE: Rule = refuses_somehow(
    "read/page-size-in-range",
    "maxResults is from 1 to 500; any other number is refused.",
    &["InvalidParameterException", "InvalidMaxResultsException"],
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShares.html",
        "the valid range is 1 to 500",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShareInvitations.html#API_GetResourceShareInvitations_Errors",
        "this call alone has an exception of its own for it",
    ),
])
.rows(&["RAM-READ-02"]);

/// nextToken.
pub static TOKEN_OF_AN_EARLIER_PAGE: Rule = refuses(
    "read/token-of-an-earlier-page",
    "nextToken is one that an earlier page of the list gave; any other text is refused.",
    &["InvalidNextTokenException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShares.html#API_GetResourceShares_Errors",
    "fails with this exception unless the token is the one that the previous call returned",
)])
.rows(&["RAM-READ-03"]);

/// GetResourcePolicies.
pub static POLICIES_SHOWN_TO_THEIR_OWNER: Rule = grants(
    "read/policies-shown-to-their-owner",
    "GetResourcePolicies shows an owner a policy for each resource that it shares and asks for.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourcePolicies.html",
        "returns the policies of resources that the caller owns and has shared",
    ),
    source(
        "github.com/aws/aws-cli awscli/examples/ram/get-resource-policies.rst",
        "the sample answer has the policy of a shared subnet, with its ARN",
    ),
])
.rows(&["RAM-READ-23", "F13"]);

/// GetResourcePolicies of nothing.
pub static POLICIES_OF_WHAT_EXISTS: Rule = refuses(
    "read/policies-of-what-exists",
    "GetResourcePolicies refuses the ARN of a resource that does not exist.",
    &["ResourceArnNotFoundException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourcePolicies.html#API_GetResourcePolicies_Errors",
    "fails with this exception where an ARN is not found",
)])
.rows(&["RAM-READ-23"]);

/// GetResourcePolicies of foreign resources.
pub static POLICIES_OF_OWN_RESOURCES: Rule = refuses_somehow(
    "read/policies-of-own-resources",
    "GetResourcePolicies shows nobody the policy of another account's resource.",
    &["ResourceArnNotFoundException", "InvalidParameterException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourcePolicies.html",
    "speaks of resources that the caller owns",
)])
.rows(&["RAM-READ-23"]);

/// GetResourcePolicies of resources that are not shared.
pub static POLICIES_OF_UNSHARED_RESOURCES: Rule = replies(
    "read/policies-of-unshared-resources",
    "GetResourcePolicies shows no policy of a resource that is shared with nobody.",
)
.open(
    "What does GetResourcePolicies answer for own resources that nothing shares, that nobody has accepted yet, and where it is asked for none?",
    &[source(
        "github.com/aws/aws-cli awscli/examples/ram/get-resource-policies.rst",
        "the policy in the sample answer names no principal",
    )],
)
.rows(&["RAM-READ-23", "F13"]);

/// GetResourcePolicies for a principal.
pub static POLICIES_FILTERED_BY_PRINCIPAL: Rule = replies(
    "read/policies-filtered-by-principal",
    "GetResourcePolicies narrowed to a principal shows the policies that are for it.",
)
.open(
    "Which principals can GetResourcePolicies be narrowed to, and what of those that a policy reaches by their organization?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourcePolicies.html",
        "has the parameter, and does not tell what it does",
    )],
)
.rows(&["RAM-READ-23"]);

/// The status of resources that are shared with the caller.
pub static SHOWN_AVAILABLE: Rule = replies(
    "read/shown-available",
    "ListResources shows a consumer what it can use with the status AVAILABLE.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_Resource.html",
        "AVAILABLE is for what can be used; the others are for what waits, is out of reach or over a limit",
    ),
    source(
        "github.com/aws/aws-cli awscli/examples/ram/list-resources.rst",
        "the sample answer for the shares of others has it",
    ),
])
.rows(&["RAM-READ-16", "RAM-READ-17"]);
