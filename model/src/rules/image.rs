//! AMIs: shared by launch permission, not by RAM.

use super::{Rule, grants, refuses, refuses_somehow, replies, shows, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &MADE_BY_ITS_OWNER,
    &SEEN_WITH_A_LAUNCH_PERMISSION,
    &SEEN_WHILE_ASSUMED_SHARED,
    &SHARED_BY_LAUNCH_PERMISSION,
    &PUBLIC_UNLESS_BLOCKED,
    &PERMISSIONS_LISTED_TO_ITS_OWNER,
    &LAUNCHED_WITH_A_PERMISSION,
    &UNKNOWN_IMAGE_REFUSED,
    &UNSEEN_IMAGE_ASKED_FOR,
    &ASKED_FOR_BY_A_KNOWN_ID,
    &GONE_IMAGE_ASKED_FOR,
    &CHANGED_BY_ITS_OWNER_ALONE,
    &EXECUTABLE_BY_THE_CALLER,
    &ABSENT_ONCE_DEREGISTERED,
    &PERMITTED_TO_A_VALID_ACCOUNT,
    &PERMITTED_TO_AN_ORGANIZATION_BY_ARN,
    &PUBLIC_WHERE_BLOCKED,
    &PUBLIC_SETTING_CHANGED,
    &PERMISSIONS_RESET,
    &GIVEN_UP_BY_THE_CONSUMER,
    &GIVEN_UP_WHERE_NAMED,
    &GIVEN_UP_BY_ITS_OWNER,
    &DISABLED_BY_ITS_OWNER,
    &HIDDEN_WHILE_DISABLED,
    &CLOSED_WHILE_DISABLED,
    &PRIVATE_WHILE_DISABLED,
    &ENABLED_AGAIN,
    &ENABLED_WHILE_AVAILABLE,
    &HANDLED_WHILE_DISABLED,
    &LISTED_UNTIL_DEPRECATED,
    &UNLISTED_ONCE_DEPRECATED,
    &UNLISTED_BY_FILTERS_ONCE_DEPRECATED,
    &DEPRECATED_IN_THE_FUTURE,
    &EXECUTABLE_BY_EVERYBODY,
    &EXECUTABLE_BY_AN_ACCOUNT,
    &SCOPED_BY_OWNER,
    &MARKED_AS_PUBLIC,
    &LISTED_WHERE_FILTERS_MATCH,
    &FILTERED_DOWN_TO_NOTHING,
    &FILTERED_AS_DISABLED_WHERE_INCLUDED,
    &COPIED_WITH_ITS_STORAGE,
    &COPIED_WITH_ITS_STORAGE_SHARED,
    &COPIED_WHERE_SHARED,
    &COPIED_WITHOUT_A_SNAPSHOT,
    &PRIVATE_ONCE_COPIED,
];

/// Owners register images.
pub static MADE_BY_ITS_OWNER: Rule = grants(
    "image/made-by-its-owner",
    "An account can register and deregister images, also while others run instances of them.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/deregister-ami.html",
    "the owner deregisters an image; instances launched from it are not touched",
)])
.rows(&["AMI-33"]);

/// A launch permission shows the image.
pub static SEEN_WITH_A_LAUNCH_PERMISSION: Rule = shows(
    "image/seen-with-a-launch-permission",
    "DescribeImages lists an image to every account that may launch it: by a permission for the account, its organization, a unit above it, or everybody.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html",
        "the images available to the caller are public ones, its own, and those it has launch permission for",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/share-amis-with-organizations-and-OUs.html",
        "an organization's or unit's permission covers all accounts in it",
    ),
])
.rows(&["AMI-04", "AMI-08", "AMI-09"]);

/// An image in a share, by an assumption.
pub static SEEN_WHILE_ASSUMED_SHARED: Rule = shows(
    "image/seen-while-assumed-shared",
    "Where RAM is assumed to share images, an image in a share is listed to those it is shared with, and they can launch it.",
)
.inferred(&[
    source(
        "bellwether check --assume ram-shares-images",
        "who runs it takes this for granted of the target; AWS shares images by launch permissions alone",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/getting-started-terms-and-concepts.html",
        "what is shared through RAM shows in the owning service's lists of the accounts that it is shared with",
    ),
])
.rows(&["AMI-01", "RAM-08"]);

