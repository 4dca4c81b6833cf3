//! Tags of resource shares.

use super::{Rule, grants, refuses, refuses_somehow, replies, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &PUT_BY_THE_OWNER,
    &TAKEN_BY_THE_OWNER,
    &ABSENT_KEY_TAKEN,
    &MADE_WITH_THE_SHARE,
    &LISTED_TO_THE_OWNER,
    &UNLISTED_WHERE_THERE_IS_NONE,
    &UNSAID_BY_UPDATES,
    &LISTED_TO_CONSUMERS,
    &SHARES_FILTERED_BY_TAG,
    &FILTERS_TOGETHER,
    &ONE_THING_NAMED,
    &SOMETHING_NAMED,
    &ON_WHAT_EXISTS,
    &WRITTEN_BY_THE_OWNER_ALONE,
    &WITH_A_KEY,
    &WITH_A_VALUE,
    &FIFTY_AT_MOST,
    &PUT_ON_PERMISSIONS,
    &SHOWN_OF_PERMISSIONS,
    &ON_SHARES_AND_PERMISSIONS_ALONE,
    &ON_A_NEW_PERMISSION,
    &UNRESERVED,
];

/// A test of LocalStack that is marked as validated against AWS.
const LOCALSTACK: &str = "LocalStack's test class TestResourceAccessManager, validated against AWS (no longer in localstack/localstack)";

/// TagResource.
pub static PUT_BY_THE_OWNER: Rule = grants(
    "tag/put-by-the-owner",
    "The owner of a resource share can tag it; a key that is there already gets the new value.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_TagResource.html",
        "adds tags to a share or a managed permission",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws internal/service/ram/resource_share_test.go",
        "the acceptance test of tags changes a value, and adds and removes keys",
    ),
])
.rows(&["RAM-TAG-03", "T4", "L14"]);

/// UntagResource.
pub static TAKEN_BY_THE_OWNER: Rule = grants(
    "tag/taken-by-the-owner",
    "The owner of a resource share can remove its tags by their keys.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_UntagResource.html",
        "removes the tags of these keys from a share or a managed permission",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws internal/service/ram/resource_share_test.go",
        "the acceptance test of tags removes keys",
    ),
])
.rows(&["RAM-TAG-03", "T4", "L14"]);

/// UntagResource without effect.
pub static ABSENT_KEY_TAKEN: Rule =
    grants("tag/absent-key-taken", "Removing a tag whose key is not there succeeds.")
        .recorded(&[source(
            LOCALSTACK,
            "a test that was validated against AWS removes keys that were never set",
        )])
        .rows(&["RAM-TAG-02", "T3"]);

/// The answer to CreateResourceShare.
pub static MADE_WITH_THE_SHARE: Rule = replies(
    "tag/made-with-the-share",
    "The answer to CreateResourceShare lists the share's tags, and is an empty list where it has none.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_CreateResourceShare.html",
        "tags are attached to the share itself, not to its resources; the answer holds the share",
    ),
    source(
        "github.com/localstack/localstack tests/aws/services/ram/test_ram.snapshot.json",
        "recorded against AWS: a share made without tags comes back with an empty list",
    ),
])
.rows(&["RAM-SHARE-09", "RAM-SHARE-16", "L1", "L2", "L3"]);

/// GetResourceShares of a tagged share.
pub static LISTED_TO_THE_OWNER: Rule = replies(
    "tag/listed-to-the-owner",
    "GetResourceShares shows the owner each tag of a share as the last calls left it.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_ResourceShare.html",
        "tags are a member of the share",
    ),
    source(
        "github.com/cloud-custodian/cloud-custodian tests/data/placebo/test_resource_share_self_query",
        "recorded: a tagged share has its keys and values in the list",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws internal/service/ram/resource_share_test.go",
        "after a tag's update the next read shows the new value, and the other keys unchanged",
    ),
])
.rows(&["RAM-SHARE-16", "RAM-TAG-03", "L6", "T4"]);

/// GetResourceShares of an untagged share.
pub static UNLISTED_WHERE_THERE_IS_NONE: Rule = replies(
    "tag/unlisted-where-there-is-none",
    "GetResourceShares leaves the list of tags out for a share that has none.",
)
.recorded(&[source(
    "github.com/cloud-custodian/cloud-custodian tests/data/placebo/test_resource_share_self_query",
    "recorded before the first tag and after the last was removed: the member is not there",
)])
.rows(&["RAM-SHARE-09", "L5", "T6"]);

/// The answer to UpdateResourceShare.
pub static UNSAID_BY_UPDATES: Rule =
    replies("tag/unsaid-by-updates", "The answer to UpdateResourceShare has no list of tags.")
        .recorded(&[source(
            "github.com/localstack/localstack tests/aws/services/ram/test_ram.snapshot.json",
            "recorded against AWS: the share in the answer has neither tags nor a feature set",
        )])
        .rows(&["RAM-LIFE-01", "L4"]);

/// The tags that consumers see.
pub static LISTED_TO_CONSUMERS: Rule = replies(
    "tag/listed-to-consumers",
    "GetResourceShares finds the shares of others by their tags.",
)
.open(
    "Does a consumer see the tags of a share that it uses, and can it filter by them?",
    &[source(
        "github.com/cloud-custodian/cloud-custodian tests/data/placebo/test_resource_share_other_query",
        "recorded: no share of others has tags; whether their owners had tagged them is unknown",
    )],
)
.rows(&["RAM-READ-08", "T5"]);

/// The filter by tags.
pub static SHARES_FILTERED_BY_TAG: Rule = replies(
    "tag/shares-filtered-by-tag",
    "GetResourceShares with a tag filter lists only the shares that have a tag of this key and, where one is given, this value.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShares.html",
        "tagFilters stands for the shares that match these tag keys and values",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_TagFilter.html",
        "a filter has a key, and may have values",
    ),
])
.rows(&["RAM-READ-06"]);

