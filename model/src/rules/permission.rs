//! Managed permissions: their making, versions and end, and how shares hold them.

use super::{Rule, grants, refuses, refuses_somehow, replies, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &CREATED_ATTACHABLE,
    &PROMOTED_FROM_A_POLICY,
    &ACTION_AS_PLAIN_TEXT,
    &NAMED_UNIQUELY,
    &NAME_FREE_ONCE_DELETED,
    &NAMED_IN_ITS_LETTERS,
    &OF_A_SHAREABLE_TYPE,
    &OF_A_TYPE_THAT_TAKES_THEM,
    &TYPE_SPELLED_EXACTLY,
    &OF_A_TYPE_ADDED_LATER,
    &TEMPLATE_WELL_FORMED,
    &TEMPLATE_BLOCKS_SPELLED,
    &TEMPLATE_ALLOWS,
    &TEMPLATE_OF_THREE_BLOCKS,
    &TEMPLATE_FITS_THE_TYPE,
    &TEN_OF_A_TYPE,
    &NAMED_BY_AN_ARN,
    &KNOWN,
    &OF_AWS_WITH_ANOTHER_NAME,
    &WRITTEN_BY_ITS_OWNER_ALONE,
    &FINAL_ONCE_DELETED,
    &NEWEST_VERSION_IS_THE_DEFAULT,
    &NUMBERED_IN_ORDER,
    &FIVE_VERSIONS,
    &VERSIONS_DIFFER,
    &OLDER_VERSIONS_UNATTACHABLE,
    &VERSION_KNOWN,
    &VERSION_FINAL_ONCE_DELETED,
    &VERSION_DELETED_ONCE_UNUSED,
    &DEFAULT_VERSION_KEPT,
    &ATTACHED_VERSION_KEPT,
    &DEFAULT_CHOSEN_BY_ITS_OWNER,
    &DELETED_BY_ITS_OWNER,
    &KEPT_WHILE_ATTACHED,
    &FREED_WITH_ITS_SHARE,
    &READ_BY_ITS_OWNER,
    &TEMPLATE_RETURNED_AS_WRITTEN,
    &DEFAULT_VERSION_READ,
    &READABLE_ONCE_DELETED,
    &GONE_HOURS_AFTER_DELETION,
    &READ_THROUGH_A_SHARE,
    &OF_AWS_READ_BY_EVERYBODY,
    &OF_AWS_WITHOUT_AN_ACCOUNT,
    &SUBNET_DEFAULT_ALLOWS_LAUNCHING,
    &LISTED_TO_THEIR_OWNER,
    &UNLISTED_TO_OTHERS,
    &ONE_DEFAULT_FOR_EACH_TYPE,
    &LISTED_BY_SCOPE,
    &LISTED_BY_TYPE,
    &SCOPE_KNOWN,
    &DELETED_ONES_UNATTACHABLE,
    &ATTACHED_FROM_THE_START,
    &ATTACHED_FROM_WHAT_EXISTS,
    &NONE_IN_AN_EMPTY_SHARE,
    &DEFAULT_JOINS_WITH_A_RESOURCE,
    &LEFT_BY_ITS_RESOURCES,
    &ATTACHED_BY_THE_SHARE_OWNER,
    &ONE_FOR_EACH_TYPE,
    &ATTACHED_AGAIN,
    &REPLACED_WHERE_THERE_IS_ONE,
    &ATTACHED_IN_ITS_DEFAULT_VERSION,
    &VERSION_KEPT_BY_SHARES,
    &DETACHED_ONCE_UNNEEDED,
    &NEEDED_BY_ITS_RESOURCES,
    &DETACHED_ONCE,
    &DETACHED_WHERE_IT_IS,
    &LISTED_OF_A_SHARE,
    &GONE_ONCE_DETACHED,
    &LISTED_OF_NO_STRANGERS_SHARE,
    &LISTED_OF_A_DELETED_SHARE,
    &ASSOCIATIONS_OF_OWN_SHARES,
    &ASSOCIATIONS_FILTERED,
    &SHARES_FILTERED_BY_PERMISSION,
    &SHARES_FILTERED_BY_A_KNOWN_PERMISSION,
    &REPLACED_EVERYWHERE,
    &REPLACED_BY_THE_DEFAULT_VERSION,
    &REPLACED_BY_ONE_OF_ITS_TYPE,
    &REPLACED_WHERE_IT_IS,
    &REPLACEMENTS_LISTED,
    &REPLACEMENTS_OF_OTHERS_UNLISTED,
    &REPLACEMENTS_FILTERED,
    &REPLACEMENTS_NAMED_BY_THEIR_IDS,
];

/// A test of LocalStack that is marked as validated against AWS.
const LOCALSTACK: &str = "LocalStack's test class TestResourceAccessManager, validated against AWS (no longer in localstack/localstack)";

/// A new permission.
pub static CREATED_ATTACHABLE: Rule = grants(
    "permission/created-attachable",
    "A new customer managed permission is ATTACHABLE at once, in its version 1, which is its default.",
)
.documented_and_recorded(&[source("https://docs.aws.amazon.com/ram/latest/APIReference/API_CreatePermission.html", "creates a permission for one resource type, of which the first version is the default"), source("github.com/aws-controllers-k8s/ram-controller test/e2e/tests/test_permission.py", "against AWS: a new permission is ATTACHABLE, its version is 1, and it is the default")])
.rows(&["RAM-PERM-04", "M12"]);

