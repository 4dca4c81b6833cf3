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
    &ALLOCATIONS_LISTED,
    &ALLOCATIONS_KEPT_AFTER_REVOCATION,
    &ALLOCATIONS_RELEASED_BY_THEIR_OWNER,
    &ALLOCATIONS_RELEASED_BY_THEIR_OWNER_ALONE,
    &ALLOCATIONS_RELEASED_BY_THE_POOL_OWNER,
    &ALLOCATIONS_RELEASED_AFTER_REVOCATION,
    &ALLOCATION_IN_THE_POOL,
    &KEPT_WHILE_ALLOCATED_FROM,
    &VPC_MADE_FROM_A_VISIBLE_POOL,
    &VPC_LISTED_AS_AN_ALLOCATION,
    &VPC_RELEASED_BY_ITS_DELETION,
    &KNOWN_TO_THE_CALLER,
    &CHANGED_BY_ITS_OWNER_ALONE,
];

const SHARING: &str = "https://docs.aws.amazon.com/vpc/latest/ipam/share-pool-ipam.html";

const LISTING: &str =
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeIpamPoolAllocations.html";

const RELEASING: &str = "https://docs.aws.amazon.com/vpc/latest/ipam/release-alloc-ipam.html";

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
    "The owner and the consumers of an IPAM pool can allocate blocks of addresses from it.",
)
.documented(&[
    source(
        SHARING,
        "AWSRAMDefaultPermissionsIpamPool lets principals see a shared pool's allocations, allocate and release",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AllocateIpamPoolCidr.html",
        "allocates a block that overlaps no other allocation from the pool",
    ),
])
.rows(&["IPAM-01"]);

/// The allocations of all.
pub static ALLOCATIONS_LISTED: Rule = shows(
    "ipam-pool/allocations-listed",
    "GetIpamPoolAllocations lists all that is allocated from a pool to its owner and to its consumers, with the account that allocated it.",
)
.documented(&[
    source(
        LISTING,
        "to see all allocations in a pool that one owns or that is shared with one, those of other accounts included, use GetIpamPoolAllocations",
    ),
    source(SHARING, "AWSRAMDefaultPermissionsIpamPool lets principals see a shared pool's allocations"),
    source(
        "github.com/hashicorp/terraform-provider-aws issue 29045",
        "a consumer's allocation has the type custom and the consumer as its ResourceOwner",
    ),
])
.rows(&["IPAM-01"]);

/// What a consumer leaves.
pub static ALLOCATIONS_KEPT_AFTER_REVOCATION: Rule = shows(
    "ipam-pool/allocations-kept-after-revocation",
    "What a consumer allocated from an IPAM pool stays allocated, and is listed to the pool's owner, once the pool is no longer shared with it.",
)
.inferred(&[
    source(
        RELEASING,
        "an allocation ends by its release, or some time after the resource that has it is deleted; the end of a share is no such way",
    ),
    source(SHARING, "says nothing of what becomes of allocations when sharing ends"),
])
.rows(&["IPAM-01"]);

/// Giving a block back.
pub static ALLOCATIONS_RELEASED_BY_THEIR_OWNER: Rule = grants(
    "ipam-pool/allocations-released-by-their-owner",
    "An account that sees an IPAM pool can release what it allocated from it.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReleaseIpamPoolAllocation.html",
        "releases an allocation that was made by hand",
    ),
    source(SHARING, "AWSRAMDefaultPermissionsIpamPool lets principals allocate and release"),
])
.rows(&["IPAM-01"]);

/// Others' blocks.
pub static ALLOCATIONS_RELEASED_BY_THEIR_OWNER_ALONE: Rule = refuses_somehow(
    "ipam-pool/allocations-released-by-their-owner-alone",
    "A consumer can't release what another account allocated from a shared IPAM pool.",
    &[
        "UnauthorizedOperation",
        "AuthFailure",
        "OperationNotPermitted",
        "InvalidIpamPoolAllocationId.NotFound",
    ],
)
.inferred(&[
    source(LISTING, "an allocation is owned by the account that made it"),
    source(
        SHARING,
        "lets principals allocate and release, and says nothing of what others allocated",
    ),
])
.rows(&["IPAM-01"]);

