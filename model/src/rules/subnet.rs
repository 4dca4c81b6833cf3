//! Subnets and their VPCs: what a participant may and may not do.

use super::{Rule, grants, refuses, refuses_somehow, replies, shows, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &MADE_BY_ITS_OWNER,
    &SEEN_WHILE_SHARED,
    &IN_ONE_ZONE_FOR_ALL,
    &VPC_SEEN_WITH_A_SHARED_SUBNET,
    &KNOWN_TO_THE_CALLER,
    &VPC_KNOWN_TO_THE_CALLER,
    &CHANGED_BY_ITS_OWNER,
    &CHANGED_BY_ITS_OWNER_ALONE,
    &VPC_CHANGED_BY_ITS_OWNER_ALONE,
    &CLOSED_AFTER_REVOCATION,
    &KEPT_WHILE_IN_USE,
    &DELETED_BY_ITS_OWNER,
    &VPC_DELETED_WHILE_ASSOCIATED,
];

/// Owners make VPCs and subnets.
pub static MADE_BY_ITS_OWNER: Rule =
    grants("subnet/made-by-its-owner", "An account can make VPCs, and subnets in its own VPCs.")
        .documented(&[source(
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html",
            "creates a subnet in the specified VPC",
        )])
        .rows(&["SUBNET-14"]);

/// The participant's view.
pub static SEEN_WHILE_SHARED: Rule = shows(
    "subnet/seen-while-shared",
    "A participant's DescribeSubnets lists a shared subnet, with the owner's account id.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing-share-subnet-working-with.html",
        "participants see the subnets that are shared with them",
    ),
    source(
        "github.com/ekristen/aws-nuke issue 497",
        "a log from a participant lists the shared subnet with the owner's id",
    ),
])
.rows(&["SUBNET-04", "RAM-08", "C1"]);

/// The zone that both sides speak of.
pub static IN_ONE_ZONE_FOR_ALL: Rule = replies(
    "subnet/in-one-zone-for-all",
    "DescribeSubnets shows a subnet with one and the same AvailabilityZoneId to its owner and to all participants.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing-share-subnet-working-with.html",
        "names of zones are mapped for each account on its own; the id of a zone is unique and consistent, so that accounts which share a VPC find each other's zones",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/working-with-az-ids.html",
        "a subnet that is shared is available to the other account in the zone of the same id",
    ),
])
.rows(&["SUBNET-24"]);

/// The VPC shows with its subnet.
pub static VPC_SEEN_WITH_A_SHARED_SUBNET: Rule = shows(
    "subnet/vpc-seen-with-a-shared-subnet",
    "A participant's DescribeVpcs lists the VPC of a shared subnet, with the owner's account id.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
        "participants can describe the VPC of a shared subnet",
    ),
    source(
        "github.com/ekristen/aws-nuke issue 497",
        "a log from a participant lists the VPC with the owner's id",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws issue 47536",
        "the provider's list of all VPCs, for which it names none to DescribeVpcs, has those of other accounts too",
    ),
])
.rows(&["SUBNET-05", "C1"]);

/// A subnet that is not visible.
pub static KNOWN_TO_THE_CALLER: Rule = refuses(
    "subnet/known-to-the-caller",
    "A subnet that is not visible to the caller is refused as not existing.",
    &[
        "InvalidSubnetID.NotFound",
        "InvalidSubnetId.NotFound",
        "InvalidSubnet",
        "InvalidSubnetID.Malformed",
    ],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
        "InvalidSubnetID.NotFound: the subnet does not exist; InvalidSubnetID.Malformed: it is no subnet's id",
    ),
    source(
        "github.com/boto/boto3 issue 2398",
        "RunInstances with another account's keys: InvalidSubnetID.NotFound",
    ),
    source(
        "github.com/cloud-custodian/cloud-custodian pull request 10433",
        "DescribeSubnets of an id that is gone: InvalidSubnetID.NotFound, and no empty list",
    ),
])
.rows(&["SUBNET-07", "C7"]);