/// Promotion of a permission that is promoted already.
pub static PROMOTED_FROM_A_POLICY: Rule = refuses_somehow(
    "permission/promoted-from-a-policy",
    "Only a permission that a resource policy brought about can be promoted; AWS's own and those of CreatePermission are STANDARD already.",
    &["InvalidParameterException", "OperationNotPermittedException", "UnknownResourceException"],
)
.inferred(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_PromotePermissionCreatedFromPolicy.html",
    "takes the ARN of a permission whose feature set is CREATED_FROM_POLICY",
)])
.rows(&["RAM-PROMO-05"]);

/// One action need not stand in a list.
pub static ACTION_AS_PLAIN_TEXT: Rule = grants(
    "permission/action-as-plain-text",
    "A policy template may name its action as a plain text in place of a list.",
)
.recorded(&[source(LOCALSTACK, "a template whose Action is one string is taken")])
.rows(&["M10"]);

/// One name, one permission.
pub static NAMED_UNIQUELY: Rule = refuses(
    "permission/named-uniquely",
    "An account can't have two customer managed permissions of one name, whatever their types.",
    &["PermissionAlreadyExistsException"],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_CreatePermission.html",
        "the name has to be unique in the Region; there is an error for one that exists",
    ),
    source(
        LOCALSTACK,
        "the same name again, the type spelled in another case: the permission already exists",
    ),
])
.rows(&["RAM-PERM-06", "M6", "R5"]);

/// The name of a deleted permission.
pub static NAME_FREE_ONCE_DELETED: Rule = refuses_somehow(
    "permission/name-free-once-deleted",
    "The name of a deleted permission is not free yet.",
    &["PermissionAlreadyExistsException"],
)
.open(
    "Can a permission bear the name of one that was deleted a moment ago?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_DeletePermission.html",
        "says that the permission is deleted, and not when its name is free",
    )],
)
.rows(&["RAM-PERM-15"]);

/// The characters of a name.
pub static NAMED_IN_ITS_LETTERS: Rule = refuses_somehow(
    "permission/named-in-its-letters",
    "The name of a permission has at most 36 characters: letters, digits, underscores, periods and hyphens.",
    &["InvalidParameterException"],
)
.documented(&[source("https://docs.aws.amazon.com/ram/latest/APIReference/API_CreatePermission.html", "gives the pattern and the greatest length of the name")])
.rows(&["RAM-PERM-04"]);

/// Permissions for types that can't be shared.
pub static OF_A_SHAREABLE_TYPE: Rule = refuses(
    "permission/of-a-shareable-type",
    "A permission is for a resource type that RAM can share.",
    &["InvalidParameterException"],
)
.recorded(&[source(
    LOCALSTACK,
    "a permission for ec2:Instance: 400 InvalidParameterException, invalid resource type",
)])
.rows(&["RAM-PERM-05", "R4"]);

/// Not every type takes them.
pub static OF_A_TYPE_THAT_TAKES_THEM: Rule = refuses_somehow(
    "permission/of-a-type-that-takes-them",
    "Customer managed permissions exist only for the resource types that take them; subnets, transit gateways and prefix lists do not.",
    &["InvalidParameterException", "OperationNotPermittedException"],
)
.documented(&[source("https://docs.aws.amazon.com/ram/latest/userguide/shareable.html", "says for each type whether customer managed permissions can be used")])
.rows(&["RAM-PERM-03"]);

/// The case of a type.
pub static TYPE_SPELLED_EXACTLY: Rule = refuses_somehow(
    "permission/type-spelled-exactly",
    "A new permission's type is spelled in the case that the API uses.",
    &["InvalidParameterException"],
)
.open(
    "Is a permission granted whose type is spelled in another case after the colon?",
    &[
        source(
            "https://docs.aws.amazon.com/ram/latest/APIReference/API_CreatePermission.html",
            "calls for the exact case",
        ),
        source(
            LOCALSTACK,
            "a type in another case is understood at least as far as the name's uniqueness goes",
        ),
    ],
)
.rows(&["RAM-READ-19", "R5"]);

/// A type that is younger than the list here.
pub static OF_A_TYPE_ADDED_LATER: Rule = refuses_somehow(
    "permission/of-a-type-added-later",
    "A permission for a type that was not yet in the list of shareable types when it was read.",
    &["InvalidParameterException"],
)
.open(
    "Does this type exist, and does it take customer managed permissions?",
    &[source("https://docs.aws.amazon.com/ram/latest/userguide/shareable.html", "the list grows")],
)
.rows(&["RAM-PERM-03"]);

/// A template is JSON of a known form.
pub static TEMPLATE_WELL_FORMED: Rule = refuses_somehow(
    "permission/template-well-formed",
    "A policy template is a JSON object with one effect and at least one action.",
    &["MalformedPolicyTemplateException", "InvalidPolicyException", "InvalidParameterException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_CreatePermission.html",
    "has errors for a template that is malformed or not valid",
)])
.rows(&["RAM-PERM-07"]);

/// The case of its keys.
pub static TEMPLATE_BLOCKS_SPELLED: Rule = refuses(
    "permission/template-blocks-spelled",
    "The keys of a policy template are spelled with a capital.",
    &["InvalidPolicyException"],
)
.recorded(&[source(
    LOCALSTACK,
    "a template with the key action: 400 InvalidPolicyException, invalid policy format",
)])
.rows(&["RAM-PERM-07", "M7"]);

/// No Deny.
pub static TEMPLATE_ALLOWS: Rule = refuses(
    "permission/template-allows",
    "A policy template allows; one with the effect Deny is refused.",
    &["InvalidPolicyException"],
)
.recorded(&[source(
    LOCALSTACK,
    "a template with Deny: 400 InvalidPolicyException, only Allow is supported",
)])
.rows(&["RAM-PERM-07", "M8"]);

