//! Snapshots of volumes, which images are registered with: shared by permission, not by RAM.

use super::{Rule, grants, refuses, refuses_somehow, shows, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &MADE_BY_ITS_OWNER,
    &SHARED_BY_PERMISSION,
    &SEEN_WITH_A_PERMISSION,
    &KNOWN_TO_THE_CALLER,
    &CHANGED_BY_ITS_OWNER_ALONE,
    &PERMITTED_TO_ACCOUNTS_ALONE,
    &GIVEN_OR_TAKEN,
    &KEPT_WHILE_REGISTERED,
    &REGISTERED_BY_A_CONSUMER,
];

/// Owners make snapshots.
pub static MADE_BY_ITS_OWNER: Rule = grants(
    "snapshot/made-by-its-owner",
    "An account can make snapshots of its volumes, and delete those that no image is registered with.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSnapshot.html",
        "creates a snapshot of a volume",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSnapshot.html",
        "deletes a snapshot",
    ),
])
.rows(&["AMI-29"]);

/// The owner gives and takes permissions.
pub static SHARED_BY_PERMISSION: Rule = grants(
    "snapshot/shared-by-permission",
    "The owner of a snapshot can give accounts permission to make volumes of it, and take it back, without anybody's acceptance.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySnapshotAttribute.html",
    "adds accounts to the create volume permissions of a snapshot, or removes them",
)])
.rows(&["AMI-29"]);

/// A permission shows the snapshot.
pub static SEEN_WITH_A_PERMISSION: Rule = shows(
    "snapshot/seen-with-a-permission",
    "DescribeSnapshots lists a snapshot to its owner and to every account that has permission to make volumes of it.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSnapshots.html",
    "the snapshots available to the caller are public ones, its own, and those of others that it has explicit create volume permission for",
)])
.rows(&["AMI-29"]);

/// Snapshots that are not there for the caller.
pub static KNOWN_TO_THE_CALLER: Rule = refuses(
    "snapshot/known-to-the-caller",
    "A snapshot that does not exist, or that the caller has no permission for, can't be changed or registered, and is not found by its id.",
    &["InvalidSnapshot.NotFound", "InvalidSnapshotID.Malformed", "AuthFailure", "UnauthorizedOperation"],
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
        "InvalidSnapshot.NotFound: the snapshot does not exist; AuthFailure: the caller may not do this with what it names",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSnapshots.html",
        "an invalid snapshot id is an error; one that the caller has no access to is not in the results",
    ),
])
.rows(&["AMI-29"]);

/// Others can't change it.
pub static CHANGED_BY_ITS_OWNER_ALONE: Rule = refuses_somehow(
    "snapshot/changed-by-its-owner-alone",
    "An account that a snapshot is shared with can't change its permissions, nor delete it.",
    &["AuthFailure", "UnauthorizedOperation", "InvalidSnapshot.NotFound", "OperationNotPermitted"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html",
    "whom a snapshot is shared with makes volumes and copies of it, and the original is not touched; how more is refused is not said",
)])
.rows(&["AMI-29"]);

/// Receivers are accounts.
pub static PERMITTED_TO_ACCOUNTS_ALONE: Rule = refuses_somehow(
    "snapshot/permitted-to-accounts-alone",
    "A permission for a snapshot names an account by its 12-digit id; an organization, a unit and other text are refused.",
    &["InvalidUserID.Malformed", "InvalidParameterValue", "InvalidAttributeItemValue"],
)
.inferred(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolumePermission.html",
    "a permission is for an account id or the group all, and for nothing else",
)])
.rows(&["AMI-29"]);

/// Both in one call.
pub static GIVEN_OR_TAKEN: Rule = refuses_somehow(
    "snapshot/given-or-taken",
    "One ModifySnapshotAttribute can't both give permissions and take them.",
    &["InvalidParameterCombination", "InvalidParameterValue"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySnapshotAttribute.html",
    "accounts are added or removed, not both in one operation; several operations are needed for that",
)])
.rows(&["AMI-29"]);

/// Images keep their snapshots.
pub static KEPT_WHILE_REGISTERED: Rule = refuses(
    "snapshot/kept-while-registered",
    "A snapshot can't be deleted while an image of its owner is registered with it, disabled or not.",
    &["InvalidSnapshot.InUse"],
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSnapshot.html",
        "the snapshot of the root device of a registered image can't be deleted; the image has to be deregistered first",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/disable-an-ami.html",
        "nor can snapshots of disabled images: they are in use",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
        "InvalidSnapshot.InUse: the snapshot to be deleted is in use by one or more images",
    ),
])
.rows(&["AMI-29"]);

/// An image from a snapshot of others.
pub static REGISTERED_BY_A_CONSUMER: Rule = grants(
    "snapshot/registered-by-a-consumer",
    "An account that a snapshot is shared with can register an image with it.",
)
.open(
    "Can an account register an image with a snapshot that is shared with it? May it copy that image, and does it keep the owner from deleting the snapshot?",
    &[source(
        "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html",
        "whom a snapshot is shared with makes volumes and copies of it; images are not spoken of",
    )],
)
.rows(&["AMI-29"]);
