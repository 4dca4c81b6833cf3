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
    &CHANGED_BY_ITS_OWNER_ALONE,
    &EXECUTABLE_BY_THE_CALLER,
    &ABSENT_ONCE_DEREGISTERED,
    &PERMITTED_TO_A_VALID_ACCOUNT,
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
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImageAttribute.html",
        "describes the launch permissions of an image",
    ),
    source(
        "github.com/cloud-custodian/cloud-custodian tests/data/placebo/test_ami_cross_accounts",
        "recorded: a mixed list of accounts, groups and organizations",
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
pub static UNSEEN_IMAGE_ASKED_FOR: Rule = refuses_somehow(
    "image/unseen-image-asked-for",
    "Asking for an image by id that the caller may not launch finds nothing.",
    &["InvalidAMIID.NotFound"],
)
.open(
    "Does DescribeImages by id of a private image of another account answer an empty list or InvalidAMIID.NotFound?",
    &[source(
        "github.com/agentsea/surfkit issue 88",
        "one report shows an empty list beside an AuthFailure on launch",
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
    &["InvalidAMIAttributeItemValue"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
    "InvalidAMIAttributeItemValue: the value of a launch permission is not valid",
)])
.rows(&["AMI-07"]);
