//! Placement groups.

use super::{Rule, grants, refuses, refuses_somehow, replies, shows, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &MADE_BY_ITS_OWNER,
    &SEEN_WHILE_SHARED,
    &KNOWN_TO_THE_CALLER,
    &NAMED_BY_ITS_OWNER_ALONE,
    &NAMED_ONE_WAY,
    &KEPT_WHILE_IN_USE,
    &NAMED_BY_ITS_INSTANCES,
    &LEFT_ONCE_REVOKED,
];

const GUIDE: &str =
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/share-placement-group.html";

/// Owners make groups.
pub static MADE_BY_ITS_OWNER: Rule = grants(
    "placement-group/made-by-its-owner",
    "An account can make placement groups, and delete those without instances.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreatePlacementGroup.html",
    "creates a placement group in which instances are launched",
)])
.rows(&["PG-01"]);

/// The consumer's view.
pub static SEEN_WHILE_SHARED: Rule = shows(
    "placement-group/seen-while-shared",
    "A consumer's DescribePlacementGroups lists a shared placement group, with the owner's account id in its ARN.",
)
.documented(&[source(
    GUIDE,
    "participants view the groups that are shared with them; the ARN tells the owner",
)])
.rows(&["PG-01", "RAM-08"]);

/// A group that is not visible.
pub static KNOWN_TO_THE_CALLER: Rule = refuses_somehow(
    "placement-group/known-to-the-caller",
    "A placement group that is not visible to the caller is refused as not existing.",
    &["InvalidPlacementGroup.Unknown", "InvalidPlacementGroupId.Malformed"],
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
        "InvalidPlacementGroup.Unknown: the placement group does not exist",
    ),
    source(GUIDE, "a group is available to the accounts that it is shared with"),
])
.rows(&["PG-01"]);

/// Names are the owner's.
pub static NAMED_BY_ITS_OWNER_ALONE: Rule = refuses(
    "placement-group/named-by-its-owner-alone",
    "Only its owner can name a placement group by its name, to launch into it or to delete it; a consumer launches with its id.",
    &["InvalidPlacementGroup.Unknown"],
)
.documented_and_recorded(&[
    source(GUIDE, "a shared group is named by its id; the name works for the owner alone"),
    source(
        "github.com/hashicorp/terraform-provider-aws pull request 38527",
        "a consumer launches by the name: InvalidPlacementGroup.Unknown; AWS's support confirms that names work for the owner alone",
    ),
])
.rows(&["PG-01"]);

/// Either the name or the id.
pub static NAMED_ONE_WAY: Rule = refuses_somehow(
    "placement-group/named-one-way",
    "A launch names a placement group by its id or by its name, not by both.",
    &["InvalidParameterCombination", "InvalidParameterValue"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Placement.html",
    "GroupId and GroupName exclude each other",
)])
.rows(&["PG-01"]);

/// Instances keep a group.
pub static KEPT_WHILE_IN_USE: Rule = refuses(
    "placement-group/kept-while-in-use",
    "A placement group can't be deleted while instances are in it.",
    &["InvalidPlacementGroup.InUse"],
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeletePlacementGroup.html",
        "all instances in the group have to be terminated first",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
        "InvalidPlacementGroup.InUse: instances are in the group",
    ),
])
.rows(&["PG-01"]);

/// Instances say what they are in.
pub static NAMED_BY_ITS_INSTANCES: Rule = replies(
    "placement-group/named-by-its-instances",
    "DescribeInstances names the placement group that an instance was launched into.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Placement.html",
    "GroupId: the group that the instance is in",
)])
.rows(&["PG-01"]);

/// Detached, and running on.
pub static LEFT_ONCE_REVOKED: Rule = replies(
    "placement-group/left-once-revoked",
    "When a placement group is no longer shared with the account of an instance in it, the instance is taken out of it and runs on.",
)
.documented(&[source(
    GUIDE,
    "instances in an unshared group are detached from it and run on",
)])
.rows(&["PG-02"]);
