//! Pools of IP addresses that IPAM manages.

use super::{Rule, grants, refuses_somehow, shows, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &MADE_BY_ITS_OWNER,
    &ADMINISTERED_BY_A_MEMBER,
    &ADMINISTRATOR_NAMED_BY_MANAGEMENT,
    &ADMINISTRATOR_A_MEMBER,
    &ADMINISTRATOR_REPLACED,
    &SHARED_BY_THE_ADMINISTRATOR,
    &SEEN_WHILE_SHARED,
    &ALLOCATED_FROM_WHILE_SHARED,
    &KNOWN_TO_THE_CALLER,
    &CHANGED_BY_ITS_OWNER_ALONE,
];

const SHARING: &str = "https://docs.aws.amazon.com/vpc/latest/ipam/share-pool-ipam.html";

const ADMINISTRATOR: &str = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableIpamOrganizationAdminAccount.html";

/// Owners make pools.
pub static MADE_BY_ITS_OWNER: Rule = grants(
    "ipam-pool/made-by-its-owner",
    "An account can make IPAM pools, and delete those from which nothing is allocated.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateIpamPool.html",
    "creates a pool of addresses in a scope of an IPAM",
)])
.rows(&["IPAM-01"]);

/// Delegation.
pub static ADMINISTERED_BY_A_MEMBER: Rule = grants(
    "ipam-pool/administered-by-a-member",
    "The management account of an organization can make a member the administrator of IPAM.",
)
.documented(&[source(ADMINISTRATOR, "delegates IPAM to a member of the organization")])
.rows(&["IPAM-01"]);

/// The account that delegates.
pub static ADMINISTRATOR_NAMED_BY_MANAGEMENT: Rule = refuses_somehow(
    "ipam-pool/administrator-named-by-management",
    "Only the management account of an organization can name the administrator of IPAM.",
    &["UnauthorizedOperation", "OperationNotPermitted", "InvalidParameterValue"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/ipam/enable-integ-ipam.html",
    "the management account delegates",
)])
.rows(&["IPAM-01"]);

/// The account that is delegated to.
pub static ADMINISTRATOR_A_MEMBER: Rule = refuses_somehow(
    "ipam-pool/administrator-a-member",
    "The administrator of IPAM is a member of the organization other than the management account.",
    &["InvalidParameterValue", "OperationNotPermitted"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/ipam/enable-integ-ipam.html",
    "the management account can't be the administrator; a member has to be",
)])
.rows(&["IPAM-01"]);

/// Delegating once more.
pub static ADMINISTRATOR_REPLACED: Rule = refuses_somehow(
    "ipam-pool/administrator-replaced",
    "Naming another administrator of IPAM while there is one is refused.",
    &["OperationNotPermitted", "InvalidParameterValue"],
)
.open(
    "What does EnableIpamOrganizationAdminAccount answer when another account is the administrator already?",
    &[source(ADMINISTRATOR, "says nothing of an administrator that there is already")],
)
.rows(&["IPAM-01"]);

/// The account that may share.
pub static SHARED_BY_THE_ADMINISTRATOR: Rule = refuses_somehow(
    "ipam-pool/shared-by-the-administrator",
    "An IPAM pool can be shared only by the administrator of IPAM in an organization that RAM shares with.",
    &["OperationNotPermittedException", "InvalidParameterException"],
)
.documented(&[source(
    SHARING,
    "a pool can be shared where IPAM is integrated with the organization, and not by a single account",
)])
.rows(&["IPAM-01"]);

/// The consumer's view.
pub static SEEN_WHILE_SHARED: Rule = shows(
    "ipam-pool/seen-while-shared",
    "A consumer's DescribeIpamPools lists a shared pool, with the owner's account id.",
)
.documented(&[
    source(SHARING, "principals can work with the pools that are shared with them"),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpamPool.html",
        "OwnerId: the account that owns the pool",
    ),
])
.rows(&["IPAM-01", "RAM-08"]);

/// The consumer's use.
pub static ALLOCATED_FROM_WHILE_SHARED: Rule = grants(
    "ipam-pool/allocated-from-while-shared",
    "The owner and the consumers of an IPAM pool can have the next free block of it.",
)
.documented(&[
    source(SHARING, "principals allocate blocks of addresses from a shared pool"),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AllocateIpamPoolCidr.html",
        "PreviewNextCidr shows the next free block without allocating it",
    ),
])
.rows(&["IPAM-01"]);

/// A pool that is not visible.
pub static KNOWN_TO_THE_CALLER: Rule = refuses_somehow(
    "ipam-pool/known-to-the-caller",
    "An IPAM pool that is not visible to the caller is refused as not existing.",
    &["InvalidIpamPoolId.NotFound", "InvalidIpamPoolId.Malformed", "UnauthorizedOperation"],
)
.recorded(&[
    source(
        "https://blog.damagedminds.nz/posts/2024-04-20-playing-around-with-aws-ipam",
        "CreateVpc with a pool that is not shared itself, its parent is: InvalidIpamPoolId.NotFound, it does not exist",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws internal/service/ec2/errors.go",
        "the provider takes this code for a pool that is gone, whatever the call",
    ),
])
.rows(&["IPAM-01"]);

/// The consumer only uses it.
pub static CHANGED_BY_ITS_OWNER_ALONE: Rule = refuses_somehow(
    "ipam-pool/changed-by-its-owner-alone",
    "A consumer can't delete an IPAM pool that is shared with it.",
    &[
        "UnauthorizedOperation",
        "AuthFailure",
        "OperationNotPermitted",
        "InvalidIpamPoolId.NotFound",
    ],
)
.inferred(&[source(
    SHARING,
    "names what principals may do with a shared pool, and deleting it is not among it",
)])
.rows(&["IPAM-01"]);