/// No Resource.
pub static TEMPLATE_OF_THREE_BLOCKS: Rule = refuses(
    "permission/template-of-three-blocks",
    "A policy template has an effect, actions and conditions, and names no resource.",
    &["InvalidPolicyException"],
)
.recorded(&[source(
    LOCALSTACK,
    "a template with a Resource block: 400 InvalidPolicyException, other blocks can exist alone",
)])
.rows(&["RAM-PERM-07", "M9"]);

/// The actions of a type.
pub static TEMPLATE_FITS_THE_TYPE: Rule = refuses_somehow(
    "permission/template-fits-the-type",
    "The actions and conditions of a policy template are among those that the resource type offers.",
    &["InvalidPolicyException"],
)
.open(
    "Are these actions and conditions among those that the type offers?",
    &[source("https://docs.aws.amazon.com/ram/latest/userguide/create-customer-managed-permissions.html", "actions and conditions are chosen from a list for each type, which is not published")],
)
.rows(&["RAM-PERM-07"]);

/// The quota for each type.
pub static TEN_OF_A_TYPE: Rule = refuses(
    "permission/ten-of-a-type",
    "An account can have ten customer managed permissions for one resource type.",
    &["PermissionLimitExceededException"],
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/service-quotas.html",
        "ten customer managed permissions for each resource type",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_CreatePermission.html",
        "has an error for more permissions than the limit",
    ),
])
.rows(&["RAM-LIM-04"]);

/// A permission's name in calls.
pub static NAMED_BY_AN_ARN: Rule = refuses(
    "permission/named-by-an-arn",
    "A permission is named by its ARN; any other text is malformed.",
    &["MalformedArnException", "UnknownResourceException", "InvalidParameterException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetPermission.html",
    "the calls that take a permission's ARN have an error for a malformed one",
)])
.rows(&["RAM-PERM-01", "RAM-PERM-19"]);

/// A permission that does not exist.
pub static KNOWN: Rule = refuses(
    "permission/known",
    "A call on a permission that does not exist is refused as an unknown resource.",
    &["UnknownResourceException"],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetPermission.html",
        "lists the error for an ARN of nothing",
    ),
    source(
        "github.com/aws-cloudformation/aws-cloudformation-resource-providers-ram",
        "the handlers take UnknownResourceException for a permission that is gone",
    ),
])
.rows(&["RAM-PERM-19"]);

/// The names of AWS's permissions.
pub static OF_AWS_WITH_ANOTHER_NAME: Rule = refuses_somehow(
    "permission/of-aws-with-another-name",
    "A permission of AWS whose name no source gives for a resource type here.",
    &["UnknownResourceException"],
)
.open(
    "Does AWS have a managed permission of this name, and of which type?",
    &[source(
        "github.com/aws/aws-cli awscli/examples/ram/list-permissions.rst",
        "the names can't be derived from the type",
    )],
)
.rows(&["RAM-PERM-02", "M5"]);

/// Nobody else's permission.
pub static WRITTEN_BY_ITS_OWNER_ALONE: Rule = refuses_somehow(
    "permission/written-by-its-owner-alone",
    "A customer managed permission that is not shared with others is changed, deleted and attached by its owner alone, and those of AWS are changed by nobody.",
    &["UnknownResourceException", "OperationNotPermittedException", "InvalidParameterException"],
)
.inferred(&[source("https://docs.aws.amazon.com/ram/latest/userguide/security-ram-permissions.html", "customer managed permissions belong to the account that makes them, AWS managed ones to AWS")])
.rows(&["RAM-PERM-23"]);

/// Writes on a deleted permission.
pub static FINAL_ONCE_DELETED: Rule = refuses_somehow(
    "permission/final-once-deleted",
    "A deleted permission takes no further writes, and can't be attached.",
    &["UnknownResourceException", "OperationNotPermittedException"],
)
.open(
    "What does a call on a permission answer that was deleted a moment ago?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_DeletePermission.html",
        "lists UnknownResourceException and OperationNotPermittedException, and not which applies",
    )],
)
.rows(&["RAM-PERM-15", "M17"]);

/// A new version.
pub static NEWEST_VERSION_IS_THE_DEFAULT: Rule = grants(
    "permission/newest-version-is-the-default",
    "A new version of a permission becomes its default at once.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_CreatePermissionVersion.html",
        "the new version becomes the default",
    ),
    source(
        "github.com/aws-controllers-k8s/ram-controller test/e2e/tests/test_permission.py",
        "against AWS: after an update the newest version says that it is the default",
    ),
])
.rows(&["RAM-PERM-12", "M14"]);

/// Numbers.
pub static NUMBERED_IN_ORDER: Rule = replies(
    "permission/numbered-in-order",
    "The versions of a permission are numbered from 1, and no number is used again.",
)
.recorded(&[source("github.com/aws-controllers-k8s/ram-controller test/e2e/tests/test_permission.py", "against AWS: two updates of a permission make the versions 2 and 3, though version 1 was deleted in between"), source("github.com/hashicorp/terraform-provider-aws internal/service/ram/permission.go", "the version is read back as a number that only grows")])
.rows(&["RAM-PERM-13", "M14"]);

/// The quota of versions.
pub static FIVE_VERSIONS: Rule = refuses(
    "permission/five-versions",
    "A permission can have five versions.",
    &["PermissionVersionsLimitExceededException"],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/service-quotas.html",
        "five versions of each customer managed permission",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws internal/service/ram/permission.go",
        "deletes the oldest of five versions before it makes another",
    ),
])
.rows(&["RAM-PERM-13", "RAM-LIM-04", "M18"]);