/// The owner gives and takes launch permissions.
pub static SHARED_BY_LAUNCH_PERMISSION: Rule = grants(
    "image/shared-by-launch-permission",
    "The owner of an image can give and take launch permissions for accounts, organizations and units, without anybody's acceptance.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html",
        "launch permissions for accounts take effect without acceptance",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/share-amis-with-organizations-and-OUs.html",
        "organizations and units, the owner's own or others, can be given permission",
    ),
])
.rows(&["AMI-02", "AMI-03", "AMI-04", "RAM-TYPE-03"]);

/// Making an image public depends on a setting.
pub static PUBLIC_UNLESS_BLOCKED: Rule = grants(
    "image/public-unless-blocked",
    "The owner of an image can make it public where block public access is off.",
)
.open(
    "Is block public access for AMIs on in this account? Real accounts made since July 2023 have it on; the setting is not read yet.",
    &[source(
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-public-access-to-amis.html",
        "the setting is on by default in new accounts and refuses new public images",
    )],
)
.rows(&["AMI-26"]);

/// DescribeImageAttribute.
pub static PERMISSIONS_LISTED_TO_ITS_OWNER: Rule = replies(
    "image/permissions-listed-to-its-owner",
    "DescribeImageAttribute lists the launch permissions to the owner: accounts, groups, organizations and units in one list.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImageAttribute.html",
        "describes the launch permissions of an image",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LaunchPermission.html",
        "a launch permission is an account, the group all, an organization or a unit",
    ),
])
.rows(&["AMI-05", "C23"]);

/// Launching needs a permission.
pub static LAUNCHED_WITH_A_PERMISSION: Rule = refuses(
    "image/launched-with-a-permission",
    "An image can be launched only by its owner and by accounts that have launch permission.",
    &["AuthFailure", "InvalidAMIID.NotFound", "InvalidAMIID.Unavailable"],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
        "AuthFailure: for instance trying to use an image without permission",
    ),
    source(
        "github.com/Orange-Cyberdefense/GOAD issue 304",
        "RunInstances of a private image: AuthFailure, not authorized for images",
    ),
])
.rows(&["AMI-17", "AMI-18", "AMI-24", "C22"]);

/// Images that are not there.
pub static UNKNOWN_IMAGE_REFUSED: Rule = refuses(
    "image/unknown-image-refused",
    "An image that does not exist can't be launched or changed.",
    &["InvalidAMIID.NotFound", "InvalidAMIID.Unavailable", "InvalidAMIID.Malformed", "AuthFailure"],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
        "InvalidAMIID.NotFound: the image does not exist",
    ),
    source(
        "github.com/n8n-io/n8n-benchmarking issue 5",
        "RunInstances of an id that never was: InvalidAMIID.NotFound",
    ),
])
.rows(&["AMI-16", "AMI-24"]);

/// Asking for a private image by id.
pub static UNSEEN_IMAGE_ASKED_FOR: Rule = grants(
    "image/unseen-image-asked-for",
    "DescribeImages by the id of an image of another account that the caller may not launch answers an empty list.",
)
.recorded(&[
    source(
        "github.com/agentsea/surfkit issue 88",
        "an empty list beside an AuthFailure on launch",
    ),
    source(
        "github.com/aws-samples/automotive-software-developer-workbench issue 5",
        "DescribeImages by the ids of private images of another account, in three Regions: empty lists",
    ),
])
.rows(&["AMI-19"]);

/// Asking for an image that never was.
pub static ASKED_FOR_BY_A_KNOWN_ID: Rule = refuses(
    "image/asked-for-by-a-known-id",
    "DescribeImages by the id of an image that never existed is refused.",
    &["InvalidAMIID.NotFound", "InvalidAMIID.Malformed"],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
        "InvalidAMIID.NotFound: the image does not exist; InvalidAMIID.Malformed: the id is not one of an image",
    ),
    source(
        "github.com/cartography-cncf/cartography issue 721",
        "DescribeImages by the id of an image that is no more: InvalidAMIID.NotFound",
    ),
])
.rows(&["AMI-16", "AMI-19"]);