/// A VPC that is not visible.
pub static VPC_KNOWN_TO_THE_CALLER: Rule = refuses(
    "subnet/vpc-known-to-the-caller",
    "A VPC that is not visible to the caller is refused as not existing.",
    &["InvalidVpcID.NotFound", "InvalidVpcId.NotFound", "InvalidVpcID.Malformed"],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
        "InvalidVpcID.NotFound: the VPC does not exist; InvalidVpcID.Malformed: it is no VPC's id",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws issue 43616",
        "a VPC that the caller does not see: InvalidVpcID.NotFound",
    ),
    source(
        "github.com/hashicorp/terraform-aws-consul issue 29",
        "a data source asks DescribeVpcs for an id that its caller does not have: InvalidVpcID.NotFound, and no empty list",
    ),
])
.rows(&["SUBNET-08", "C11"]);

/// The owner changes it.
pub static CHANGED_BY_ITS_OWNER: Rule = grants(
    "subnet/changed-by-its-owner",
    "The owner of a subnet can change its attributes, shared or not.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySubnetAttribute.html",
    "modifies an attribute of a subnet",
)])
.rows(&["SUBNET-15"]);

/// A participant may not delete the subnet.
pub static CHANGED_BY_ITS_OWNER_ALONE: Rule = refuses_somehow(
    "subnet/changed-by-its-owner-alone",
    "A participant can't delete or change a subnet that is shared with it.",
    &["UnauthorizedOperation", "AuthFailure", "OperationNotPermitted"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
    "participants can't delete or modify what belongs to the VPC's owner",
)])
.rows(&["SUBNET-15"]);

/// A participant may not change the VPC.
pub static VPC_CHANGED_BY_ITS_OWNER_ALONE: Rule = refuses(
    "subnet/vpc-changed-by-its-owner-alone",
    "A participant can't delete a VPC that it sees, nor make subnets in it.",
    &["UnauthorizedOperation", "AuthFailure", "OperationNotPermitted"],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
        "participants can't create or delete VPC-level resources",
    ),
    source(
        "github.com/ekristen/aws-nuke issue 497",
        "DeleteVpc by a participant: 403 UnauthorizedOperation, the object is not owned by the caller",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws issue 46953",
        "CreateSubnet by a participant: UnauthorizedOperation",
    ),
])
.rows(&["SUBNET-14", "SUBNET-15", "C3", "C5"]);

/// Launching ends with the grant.
pub static CLOSED_AFTER_REVOCATION: Rule = refuses_somehow(
    "subnet/closed-after-revocation",
    "Nothing new can be launched or made in a subnet that is no longer shared with the account.",
    &[
        "InvalidSubnetID.NotFound",
        "InvalidSubnetId.NotFound",
        "InvalidSubnet",
        "UnauthorizedOperation",
    ],
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing-share-subnet-working-with.html",
    "after unsharing, participants can't create new resources in the subnet",
)])
.rows(&["SUBNET-19", "SUBNET-20", "C7"]);

/// Dependents keep a subnet.
pub static KEPT_WHILE_IN_USE: Rule = refuses(
    "subnet/kept-while-in-use",
    "A subnet can't be deleted while network interfaces or NAT gateways are in it, whoever owns them; nor a VPC while it holds subnets, or anything else that was made in it.",
    &["DependencyViolation"],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing-share-subnet-working-with.html",
        "the owner can't delete a shared subnet while participants have resources in it",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpc.html",
        "all gateways and resources that are associated with the VPC have to be detached or deleted first",
    ),
    source(
        "github.com/cloud-custodian/cloud-custodian tests/data/placebo (subnet recordings)",
        "DependencyViolation: the subnet has dependencies and can't be deleted",
    ),
])
.rows(&["SUBNET-21"]);

/// The owner may delete an empty one.
pub static DELETED_BY_ITS_OWNER: Rule = grants(
    "subnet/deleted-by-its-owner",
    "The owner can delete a subnet that nothing is in, shared or not.",
)
.inferred(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSubnet.html",
    "all running instances in the subnet have to be terminated first; nothing is said of shares",
)])
.rows(&["SUBNET-22", "C9"]);

/// A VPC that something of Route 53 is associated with.
pub static VPC_DELETED_WHILE_ASSOCIATED: Rule = grants(
    "subnet/vpc-deleted-while-associated",
    "A VPC can be deleted while a Resolver rule, or something else of Route 53 that accounts share, is associated with it.",
)
.open(
    "Is a VPC deleted that a Resolver rule is associated with, and what becomes of the association?",
    &[source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/delete-vpc.html",
        "names what has to be deleted first, and nothing of Route 53 among it",
    )],
)
.rows(&["RR-06"]);