/// No version twice.
pub static VERSIONS_DIFFER: Rule = refuses_somehow(
    "permission/versions-differ",
    "A permission can't have two versions with the same policy template.",
    &["InvalidParameterException", "InvalidPolicyException", "OperationNotPermittedException"],
)
.open(
    "Is a new version of a permission refused whose policy template another version of it has?",
    &[
        source("github.com/aws-controllers-k8s/ram-controller pkg/resource/permission/hooks.go", "deletes the version that has the same template before it makes a new one, and says that AWS refuses it otherwise"),
        source("https://docs.aws.amazon.com/ram/latest/userguide/create-customer-managed-permissions.html", "makes the first two versions of a permission with the same template, and is answered with the second"),
    ],
)
.rows(&["RAM-PERM-14", "M15"]);

/// All but the default.
pub static OLDER_VERSIONS_UNATTACHABLE: Rule = replies(
    "permission/older-versions-unattachable",
    "Of the versions of a permission the default one is ATTACHABLE, and the others are UNATTACHABLE.",
)
.documented_and_recorded(&[source("https://docs.aws.amazon.com/ram/latest/APIReference/API_CreatePermissionVersion.html", "the versions that are not the default can't be attached to further shares"), source("github.com/aws-controllers-k8s/ram-controller test/e2e/tests/test_permission.py", "against AWS: of three versions one is ATTACHABLE")])
.rows(&["RAM-PERM-12", "M16"]);

/// A version that never was.
pub static VERSION_KNOWN: Rule = refuses_somehow(
    "permission/version-known",
    "A version of a permission is named by a number that it has.",
    &["InvalidParameterException", "UnknownResourceException"],
)
.inferred(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_SetDefaultPermissionVersion.html",
        "takes an existing version",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_DeletePermissionVersion.html",
        "deletes an existing version",
    ),
])
.rows(&["RAM-PERM-16", "RAM-PERM-19"]);

/// A version that is gone.
pub static VERSION_FINAL_ONCE_DELETED: Rule = refuses_somehow(
    "permission/version-final-once-deleted",
    "A deleted version of a permission takes no further calls.",
    &["InvalidParameterException", "UnknownResourceException", "OperationNotPermittedException"],
)
.open(
    "What does a call on a version answer that was deleted?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_DeletePermissionVersion.html",
        "lists several errors, and not which applies to a version that is deleted",
    )],
)
.rows(&["RAM-PERM-16"]);

/// Deleting a version.
pub static VERSION_DELETED_ONCE_UNUSED: Rule = grants(
    "permission/version-deleted-once-unused",
    "The owner of a permission can delete a version that is not the default and is in no share.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_DeletePermissionVersion.html",
    "deletes a version that is not the default and that no share uses; the answer has its status",
)])
.rows(&["RAM-PERM-16"]);

/// The default stays.
pub static DEFAULT_VERSION_KEPT: Rule = refuses_somehow(
    "permission/default-version-kept",
    "The default version of a permission can't be deleted.",
    &["OperationNotPermittedException", "InvalidParameterException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_DeletePermissionVersion.html",
    "the version must not be the default",
)])
.rows(&["RAM-PERM-16"]);

/// A version in use stays.
pub static ATTACHED_VERSION_KEPT: Rule = refuses_somehow(
    "permission/attached-version-kept",
    "A version of a permission that a share uses can't be deleted.",
    &["OperationNotPermittedException", "InvalidParameterException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_DeletePermissionVersion.html",
    "the version must not be attached to a share",
)])
.rows(&["RAM-PERM-16"]);

/// Another default.
pub static DEFAULT_CHOSEN_BY_ITS_OWNER: Rule = grants(
    "permission/default-chosen-by-its-owner",
    "The owner of a permission chooses which of its versions is the default.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_SetDefaultPermissionVersion.html",
    "designates an existing version as the default",
)])
.rows(&["RAM-PERM-12"]);

/// The end of a permission.
pub static DELETED_BY_ITS_OWNER: Rule = grants(
    "permission/deleted-by-its-owner",
    "The owner can delete a permission that no share holds; its status is DELETING or DELETED then.",
)
.documented_and_recorded(&[source("https://docs.aws.amazon.com/ram/latest/APIReference/API_DeletePermission.html", "deletes a customer managed permission; the answer has its status"), source("github.com/hashicorp/terraform-provider-aws internal/service/ram/permission.go", "waits while the status is DELETING")])
.rows(&["RAM-PERM-15", "M17"]);

/// In use.
pub static KEPT_WHILE_ATTACHED: Rule = refuses(
    "permission/kept-while-attached",
    "A permission that a share holds can't be deleted.",
    &["OperationNotPermittedException"],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_DeletePermission.html",
        "the permission must not be attached to any share",
    ),
    source(
        "github.com/aws-cloudformation/aws-cloudformation-resource-providers-ram DeleteHandler",
        "takes OperationNotPermittedException for a permission that is in use",
    ),
])
.rows(&["RAM-PERM-15", "M17"]);

/// In a deleted share.
pub static FREED_WITH_ITS_SHARE: Rule = refuses_somehow(
    "permission/freed-with-its-share",
    "A permission whose last share was deleted can't be deleted before the share is forgotten.",
    &["OperationNotPermittedException"],
)
.open(
    "Is a permission free as soon as the share that held it is deleted?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_DeletePermission.html",
        "says nothing of shares that are deleted but still listed",
    )],
)
.rows(&["RAM-PERM-15", "RAM-LIFE-13"]);