/// The owner of the pool.
pub static ALLOCATIONS_RELEASED_BY_THE_POOL_OWNER: Rule = refuses_somehow(
    "ipam-pool/allocations-released-by-the-pool-owner",
    "The owner of an IPAM pool can't release what a consumer allocated from it.",
    &["UnauthorizedOperation", "OperationNotPermitted", "InvalidIpamPoolAllocationId.NotFound"],
)
.open(
    "Can the owner of an IPAM pool release what a consumer allocated from it?",
    &[source(RELEASING, "says how allocations are released, and not by which of the accounts")],
)
.rows(&["IPAM-01"]);

/// Giving a block back later.
pub static ALLOCATIONS_RELEASED_AFTER_REVOCATION: Rule = grants(
    "ipam-pool/allocations-released-after-revocation",
    "An account can release what it allocated from an IPAM pool that is no longer shared with it.",
)
.open(
    "Can a consumer release what it allocated once the pool is no longer shared with it?",
    &[source(SHARING, "lets principals release while the pool is shared with them")],
)
.rows(&["IPAM-01"]);

/// An allocation that is not there.
pub static ALLOCATION_IN_THE_POOL: Rule = refuses_somehow(
    "ipam-pool/allocation-in-the-pool",
    "Releasing what is no allocation from the IPAM pool is refused.",
    &["InvalidIpamPoolAllocationId.NotFound", "InvalidIpamPoolAllocationId.Malformed"],
)
.inferred(&[
    source(
        "github.com/hashicorp/terraform-provider-aws issue 28913",
        "GetIpamPoolAllocations by an id that is not known yet: InvalidIpamPoolAllocationId.NotFound, it does not exist",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReleaseIpamPoolAllocation.html",
        "the pool, the allocation and its block are all required",
    ),
])
.rows(&["IPAM-01"]);

/// Deleting a pool in use.
pub static KEPT_WHILE_ALLOCATED_FROM: Rule = refuses_somehow(
    "ipam-pool/kept-while-allocated-from",
    "An IPAM pool can't be deleted while something is allocated from it, by whichever account.",
    &["IncorrectState", "DependencyViolation", "OperationNotPermitted", "InvalidParameterValue"],
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteIpamPool.html",
        "a pool with allocations in it, or blocks of addresses, can't be deleted",
    ),
    source(
        RELEASING,
        "a block of addresses that is allocated can't be taken out of a pool, nor a pool with blocks be deleted",
    ),
])
.rows(&["IPAM-01"]);

/// VPCs from a pool.
pub static VPC_MADE_FROM_A_VISIBLE_POOL: Rule = grants(
    "ipam-pool/vpc-made-from-a-visible-pool",
    "The owner and the consumers of an IPAM pool can make VPCs with addresses from it.",
)
.documented(&[
    source(SHARING, "principals allocate blocks of a shared pool to resources such as VPCs"),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpc.html",
        "Ipv4IpamPoolId: the pool that the VPC's block is allocated from",
    ),
])
.rows(&["IPAM-01"]);

/// The block of a VPC.
pub static VPC_LISTED_AS_AN_ALLOCATION: Rule = shows(
    "ipam-pool/vpc-listed-as-an-allocation",
    "GetIpamPoolAllocations lists the block of a VPC that was made from the pool, with the VPC and its owner.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpamPoolAllocation.html",
        "ResourceType is vpc for one, ResourceId the VPC's id, ResourceOwner its owner",
    ),
    source(LISTING, "GetIpamPoolAllocations lists the allocations of other accounts too"),
])
.rows(&["IPAM-01"]);

/// The block of a deleted VPC.
pub static VPC_RELEASED_BY_ITS_DELETION: Rule = shows(
    "ipam-pool/vpc-released-by-its-deletion",
    "The block of a deleted VPC is no longer allocated, and does not keep its IPAM pool.",
)
.open(
    "For how long is the block of a deleted VPC still allocated, and does it keep its pool meanwhile?",
    &[
        source(RELEASING, "some time after a VPC's deletion IPAM releases its block by itself"),
        source(
            "github.com/hashicorp/terraform-provider-aws issue 31211",
            "the VPC is deleted in seconds, and its allocation is released 10 to 20 minutes later",
        ),
    ],
)
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