/// Asking for an image that is gone.
pub static GONE_IMAGE_ASKED_FOR: Rule = refuses_somehow(
    "image/gone-image-asked-for",
    "DescribeImages by the id of a deregistered image, or of a disabled image of the caller's own, is refused.",
    &["InvalidAMIID.NotFound", "InvalidAMIID.Unavailable"],
)
.open(
    "What does DescribeImages by id answer for an image that was deregistered lately, or that is disabled?",
    &[source(
        "github.com/cartography-cncf/cartography issue 721",
        "an image that is no more is refused; how long it was gone is not told",
    )],
)
.rows(&["AMI-19"]);

/// Others can't change it.
pub static CHANGED_BY_ITS_OWNER_ALONE: Rule = refuses(
    "image/changed-by-its-owner-alone",
    "Only the owner of an image can read or change its launch permissions, or deregister it.",
    &["AuthFailure", "InvalidAMIID.NotFound", "InvalidAMIID.Unavailable", "UnauthorizedOperation"],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html",
        "launch permissions are the owner's",
    ),
    source(
        "github.com/cloudquery/cloudquery pull request 9406",
        "DescribeImageAttribute by another account: AuthFailure, not authorized for the image",
    ),
])
.rows(&["AMI-20", "AMI-21"]);

/// ExecutableUsers=self.
pub static EXECUTABLE_BY_THE_CALLER: Rule = replies(
    "image/executable-by-the-caller",
    "DescribeImages with ExecutableUsers self lists what is shared with the caller, its own images not among them.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html",
        "self stands for images that the caller has explicit launch permission for",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/usingsharedamis-finding.html",
        "lists the images shared with the caller, by account, organization or unit",
    ),
])
.rows(&["AMI-10"]);

/// Deregistered images.
pub static ABSENT_ONCE_DEREGISTERED: Rule = shows(
    "image/absent-once-deregistered",
    "A deregistered image is, after a while, not listed to anybody as available.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html",
    "recently deregistered images may appear for a while, then the result is empty",
)])
.rows(&["AMI-23"]);

/// Account ids are checked for their form.
pub static PERMITTED_TO_A_VALID_ACCOUNT: Rule = refuses(
    "image/permitted-to-a-valid-account",
    "A launch permission names an account by its 12-digit id; other text is refused.",
    &["InvalidAMIAttributeItemValue", "InvalidUserID.Malformed"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
    "InvalidAMIAttributeItemValue: the value of a launch permission is not valid; InvalidUserID.Malformed: the user is not valid",
)])
.rows(&["AMI-07"]);

/// Organizations and units are named in full.
pub static PERMITTED_TO_AN_ORGANIZATION_BY_ARN: Rule = refuses_somehow(
    "image/permitted-to-an-organization-by-arn",
    "A launch permission names an organization or unit by its full ARN; a bare id is refused.",
    &["InvalidAMIAttributeItemValue", "InvalidParameterValue"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/share-amis-with-organizations-and-OUs.html",
    "the full ARN has to be given, the id alone will not do",
)])
.rows(&["AMI-03"]);

/// Block public access.
pub static PUBLIC_WHERE_BLOCKED: Rule = refuses(
    "image/public-where-blocked",
    "An account that has block public access for images on can't make an image public.",
    &["OperationNotPermitted"],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-public-access-to-amis.html",
        "with block-new-sharing, an attempt to make an image public fails",
    ),
    source(
        "github.com/hortonworks/cloudbreak-images pull request 926",
        "ModifyImageAttribute for everybody: OperationNotPermitted, block public access is enabled",
    ),
])
.rows(&["AMI-26"]);

/// The setting itself.
pub static PUBLIC_SETTING_CHANGED: Rule = grants(
    "image/public-setting-changed",
    "An account can turn block public access for its images on and off, and reads what it was set to.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableImageBlockPublicAccess.html",
        "keeps images from being made public in the account, in one Region",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetImageBlockPublicAccessState.html",
        "block-new-sharing or unblocked",
    ),
])
.rows(&["AMI-26"]);

/// ResetImageAttribute.
pub static PERMISSIONS_RESET: Rule = grants(
    "image/permissions-reset",
    "The owner of an image can take back all its launch permissions at once, also that for everybody.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ResetImageAttribute.html",
    "resets the launch permissions to none, which makes the image private",
)])
.rows(&["AMI-06"]);