/// A permission is read.
pub static READ_BY_ITS_OWNER: Rule = grants(
    "permission/read-by-its-owner",
    "The owner reads its customer managed permissions and their versions.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetPermission.html",
        "retrieves the contents of a managed permission",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_ListPermissionVersions.html",
        "lists the versions of a permission",
    ),
])
.rows(&["RAM-PERM-19", "RAM-PERM-20"]);

/// Byte for byte.
pub static TEMPLATE_RETURNED_AS_WRITTEN: Rule = replies(
    "permission/template-returned-as-written",
    "A permission's policy template is returned as it was written.",
)
.recorded(&[source(
    "github.com/aws-controllers-k8s/ram-controller test/e2e/tests/test_permission.py",
    "against AWS: the text that is read equals the text that was sent",
)])
.rows(&["M12"]);

/// No version, or 0.
pub static DEFAULT_VERSION_READ: Rule = replies(
    "permission/default-version-read",
    "A permission read without a version, or with version 0, shows its default version.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetPermission.html",
        "shows the default version where none is asked for",
    ),
    source(
        "github.com/aws-controllers-k8s/ram-controller test/e2e/ram_permission.py",
        "asks for version 0 where a test names none, and gets the default",
    ),
])
.rows(&["RAM-PERM-20", "M13"]);

/// A deleted one, read.
pub static READABLE_ONCE_DELETED: Rule = refuses_somehow(
    "permission/readable-once-deleted",
    "A deleted permission is unknown.",
    &["UnknownResourceException"],
)
.open(
    "Does a read of a deleted permission answer DELETED, or that it is unknown?",
    &[source(
        "github.com/aws-cloudformation/aws-cloudformation-resource-providers-ram ReadHandler",
        "takes both the status DELETED and UnknownResourceException for gone",
    )],
)
.rows(&["RAM-PERM-15", "RAM-PERM-19", "M17"]);

/// The end of its listing.
pub static GONE_HOURS_AFTER_DELETION: Rule = replies(
    "permission/gone-hours-after-deletion",
    "Some two hours after its deletion a managed permission is not listed to its owner any more.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/userguide/create-customer-managed-permissions.html",
    "a deleted permission stays visible for about two hours",
)])
.rows(&["RAM-PERM-15"]);

/// A consumer reads.
pub static READ_THROUGH_A_SHARE: Rule = refuses_somehow(
    "permission/read-through-a-share",
    "The permission of a share is not read by its consumers.",
    &["UnknownResourceException", "OperationNotPermittedException"],
)
.open(
    "Can the consumers of a share read the permissions that it holds?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_ListResourceSharePermissions.html",
        "does not say that the caller has to own the share",
    )],
)
.rows(&["RAM-READ-25", "RAM-PERM-23"]);

/// AWS's own.
pub static OF_AWS_READ_BY_EVERYBODY: Rule = grants(
    "permission/of-aws-read-by-everybody",
    "The managed permissions of AWS are read by every account.",
)
.documented(&[source(
    "github.com/aws/aws-cli awscli/examples/ram/get-permission.rst",
    "an account reads a permission of AWS",
)])
.rows(&["RAM-PERM-23", "RAM-PERM-22", "M4"]);

/// AWS's ARNs.
pub static OF_AWS_WITHOUT_AN_ACCOUNT: Rule = replies(
    "permission/of-aws-without-an-account",
    "The ARN of a permission of AWS has no Region, the word aws for its account, and the permission's name.",
)
.documented(&[source("github.com/aws/aws-cli awscli/examples/ram/list-permissions.rst", "the ARNs are arn:aws:ram::aws:permission and the name"), source("https://docs.aws.amazon.com/ram/latest/userguide/security-ram-permissions.html", "shows the same form"), source("github.com/awsdocs/aws-resource-access-manager-user-guide doc_source/security-ram-permissions.md", "has the names and ARNs of the default permissions of many types")])
.rows(&["RAM-PERM-01", "M4"]);

/// The permissions of a subnet's participants.
pub static SUBNET_DEFAULT_ALLOWS_LAUNCHING: Rule = replies(
    "permission/subnet-default-allows-launching",
    "The default permission of subnets allows to describe subnets, to create network interfaces and to run instances, and nothing else.",
)
.documented(&[source("github.com/aws/aws-cli awscli/examples/ram/get-permission.rst", "shows the three actions"), source("https://docs.aws.amazon.com/ram/latest/userguide/security-ram-permissions.html", "names the same three")])
.rows(&["RAM-15", "RAM-PERM-22"]);

/// A list of permissions.
pub static LISTED_TO_THEIR_OWNER: Rule = replies(
    "permission/listed-to-their-owner",
    "The customer managed permissions of an account are listed to it, in their default version.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_ListPermissions.html",
    "lists the permissions that are available to the caller",
)])
.rows(&["RAM-PERM-18"]);

/// Nobody else's list.
pub static UNLISTED_TO_OTHERS: Rule = replies(
    "permission/unlisted-to-others",
    "The customer managed permissions of an account are listed to no account that they are not shared with.",
)
.inferred(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/security-ram-permissions.html",
        "customer managed permissions are those that an account makes for its own shares",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_ListPermissions.html",
        "resourceOwner: OTHER-ACCOUNTS stands for those that other accounts share with the caller",
    ),
])
.rows(&["RAM-PERM-23"]);

/// AWS's defaults.
pub static ONE_DEFAULT_FOR_EACH_TYPE: Rule = replies(
    "permission/one-default-for-each-type",
    "Each shareable resource type has a default managed permission of AWS.",
)
.documented(&[
    source(
        "github.com/aws/aws-cli awscli/examples/ram/list-permissions.rst",
        "the list says of one permission of a type that it is the default of its type",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/security-ram-permissions.html",
        "every type has one permission that is used by default",
    ),
])
.rows(&["RAM-PERM-02", "M5"]);

