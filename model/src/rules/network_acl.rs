//! Network ACLs of VPCs, as participants meet them.

use super::{Rule, grants, refuses, refuses_somehow, shows, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &MADE_BY_THE_VPC_OWNER,
    &SEEN_WITH_A_SHARED_SUBNET,
    &KNOWN_TO_THE_CALLER,
    &MADE_BY_THE_VPC_OWNER_ALONE,
    &DELETED_BY_THE_VPC_OWNER_ALONE,
];

/// Owners make ACLs.
pub static MADE_BY_THE_VPC_OWNER: Rule = grants(
    "network-acl/made-by-the-vpc-owner",
    "The owner of a VPC can make network ACLs in it, and delete those that no subnet is associated with.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAcl.html",
        "creates a network ACL in a VPC",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNetworkAcl.html",
        "deletes a network ACL; not the default one, nor one that subnets are associated with",
    ),
])
.rows(&["SUBNET-14"]);

/// The participant's view, of which page and report say the contrary.
pub static SEEN_WITH_A_SHARED_SUBNET: Rule = shows(
    "network-acl/seen-with-a-shared-subnet",
    "A participant's DescribeNetworkAcls lists the network ACLs of the VPC of a shared subnet, with the owner's account id.",
)
.open(
    "Are the network ACLs of a shared VPC listed to a participant, and those too that are associated with no subnet that is shared with it?",
    &[
        source(
            "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
            "participants can describe network ACLs that VPC owners made in a shared subnet; nothing is said of others in the VPC",
        ),
        source(
            "github.com/nccgroup/ScoutSuite issue 834",
            "a scanner that runs as a participant finds no network ACL for the subnets of a shared VPC",
        ),
    ],
)
.rows(&["SUBNET-10"]);

/// An ACL that is not visible.
pub static KNOWN_TO_THE_CALLER: Rule = refuses(
    "network-acl/known-to-the-caller",
    "A network ACL that is not visible to the caller is refused as not existing.",
    &["InvalidNetworkAclID.NotFound", "InvalidNetworkAclId.Malformed"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
    "InvalidNetworkAclID.NotFound: the network ACL does not exist; InvalidNetworkAclId.Malformed: it is no network ACL's id",
)])
.rows(&["SUBNET-10"]);

/// Participants make none.
pub static MADE_BY_THE_VPC_OWNER_ALONE: Rule = refuses_somehow(
    "network-acl/made-by-the-vpc-owner-alone",
    "A participant can't make network ACLs in a VPC that it sees.",
    &["UnauthorizedOperation", "AuthFailure", "OperationNotPermitted"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
    "participants can't create, delete or replace network ACLs in a shared subnet; how that is refused is not said",
)])
.rows(&["SUBNET-14"]);

/// Participants delete none.
pub static DELETED_BY_THE_VPC_OWNER_ALONE: Rule = refuses_somehow(
    "network-acl/deleted-by-the-vpc-owner-alone",
    "A participant can't delete a network ACL of a VPC that it sees.",
    &[
        "UnauthorizedOperation",
        "AuthFailure",
        "OperationNotPermitted",
        "InvalidNetworkAclID.NotFound",
    ],
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
    "participants can't create, delete or replace network ACLs in a shared subnet; how that is refused is not said",
)])
.rows(&["SUBNET-15"]);