/// Several filters by tags.
pub static FILTERS_TOGETHER: Rule = replies(
    "tag/filters-together",
    "GetResourceShares with several tag filters lists the shares that match any of them.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_TagFilter.html",
    "several filters are alternatives: they are evaluated as an OR condition",
)])
.rows(&["RAM-READ-06"]);

/// Both ARNs.
pub static ONE_THING_NAMED: Rule = refuses(
    "tag/one-thing-named",
    "A call that tags or untags names a resource share or a managed permission, not both.",
    &["InvalidParameterException"],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_TagResource.html",
        "either of the two ARNs is specified, but not both",
    ),
    source(
        LOCALSTACK,
        "a test that was validated against AWS: InvalidParameterException, only one may be specified",
    ),
])
.rows(&["RAM-TAG-01", "T1", "T2"]);

/// Neither ARN.
pub static SOMETHING_NAMED: Rule = refuses_somehow(
    "tag/something-named",
    "A call that tags or untags nothing is refused.",
    &["InvalidParameterException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_TagResource.html",
    "one of the two ARNs has to be specified",
)])
.rows(&["RAM-TAG-01"]);

/// Unknown shares and permissions.
pub static ON_WHAT_EXISTS: Rule = refuses(
    "tag/on-what-exists",
    "Only a resource share or managed permission that exists can be tagged or untagged.",
    &["UnknownResourceException", "ResourceArnNotFoundException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_TagResource.html#API_TagResource_Errors",
    "lists two errors for an ARN that is not found, and not which applies to what",
)])
.rows(&["RAM-TAG-07"]);

/// Nobody but the owner tags.
pub static WRITTEN_BY_THE_OWNER_ALONE: Rule = refuses_somehow(
    "tag/written-by-the-owner-alone",
    "Only the owner of a resource share can tag or untag it.",
    &["UnknownResourceException", "InvalidParameterException"],
)
.inferred(&[source(
    "github.com/cloud-custodian/cloud-custodian tests/data/placebo",
    "recorded of the resource groups tagging API, not of RAM: a consumer that tags the share fails",
)])
.rows(&["RAM-TAG-08"]);

/// Keys.
pub static WITH_A_KEY: Rule = refuses_somehow(
    "tag/with-a-key",
    "The key of a tag is at least one character.",
    &["InvalidParameterException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_Tag.html",
    "every tag has to have a key",
)])
.rows(&["RAM-TAG-04"]);

/// Values.
pub static WITH_A_VALUE: Rule = refuses_somehow(
    "tag/with-a-value",
    "A tag has a value, which may be empty.",
    &["InvalidParameterException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_Tag.html",
    "the value can be empty, but not missing",
)])
.rows(&["RAM-TAG-04"]);

/// The number of tags.
pub static FIFTY_AT_MOST: Rule = refuses(
    "tag/fifty-at-most",
    "A resource share has at most 50 tags.",
    &["TagLimitExceededException"],
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/working-with-sharing-create.html",
        "up to 50 tags can be added",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_TagResource.html#API_TagResource_Errors",
        "a call that would exceed the limit for tags fails with this exception",
    ),
])
.rows(&["RAM-TAG-05"]);

/// Reserved keys.
pub static UNRESERVED: Rule = refuses(
    "tag/unreserved",
    "A key that begins with aws: is reserved and can't be set.",
    &["TagPolicyViolationException"],
)
.inferred(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_TagResource.html#API_TagResource_Errors",
        "a key that is a reserved word fails with this exception",
    ),
    source(
        "https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html",
        "the prefix aws: is reserved for AWS",
    ),
])
.rows(&["RAM-TAG-06"]);

/// TagResource and UntagResource of permissions.
pub static PUT_ON_PERMISSIONS: Rule = grants(
    "tag/put-on-permissions",
    "The owner of a customer managed permission can tag it and remove its tags.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_TagResource.html",
    "resourceArn is for managed permissions",
)])
.rows(&["RAM-TAG-01", "RAM-TAG-09"]);

/// GetPermission of a tagged permission.
pub static SHOWN_OF_PERMISSIONS: Rule = replies(
    "tag/shown-of-permissions",
    "GetPermission shows the tags of a permission, which all of its versions share.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_TagResource.html",
        "the tags of a permission are on all of its versions",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_ResourceSharePermissionDetail.html",
        "tags are a member of the permission",
    ),
])
.rows(&["RAM-TAG-09"]);

/// The other resources that could be tagged.
pub static ON_SHARES_AND_PERMISSIONS_ALONE: Rule = refuses_somehow(
    "tag/on-shares-and-permissions-alone",
    "resourceArn takes managed permissions; neither what is shared nor a share can be tagged by it.",
    &["InvalidParameterException", "MalformedArnException", "ResourceArnNotFoundException"],
)
.inferred(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_TagResource.html",
    "shares have a parameter of their own, and resources are tagged by their services; that their ARNs are refused here is not said",
)])
.rows(&["RAM-TAG-01", "RAM-TAG-07"]);

/// Tags that can't be, on a new permission.
pub static ON_A_NEW_PERMISSION: Rule = refuses_somehow(
    "tag/on-a-new-permission",
    "CreatePermission refuses the tags that TagResource refuses.",
    &["InvalidParameterException", "TagLimitExceededException", "TagPolicyViolationException"],
)
.open(
    "With which code does CreatePermission refuse tags that can't be?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_CreatePermission.html#API_CreatePermission_Errors",
        "takes tags, and has no error for them",
    )],
)
.rows(&["RAM-TAG-04", "RAM-TAG-05", "RAM-TAG-06"]);