/// A filtered list.
pub static LISTED_BY_SCOPE: Rule = replies(
    "permission/listed-by-scope",
    "A list of permissions can be had of AWS's alone, as AWS or AWS_MANAGED, or of customers' alone, as LOCAL or CUSTOMER_MANAGED.",
)
.documented_and_recorded(&[source("https://docs.aws.amazon.com/ram/latest/APIReference/API_ListPermissions.html", "filters by the kind of permission"), source(LOCALSTACK, "LOCAL and CUSTOMER_MANAGED are both taken, and answer the same")])
.rows(&["RAM-PERM-18", "M11"]);

/// A filtered list.
pub static LISTED_BY_TYPE: Rule = replies(
    "permission/listed-by-type",
    "A list of permissions can be had of one resource type alone, in any case.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_ListPermissions.html",
    "filters by the resource type, without regard to case",
)])
.rows(&["RAM-READ-19"]);

/// Another word.
pub static SCOPE_KNOWN: Rule = refuses(
    "permission/scope-known",
    "A list of permissions is refused for a scope that does not exist.",
    &["InvalidParameterException"],
)
.recorded(&[source(LOCALSTACK, "another word: 400 InvalidParameterException, not a valid scope")])
.rows(&["RAM-PERM-18", "M11"]);

/// Permissions that are deleted but still listed.
pub static DELETED_ONES_UNATTACHABLE: Rule = replies(
    "permission/deleted-ones-unattachable",
    "A deleted permission or version that is still listed says DELETED or DELETING.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/create-customer-managed-permissions.html",
        "a deleted version is shown for up to two hours, with a deleted status",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws internal/service/ram/permission.go",
        "takes the status DELETED for gone",
    ),
])
.rows(&["M16", "M17"]);

/// permissionArns.
pub static ATTACHED_FROM_THE_START: Rule = replies(
    "permission/attached-from-the-start",
    "The permissions named for a new share are attached to it at once, whatever it holds.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_CreateResourceShare.html",
        "takes the permissions to attach",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws internal/service/ram/resource_share_test.go",
        "against AWS: an empty share created with a permission lists it",
    ),
    source(
        "github.com/aws-controllers-k8s/ram-controller test/e2e/tests/test_resource_share.py",
        "against AWS: the same with a customer managed one",
    ),
])
.rows(&["RAM-SHARE-14", "M2", "M3"]);

/// An unknown one.
pub static ATTACHED_FROM_WHAT_EXISTS: Rule = refuses_somehow(
    "permission/attached-from-what-exists",
    "A new share is refused whose permissions don't exist for its owner.",
    &[
        "UnknownResourceException",
        "InvalidParameterException",
        "MalformedArnException",
        "OperationNotPermittedException",
    ],
)
.inferred(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_CreateResourceShare.html",
    "has errors for an unknown resource and a malformed ARN",
)])
.rows(&["RAM-SHARE-22"]);

/// Replacing a permission by itself.
pub static NONE_IN_AN_EMPTY_SHARE: Rule = replies(
    "permission/none-in-an-empty-share",
    "A share holds no managed permission for a type of which it never held a resource, unless one was attached by name.",
)
.recorded(&[source("github.com/hashicorp/terraform-provider-aws internal/service/ram/resource_share_test.go", "against AWS: a new empty share lists no permissions")])
.rows(&["RAM-SHARE-13", "M1"]);

/// The default comes along.
pub static DEFAULT_JOINS_WITH_A_RESOURCE: Rule = replies(
    "permission/default-joins-with-a-resource",
    "Where a resource joins a share that holds no permission for its type, the type's default permission is attached.",
)
.documented(&[source("https://docs.aws.amazon.com/ram/latest/APIReference/API_CreateResourceShare.html", "the default version of the default permission of each type is attached where none is named")])
.rows(&["RAM-SHARE-13"]);

/// The last resource has gone.
pub static LEFT_BY_ITS_RESOURCES: Rule = replies(
    "permission/left-by-its-resources",
    "A permission that came with a resource stays when the last resource of its type has gone.",
)
.open(
    "Does a default permission stay in a share after the last resource of its type has left?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_DisassociateResourceShare.html",
        "says nothing of permissions",
    )],
)
.rows(&["RAM-SHARE-13", "RAM-PERM-10"]);

/// Attaching.
pub static ATTACHED_BY_THE_SHARE_OWNER: Rule = grants(
    "permission/attached-by-the-share-owner",
    "The owner of a share attaches a managed permission to it, and it is effective at once.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_AssociateResourceSharePermission.html",
    "adds or replaces the permission of a type in a share",
)])
.rows(&["RAM-PERM-08"]);

/// At most one.
pub static ONE_FOR_EACH_TYPE: Rule = refuses_somehow(
    "permission/one-for-each-type",
    "A share holds one permission for each resource type: a second one is refused, unless it is to replace the first.",
    &["InvalidParameterException", "OperationNotPermittedException"],
)
.documented(&[source("https://docs.aws.amazon.com/ram/latest/APIReference/API_AssociateResourceSharePermission.html", "a share can have one permission for each type; without replace the call fails where there is one")])
.rows(&["RAM-PERM-08", "RAM-SHARE-15", "M18"]);

/// The same one again.
pub static ATTACHED_AGAIN: Rule = refuses_somehow(
    "permission/attached-again",
    "A permission that a share holds already is not attached again.",
    &["InvalidParameterException", "OperationNotPermittedException"],
)
.open(
    "What does attaching a permission answer, without replace, that the share holds already, or one that is named twice?",
    &[source("https://docs.aws.amazon.com/ram/latest/APIReference/API_AssociateResourceSharePermission.html", "speaks of another permission only")],
)
.rows(&["RAM-PERM-08"]);