/// CancelImageLaunchPermission.
pub static GIVEN_UP_BY_THE_CONSUMER: Rule = grants(
    "image/given-up-by-the-consumer",
    "An account can give up the launch permission that names it; the owner may give it again.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CancelImageLaunchPermission.html",
        "removes the caller's account from the launch permissions of the image",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/cancel-sharing-an-ami.html",
        "the image is no longer shared with the account, until its owner shares it again",
    ),
])
.rows(&["AMI-25"]);

/// Only what names the caller.
pub static GIVEN_UP_WHERE_NAMED: Rule = refuses_somehow(
    "image/given-up-where-named",
    "An account can't give up a launch permission that it has through its organization, a unit or everybody, nor one that it does not have.",
    &["OperationNotPermitted", "AuthFailure", "InvalidAMIID.NotFound"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/cancel-sharing-an-ami.html",
    "it works for images shared with the account itself, not with its organization or unit, nor for public ones",
)])
.rows(&["AMI-25"]);

/// The owner, or a disabled image.
pub static GIVEN_UP_BY_ITS_OWNER: Rule = refuses_somehow(
    "image/given-up-by-its-owner",
    "The owner of an image has no launch permission to give up, and a disabled image has none.",
    &["OperationNotPermitted", "InvalidAMIID.Unavailable"],
)
.open(
    "What does CancelImageLaunchPermission answer to the owner of the image, and for a disabled image?",
    &[source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CancelImageLaunchPermission.html",
        "speaks of images shared with the caller's account",
    )],
)
.rows(&["AMI-25"]);

/// DisableImage.
pub static DISABLED_BY_ITS_OWNER: Rule = grants(
    "image/disabled-by-its-owner",
    "The owner of an image can disable it, which takes back all its launch permissions.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/disable-an-ami.html",
    "a disabled image is made private, and whom it was shared with loses access",
)])
.rows(&["AMI-15", "AMI-22"]);

/// Disabled images are not listed.
pub static HIDDEN_WHILE_DISABLED: Rule = shows(
    "image/hidden-while-disabled",
    "DescribeImages lists a disabled image to nobody, and to its owner only where it asks for disabled ones.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html",
        "IncludeDisabled: by default no disabled images are in the answer",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/disable-an-ami.html",
        "a disabled image is hidden from lists by default",
    ),
])
.rows(&["AMI-15"]);

/// Disabled images are not launched.
pub static CLOSED_WHILE_DISABLED: Rule = refuses(
    "image/closed-while-disabled",
    "Nobody can launch a disabled image.",
    &["InvalidAMIID.Unavailable", "InvalidAMIID.NotFound", "AuthFailure"],
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/disable-an-ami.html",
        "a disabled image can't be used for launches",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
        "InvalidAMIID.Unavailable: the image has been deregistered or is not available",
    ),
])
.rows(&["AMI-15", "AMI-24"]);

/// Disabled images are not shared.
pub static PRIVATE_WHILE_DISABLED: Rule = refuses_somehow(
    "image/private-while-disabled",
    "A disabled image can't be given launch permissions.",
    &["InvalidAMIID.Unavailable", "OperationNotPermitted"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/disable-an-ami.html",
    "a disabled image can't be shared",
)])
.rows(&["AMI-15"]);

/// EnableImage.
pub static ENABLED_AGAIN: Rule = grants(
    "image/enabled-again",
    "The owner can enable a disabled image; the launch permissions that it had do not come back.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/disable-an-ami.html",
    "a re-enabled image is private, and has to be shared again",
)])
.rows(&["AMI-15"]);

/// EnableImage without need.
pub static ENABLED_WHILE_AVAILABLE: Rule = grants(
    "image/enabled-while-available",
    "Enabling an image that is not disabled changes nothing.",
)
.open(
    "What does EnableImage answer for an image that is available?",
    &[source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableImage.html",
        "re-enables a disabled image; nothing is said of others",
    )],
)
.rows(&["AMI-15"]);

/// Other calls for disabled images.
pub static HANDLED_WHILE_DISABLED: Rule = grants(
    "image/handled-while-disabled",
    "The owner can deregister, copy, deprecate or disable an image that is disabled already.",
)
.open(
    "Which calls of its owner does a disabled image take besides EnableImage?",
    &[source(
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/disable-an-ami.html",
        "tells what a disabled image can't be used for, without naming these calls",
    )],
)
.rows(&["AMI-15"]);

