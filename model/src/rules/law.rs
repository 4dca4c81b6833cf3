//! Laws: rules that every list keeps, by itself or beside another answer, whatever the call is about.

use super::{Rule, replies, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &EACH_ROW_ONCE,
    &UPDATED_AFTER_CREATION,
    &CREATED_ONCE,
    &NAMED_AS_ITS_SHARE,
    &OF_THE_SCOPE_OF_ITS_TYPE,
    &NARROWED_TO_WHAT_IS_ASKED,
    &READ_AGAIN_ALIKE,
];

/// Rows are a multiset: the order says nothing, the number does.
pub static EACH_ROW_ONCE: Rule =
    replies("law/each-row-once", "A list, all of its pages together, holds each row once.")
        .documented(&[
            source(
                "https://docs.aws.amazon.com/boto3/latest/guide/paginators.html",
                "a page continues where the one before it left off, and all of them are the whole result",
            ),
            source(
                "github.com/cloud-custodian/cloud-custodian tests/data/placebo/test_resource_share_other_query",
                "recorded: nine shares of others, none of them twice",
            ),
        ])
        .rows(&["RAM-LAW-01"]);

/// The order of two times.
pub static UPDATED_AFTER_CREATION: Rule = replies(
    "law/updated-after-creation",
    "A lastUpdatedTime is not before the creationTime beside it.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_ResourceShare.html",
        "one is when the share was created, the other when it was last updated",
    ),
    source(
        "github.com/cloud-custodian/cloud-custodian tests/data/placebo/test_resource_share_other_query",
        "recorded: both times are one, or the update is later",
    ),
    source(
        "github.com/cloud-custodian/cloud-custodian tests/data/placebo/test_resource_share_disassociate_all",
        "recorded: the same of associations, on their way and settled",
    ),
])
.rows(&["RAM-LAW-02"]);

/// The agreement of two answers on one moment.
pub static CREATED_ONCE: Rule = replies(
    "law/created-once",
    "The creationTime of a share stays the one that CreateResourceShare answered, in every list and to every account.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_ResourceShare.html",
        "it is when the share was created, in the answers to both operations",
    ),
    source(
        "github.com/cloud-custodian/cloud-custodian tests/data/placebo/test_resource_share_query",
        "recorded: shares of other recordings, at other times, with the same creationTime",
    ),
])
.rows(&["RAM-LAW-03"]);

/// The agreement of two lists on one name.
pub static NAMED_AS_ITS_SHARE: Rule = replies(
    "law/named-as-its-share",
    "The resourceShareName of an association or an invitation is the name of its share, or one that the share had.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_ResourceShareAssociation.html",
        "it is the name of the resource share",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_ResourceShareInvitation.html",
        "the same; neither page says whether it follows a change of the name, so both names conform",
    ),
])
.rows(&["RAM-LAW-05"]);

/// The agreement of two lists on one scope.
pub static OF_THE_SCOPE_OF_ITS_TYPE: Rule = replies(
    "law/of-the-scope-of-its-type",
    "A resource is listed with the resourceRegionScope that ListResourceTypes lists of its type.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_Resource.html",
        "resourceRegionScope is the scope of visibility of the resource, REGIONAL or GLOBAL",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_ServiceNameAndResourceType.html",
        "and here that of resources of this type",
    ),
])
.rows(&["RAM-LAW-06"]);

/// The rows of a list that was narrowed by ids.
pub static NARROWED_TO_WHAT_IS_ASKED: Rule = replies(
    "law/narrowed-to-what-is-asked",
    "A list that is asked for by ids, shares, resources or principals holds rows of these alone.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShareAssociations.html",
        "each parameter states the shares, the resource or the principal whose associations are retrieved",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSubnets.html",
        "the ids state the subnets; without them all are described",
    ),
])
.rows(&["RAM-LAW-07"]);

/// Nothing changes by being read, or by a call that was refused.
pub static READ_AGAIN_ALIKE: Rule = replies(
    "law/read-again-alike",
    "A row that is read again is as it was, if nothing was granted in between and its status is settled.",
)
.inferred(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShares.html",
        "it retrieves details; no operation that lists or describes is said to change what it lists",
    ),
    source(
        "github.com/cloud-custodian/cloud-custodian tests/data/placebo/test_resource_share_self_query",
        "recorded: a share is read again while its tags are changed, and nothing else of it is",
    ),
])
.rows(&["RAM-LAW-04"]);