/// Nothing to replace.
pub static REPLACED_WHERE_THERE_IS_ONE: Rule = refuses_somehow(
    "permission/replaced-where-there-is-one",
    "A permission replaces another one only where there is one.",
    &["InvalidParameterException", "OperationNotPermittedException"],
)
.open(
    "What does attaching a permission with replace answer in a share that holds none for its type?",
    &[source("https://docs.aws.amazon.com/ram/latest/APIReference/API_AssociateResourceSharePermission.html", "says that replace is for shares that have a permission, and not what it does in others")],
)
.rows(&["RAM-PERM-08"]);

/// Only the default.
pub static ATTACHED_IN_ITS_DEFAULT_VERSION: Rule = refuses_somehow(
    "permission/attached-in-its-default-version",
    "A permission is attached to a share in its default version only.",
    &["InvalidParameterException", "OperationNotPermittedException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_AssociateResourceSharePermission.html",
    "only the default version can be given",
)])
.rows(&["RAM-PERM-09"]);

/// Shares are not updated.
pub static VERSION_KEPT_BY_SHARES: Rule = replies(
    "permission/version-kept-by-shares",
    "A share keeps the version of a permission that it holds when another becomes the default.",
)
.documented_and_recorded(&[
    source(
        "github.com/hashicorp/terraform-provider-aws issue 46219",
        "a new version becomes the default, and the share stays on the old one until it is replaced",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_CreatePermissionVersion.html",
        "shares that use other versions are not changed",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/security-ram-permissions.html",
        "permissions that are attached already are not updated by themselves",
    ),
])
.rows(&["RAM-PERM-12"]);

/// Detaching.
pub static DETACHED_ONCE_UNNEEDED: Rule = grants(
    "permission/detached-once-unneeded",
    "The owner of a share takes a permission out of it while it holds no resource of its type; it is gone at once.",
)
.documented(&[source("https://docs.aws.amazon.com/ram/latest/APIReference/API_DisassociateResourceSharePermission.html", "removes a permission from a share that has no resources of its type")])
.rows(&["RAM-PERM-10", "M18"]);

/// Still needed.
pub static NEEDED_BY_ITS_RESOURCES: Rule = refuses_somehow(
    "permission/needed-by-its-resources",
    "A permission can't be taken out of a share that holds resources of its type.",
    &["InvalidStateTransitionException", "OperationNotPermittedException", "InvalidParameterException"],
)
.documented(&[source("https://docs.aws.amazon.com/ram/latest/APIReference/API_DisassociateResourceSharePermission.html", "works only where the share has no resource of the type")])
.rows(&["RAM-PERM-10"]);

/// Twice.
pub static DETACHED_ONCE: Rule = refuses(
    "permission/detached-once",
    "A permission that was taken out of a share can't be taken out again.",
    &["InvalidParameterException"],
)
.inferred(&[source("github.com/hashicorp/terraform-provider-aws internal/service/ram/resource_share_permission_association.go", "takes an InvalidParameterException that says so for done")])
.rows(&["RAM-PERM-11", "M18"]);

/// Never there.
pub static DETACHED_WHERE_IT_IS: Rule = refuses_somehow(
    "permission/detached-where-it-is",
    "A permission that a share never held can't be taken out of it.",
    &["InvalidParameterException", "UnknownResourceException"],
)
.open(
    "What does taking out a permission answer that the share never held, or that came there by itself and is needed no more?",
    &[source("https://docs.aws.amazon.com/ram/latest/APIReference/API_DisassociateResourceSharePermission.html", "says nothing of permissions that the share does not hold")],
)
.rows(&["RAM-PERM-11"]);

/// A share's permissions.
pub static LISTED_OF_A_SHARE: Rule = replies(
    "permission/listed-of-a-share",
    "The owner of a share is shown the permissions that it holds.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_ListResourceSharePermissions.html",
        "lists the permissions of a share",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_ListPermissionAssociations.html",
        "lists permissions together with the shares that hold them",
    ),
])
.rows(&["RAM-SHARE-13", "RAM-READ-25"]);

/// No longer shown.
pub static GONE_ONCE_DETACHED: Rule = replies(
    "permission/gone-once-detached",
    "A permission that was taken out of a share, or replaced in it, is not shown there any more.",
)
.documented(&[source("https://docs.aws.amazon.com/ram/latest/APIReference/API_DisassociateResourceSharePermission.html", "the change is effective at once"), source("https://docs.aws.amazon.com/ram/latest/APIReference/API_AssociateResourceSharePermission.html", "a replacement is effective at once")])
.rows(&["RAM-PERM-08", "RAM-PERM-10"]);

/// A stranger asks.
pub static LISTED_OF_NO_STRANGERS_SHARE: Rule = refuses_somehow(
    "permission/listed-of-no-strangers-share",
    "The permissions of a share are not shown to accounts that it was never meant for.",
    &["UnknownResourceException", "OperationNotPermittedException", "MalformedArnException"],
)
.inferred(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_ListResourceSharePermissions.html",
    "lists UnknownResourceException and OperationNotPermittedException",
)])
.rows(&["RAM-READ-25", "RAM-PERM-23"]);

/// A deleted share.
pub static LISTED_OF_A_DELETED_SHARE: Rule = refuses_somehow(
    "permission/listed-of-a-deleted-share",
    "The permissions of a deleted share are not shown.",
    &["UnknownResourceException"],
)
.open(
    "Are the permissions of a deleted share still shown to its owner?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_ListResourceSharePermissions.html",
        "says nothing of shares that are deleted but still listed",
    )],
)
.rows(&["RAM-LIFE-13"]);

