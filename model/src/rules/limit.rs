//! Limits: how many of everything RAM takes. Those of versions, of permissions for a type and of tags
//! are with what they limit.

use super::{Rule, refuses, refuses_somehow, replies, shows, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &RESOURCES_OF_A_CALL,
    &SHARES_OF_AN_ACCOUNT,
    &RESOURCES_OF_A_SHARE,
    &PRINCIPALS_OF_A_SHARE,
    &RESOURCES_OF_AN_ACCOUNT,
    &PRINCIPALS_OF_AN_ACCOUNT,
    &INVITATIONS_PENDING,
    &PERMISSIONS_OF_AN_ACCOUNT,
    &SUBNETS_SHARED_WITH_AN_ACCOUNT,
    &SUBNETS_USED_BEYOND_THEIR_NUMBER,
    &COUNTED_WHILE_LIVE,
];

/// The page with the quotas.
const QUOTAS: &str = "https://docs.aws.amazon.com/ram/latest/userguide/service-quotas.html";

/// The page about subnets too many.
const SUBNETS: &str = "https://docs.aws.amazon.com/ram/latest/userguide/tshoot-subnet-limits.html";

/// Resources in one call.
pub static RESOURCES_OF_A_CALL: Rule = refuses(
    "limit/resources-of-a-call",
    "One call associates 100 resources at most.",
    &["ResourceShareLimitExceededException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_CreateResourceShare.html#API_CreateResourceShare_Errors",
    "the text of the exception has the number: 100 in each call",
)])
.rows(&["RAM-SHARE-21", "RAM-LIM-06"]);

/// Shares.
pub static SHARES_OF_AN_ACCOUNT: Rule = refuses(
    "limit/shares-of-an-account",
    "An account can have 25,000 resource shares in a Region.",
    &["ResourceShareLimitExceededException"],
)
.documented(&[
    source(QUOTAS, "25,000 shares in each Region"),
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_CreateResourceShare.html#API_CreateResourceShare_Errors",
        "has the exception for a request that would exceed the limit for shares",
    ),
])
.rows(&["RAM-LIM-01", "RAM-LIM-08"]);

/// Resources in a share.
pub static RESOURCES_OF_A_SHARE: Rule = refuses_somehow(
    "limit/resources-of-a-share",
    "A resource share can hold 5,000 resources.",
    &["ResourceShareLimitExceededException"],
)
.documented(&[source(QUOTAS, "5,000 resource associations in each share")])
.rows(&["RAM-LIM-02"]);

/// Principals in a share.
pub static PRINCIPALS_OF_A_SHARE: Rule = refuses_somehow(
    "limit/principals-of-a-share",
    "A resource share can hold 5,000 principals.",
    &["ResourceShareLimitExceededException"],
)
.documented(&[source(QUOTAS, "5,000 principal associations in each share")])
.rows(&["RAM-LIM-02"]);

/// Resources in all shares.
pub static RESOURCES_OF_AN_ACCOUNT: Rule = refuses_somehow(
    "limit/resources-of-an-account",
    "The shares of an account in a Region can hold 25,000 resources together; one that is in two of them counts twice.",
    &["ResourceShareLimitExceededException"],
)
.documented(&[source(QUOTAS, "25,000 resource associations in each Region")])
.rows(&["RAM-LIM-03", "RAM-ASSOC-18"]);

/// Principals in all shares.
pub static PRINCIPALS_OF_AN_ACCOUNT: Rule = refuses_somehow(
    "limit/principals-of-an-account",
    "The shares of an account in a Region can hold 25,000 principals together; one that is in two of them counts twice.",
    &["ResourceShareLimitExceededException"],
)
.documented(&[source(QUOTAS, "25,000 principal associations in each Region")])
.rows(&["RAM-LIM-03"]);

/// Invitations.
pub static INVITATIONS_PENDING: Rule = refuses_somehow(
    "limit/invitations-pending",
    "An account can have sent 250 invitations that wait for their answer; how many it has received is not limited.",
    &["ResourceShareLimitExceededException"],
)
.documented(&[
    source(QUOTAS, "250 pending invitations that an account has sent"),
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/working-with-shared-invitations.html",
        "limits the sender, not the receiver",
    ),
])
.rows(&["RAM-LIM-05", "RAM-INV-29"]);

/// Customer managed permissions.
pub static PERMISSIONS_OF_AN_ACCOUNT: Rule = refuses(
    "limit/permissions-of-an-account",
    "An account can have 1,500 customer managed permissions in a Region.",
    &["PermissionLimitExceededException"],
)
.documented(&[
    source(QUOTAS, "1,500 customer managed permissions in each Region"),
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_CreatePermission.html#API_CreatePermission_Errors",
        "has the exception for a request that would exceed the number for a Region",
    ),
])
.rows(&["RAM-LIM-04"]);

/// The associations and resources that a limit counts.
pub static COUNTED_WHILE_LIVE: Rule = refuses_somehow(
    "limit/counted-while-live",
    "A limit counts what was taken out or deleted as long as it is listed.",
    &["ResourceShareLimitExceededException"],
)
.open(
    "Do the limits count associations that ended, resources that were deleted, shares that are deleted but readable yet, and the same resource twice in one call?",
    &[source(QUOTAS, "says how many there may be, and not of what state")],
)
.rows(&["RAM-LIM-01", "RAM-LIM-02", "RAM-LIM-03", "RAM-LIM-05"]);

/// A consumer's subnets.
pub static SUBNETS_SHARED_WITH_AN_ACCOUNT: Rule = replies(
    "limit/subnets-shared-with-an-account",
    "Where 100 subnets are shared with an account, one more can be shared with it, and its ListResources has it with the status LIMIT_EXCEEDED.",
)
.documented(&[
    source(
        SUBNETS,
        "the sharing succeeds, and the consuming account shows that the limit is exceeded for that resource; once the limit is raised, the resource has to be associated anew",
    ),
    source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html",
        "100 subnets can be shared with an account",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_Resource.html",
        "LIMIT_EXCEEDED is among the statuses",
    ),
])
.rows(&["RAM-11", "RAM-READ-17"]);

/// The use of a subnet too many.
pub static SUBNETS_USED_BEYOND_THEIR_NUMBER: Rule = shows(
    "limit/subnets-used-beyond-their-number",
    "An account sees and uses a subnet that is one too many of those that are shared with it.",
)
.open(
    "Is a subnet that ListResources shows as LIMIT_EXCEEDED listed by DescribeSubnets, and open to launches?",
    &[source(
        SUBNETS,
        "calls it a restriction that effectively prevents sharing, and names no call that shows it",
    )],
)
.rows(&["RAM-11"]);