/// Deprecation has a date.
pub static LISTED_UNTIL_DEPRECATED: Rule = grants(
    "image/listed-until-deprecated",
    "The owner can say from when on an image is deprecated, and take that back; until then it is listed as before.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableImageDeprecation.html",
        "enables the deprecation of the image at the specified time",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-deprecate.html",
        "once the date has passed, accounts that do not own the image find it only by its id or where they ask for deprecated ones",
    ),
])
.rows(&["AMI-14"]);

/// Once the date has come.
pub static UNLISTED_ONCE_DEPRECATED: Rule = replies(
    "image/unlisted-once-deprecated",
    "Once an image is deprecated, DescribeImages lists it to accounts that do not own it only by its id or with IncludeDeprecated.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-deprecate.html",
        "for its users the image is in no list unless they name its id or ask for deprecated ones; its owner sees it as before, and all can go on launching it by its id",
    ),
    source(
        "github.com/aws/karpenter-provider-aws issue 6393",
        "a transcript of a user: by its id the shared image is described after its date, by other look-ups it is not found",
    ),
])
.rows(&["AMI-14"]);

/// A filter names no image.
pub static UNLISTED_BY_FILTERS_ONCE_DEPRECATED: Rule = replies(
    "image/unlisted-by-filters-once-deprecated",
    "A filter by the id of a deprecated image does not make DescribeImages list it to accounts that do not own it, as the id in ImageIds does.",
)
.recorded(&[
    source(
        "github.com/hashicorp/packer-plugin-amazon issue 261",
        "a user compares the two: a deprecated image is not found by a filter with its id, and found by the argument for ids",
    ),
    source(
        "github.com/aws/aws-cli issue 7428",
        "a transcript of a public image more than two years old: filters that it matches answer an empty list, and with its id beside them it is described",
    ),
])
.rows(&["AMI-14"]);

/// Not from yesterday on.
pub static DEPRECATED_IN_THE_FUTURE: Rule = refuses_somehow(
    "image/deprecated-in-the-future",
    "The date from which on an image is deprecated can't be in the past.",
    &["InvalidParameterValue", "InvalidParameter"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableImageDeprecation.html",
    "DeprecateAt: a date in the past can't be specified",
)])
.rows(&["AMI-14"]);

/// ExecutableUsers=all.
pub static EXECUTABLE_BY_EVERYBODY: Rule = replies(
    "image/executable-by-everybody",
    "DescribeImages with ExecutableUsers all lists public images, the caller's own among them, and no others.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/usingsharedamis-finding.html",
    "lists all public images, those that the caller owns included",
)])
.rows(&["AMI-12"]);

/// ExecutableUsers=ACCOUNT.
pub static EXECUTABLE_BY_AN_ACCOUNT: Rule = replies(
    "image/executable-by-an-account",
    "DescribeImages with another account as ExecutableUsers lists the caller's images with a permission that names this account, and none that it may launch through an organization or unit.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html",
    "for an account id, only images shared with this account explicitly; those shared with its organization or unit are not among them",
)])
.rows(&["AMI-11"]);

/// Owners=ACCOUNT.
pub static SCOPED_BY_OWNER: Rule = replies(
    "image/scoped-by-owner",
    "DescribeImages with Owners lists the images of this owner that the caller may launch, and no others.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html",
    "scopes the results to images with the specified owners, out of those available to the caller",
)])
.rows(&["AMI-13"]);

/// The public flag.
pub static MARKED_AS_PUBLIC: Rule = replies(
    "image/marked-as-public",
    "DescribeImages says whether an image has launch permission for everybody.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Image.html",
    "isPublic: whether the image has public launch permissions",
)])
.rows(&["AMI-08"]);

/// Filters.
pub static LISTED_WHERE_FILTERS_MATCH: Rule = replies(
    "image/listed-where-filters-match",
    "With filters by image-id, state or is-public, DescribeImages lists those of the images it lists without them that match one value of every filter, and no others.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Filter.html",
        "several filters have to match all, several values of one filter are alternatives",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html",
        "the filters of the operation, image-id, state and is-public among them",
    ),
])
.rows(&["AMI-09"]);