/// Nobody else's shares.
pub static ASSOCIATIONS_OF_OWN_SHARES: Rule = replies(
    "permission/associations-of-own-shares",
    "Without resourceOwner, ListPermissionAssociations lists the caller's own shares alone.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_ListPermissionAssociations.html",
    "resourceOwner: SELF, which is the default, stands for associations with the caller's own shares",
)])
.rows(&["RAM-PERM-23"]);

/// A filtered list.
pub static ASSOCIATIONS_FILTERED: Rule = replies(
    "permission/associations-filtered",
    "The list of the shares that hold a permission can be had of one permission, of one version, of one type, and of default versions alone.",
)
.documented(&[source("https://docs.aws.amazon.com/ram/latest/APIReference/API_ListPermissionAssociations.html", "has these filters")])
.rows(&["RAM-READ-06"]);

/// A filtered list of shares.
pub static SHARES_FILTERED_BY_PERMISSION: Rule = replies(
    "permission/shares-filtered-by-permission",
    "A list of shares can be had of those alone that hold a permission, in any version or in one.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShares.html",
    "filters by a permission's ARN, and by its version",
)])
.rows(&["RAM-READ-06"]);

/// A filter by nothing.
pub static SHARES_FILTERED_BY_A_KNOWN_PERMISSION: Rule = refuses_somehow(
    "permission/shares-filtered-by-a-known-permission",
    "A list of shares, or of associations, by a permission that does not exist is refused.",
    &["UnknownResourceException", "InvalidParameterException", "MalformedArnException"],
)
.open(
    "What does a list by a permission answer that does not exist for the caller, and by a version without a permission?",
    &[source("https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShares.html", "has errors for ARNs, and does not say whether they apply to this filter")],
)
.rows(&["RAM-READ-06"]);

/// In all shares.
pub static REPLACED_EVERYWHERE: Rule = grants(
    "permission/replaced-everywhere",
    "The owner of shares replaces one managed permission by another in all of them, and gets a work item for it.",
)
.documented(&[source("https://docs.aws.amazon.com/ram/latest/APIReference/API_ReplacePermissionAssociations.html", "updates all shares of the caller that hold a permission to another one, and answers with a work item")])
.rows(&["RAM-PERM-17"]);

/// The target.
pub static REPLACED_BY_THE_DEFAULT_VERSION: Rule = replies(
    "permission/replaced-by-the-default-version",
    "A replacement in all shares brings the default version of the permission that comes.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_ReplacePermissionAssociations.html",
    "always takes the default version of the target",
)])
.rows(&["RAM-PERM-17"]);

/// Another type.
pub static REPLACED_BY_ONE_OF_ITS_TYPE: Rule = refuses_somehow(
    "permission/replaced-by-one-of-its-type",
    "A permission is replaced by one for the same resource type.",
    &["InvalidParameterException", "OperationNotPermittedException"],
)
.inferred(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_ReplacePermissionAssociations.html",
    "the target takes the place of the other; a share has one permission for each type",
)])
.rows(&["RAM-PERM-17"]);

/// Nothing to replace.
pub static REPLACED_WHERE_IT_IS: Rule = refuses_somehow(
    "permission/replaced-where-it-is",
    "A permission that no share holds, in the version asked for, is not replaced.",
    &["InvalidParameterException", "OperationNotPermittedException"],
)
.open(
    "What does a replacement of a permission answer that no share holds?",
    &[source("https://docs.aws.amazon.com/ram/latest/APIReference/API_ReplacePermissionAssociations.html", "says nothing of permissions that no share holds")],
)
.rows(&["RAM-PERM-17"]);

/// Work items.
pub static REPLACEMENTS_LISTED: Rule = replies(
    "permission/replacements-listed",
    "A replacement in all shares is listed to its caller as IN_PROGRESS, COMPLETED or FAILED.",
)
.documented(&[source("https://docs.aws.amazon.com/ram/latest/APIReference/API_ListReplacePermissionAssociationsWork.html", "lists the caller's work items with their status")])
.rows(&["RAM-PERM-17"]);

/// Nobody else's work.
pub static REPLACEMENTS_OF_OTHERS_UNLISTED: Rule = replies(
    "permission/replacements-of-others-unlisted",
    "A replacement in all shares is listed to no account but its caller.",
)
.inferred(&[source("https://docs.aws.amazon.com/ram/latest/APIReference/API_ListReplacePermissionAssociationsWork.html", "lists the caller's work items")])
.rows(&["RAM-PERM-17"]);

/// A filtered list.
pub static REPLACEMENTS_FILTERED: Rule = replies(
    "permission/replacements-filtered",
    "A list of replacements can be had of those alone that are asked for.",
)
.documented(&[source("https://docs.aws.amazon.com/ram/latest/APIReference/API_ListReplacePermissionAssociationsWork.html", "filters by ids and by status")])
.rows(&["RAM-PERM-17"]);

/// An id of nothing, or a status that does not exist.
pub static REPLACEMENTS_NAMED_BY_THEIR_IDS: Rule = refuses_somehow(
    "permission/replacements-named-by-their-ids",
    "A list of replacements by an id of nothing, or by a status that does not exist, is refused.",
    &["InvalidParameterException"],
)
.open(
    "Does a list of replacements by an unknown id or status answer nothing, or a refusal?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_ListReplacePermissionAssociationsWork.html",
        "has an error for parameters that are not valid, and does not say what makes an id one",
    )],
)
.rows(&["RAM-PERM-17"]);