/// Filters that nothing matches.
pub static FILTERED_DOWN_TO_NOTHING: Rule = grants(
    "image/filtered-down-to-nothing",
    "Filters of DescribeImages that match no image listed to the caller give an empty list and no error, also where one names the id of an image that the caller does not see.",
)
.recorded(&[
    source(
        "github.com/aws/aws-cli issue 7428",
        "a transcript of filters that match nothing but an image found by its id alone: the list is empty",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Filter.html",
        "filters, by ids too, make the results of a list more specific; only what matches is returned",
    ),
])
.rows(&["AMI-19"]);

/// Disabled images by their state.
pub static FILTERED_AS_DISABLED_WHERE_INCLUDED: Rule = refuses(
    "image/filtered-as-disabled-where-included",
    "DescribeImages with a filter by the state disabled is refused unless IncludeDisabled is true.",
    &["InvalidParameter"],
)
.recorded(&[source(
    "github.com/turbot/steampipe-plugin-aws issue 2276",
    "a filter by the state disabled: 400 InvalidParameter, IncludeDisabled has to be true for it",
)])
.rows(&["AMI-15"]);

/// CopyImage.
pub static COPIED_WITH_ITS_STORAGE: Rule = grants(
    "image/copied-with-its-storage",
    "An account can copy its own images, and those of others that it may launch and whose snapshot it may make volumes of; the copy is its own.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/how-ami-copy-works.html",
    "an image shared from another account can be copied where its owner also gives read permission on the storage behind it; who copies it owns the copy",
)])
.rows(&["AMI-29"]);

/// The storage is not shared with the image.
pub static COPIED_WITH_ITS_STORAGE_SHARED: Rule = refuses(
    "image/copied-with-its-storage-shared",
    "An image of another account can't be copied while its snapshot is not shared with the caller, though the caller may launch it.",
    &["InvalidRequest"],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/how-ami-copy-works.html",
        "the owner has to give read permission on the storage too, not on the image alone",
    ),
    source(
        "github.com/hashicorp/packer issue 3761",
        "an account that sees a shared image by its id can't copy it, since launch permissions do not go down to the snapshot",
    ),
    source(
        "github.com/MISP/misp-cloud issue 19",
        "CopyImage of a public image: no permission to access the storage of this ami, until its owner sees to the snapshot",
    ),
    source(
        "github.com/cloudigrade/cloudigrade cloudigrade/api/clouds/aws/tasks/imageprep.py",
        "takes InvalidRequest with these words from CopyImage for a private image that is shared without its storage",
    ),
])
.rows(&["AMI-29"]);

/// Images that are not the caller's to copy.
pub static COPIED_WHERE_SHARED: Rule = refuses_somehow(
    "image/copied-where-shared",
    "An image that does not exist, or that the caller neither owns nor may launch, can't be copied.",
    &["InvalidAMIID.NotFound", "InvalidAMIID.Unavailable", "InvalidAMIID.Malformed", "AuthFailure", "InvalidRequest"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/how-ami-copy-works.html",
    "what is copied of another account is an image that it shared with the caller; how others are refused is not said",
)])
.rows(&["AMI-29"]);

/// Images without a snapshot that the run knows of.
pub static COPIED_WITHOUT_A_SNAPSHOT: Rule = refuses_somehow(
    "image/copied-without-a-snapshot",
    "An image of another account that was registered without a snapshot can't be copied.",
    &["InvalidRequest"],
)
.open(
    "Can an account that may launch an image copy it, if the image was registered without a snapshot, as emulators let one be?",
    &[source(
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/how-ami-copy-works.html",
        "the storage behind an image is a snapshot, or a bucket of S3; one with neither is not told of",
    )],
)
.rows(&["AMI-29"]);

/// Launch permissions stay with the image that was copied.
pub static PRIVATE_ONCE_COPIED: Rule = shows(
    "image/private-once-copied",
    "The copy of an image is listed to its owner alone until it is given launch permissions of its own: it has none of those of the image.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/how-ami-copy-works.html",
    "launch permissions, user-defined tags and bucket permissions are not copied; they are given to the copy anew",
)])
.rows(&["AMI-29"]);
