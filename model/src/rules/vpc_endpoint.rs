//! VPC endpoints, which are the VPC owner's alone.

use super::{Rule, grants, refuses, refuses_somehow, shows, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &MADE_BY_THE_VPC_OWNER,
    &HIDDEN_FROM_PARTICIPANTS,
    &KNOWN_TO_THE_CALLER,
    &MADE_BY_THE_VPC_OWNER_ALONE,
    &NAMED_BY_THE_VPC_OWNER_ALONE,
];

/// Owners make endpoints.
pub static MADE_BY_THE_VPC_OWNER: Rule = grants(
    "vpc-endpoint/made-by-the-vpc-owner",
    "The owner of a VPC can make VPC endpoints in it, whether its subnets are shared or not, and delete them.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html",
        "creates a VPC endpoint between a VPC and a service; one of the gateway type needs no subnet",
    ),
    source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
        "the owner of a shared VPC creates, manages and deletes its gateway endpoints and interface endpoints",
    ),
])
.rows(&["SUBNET-14"]);

/// The participant's view.
pub static HIDDEN_FROM_PARTICIPANTS: Rule = shows(
    "vpc-endpoint/hidden-from-participants",
    "A participant's DescribeVpcEndpoints lists none of the VPC endpoints of a VPC that it sees.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
        "VPC endpoints in shared subnets can't be created, described, changed or deleted by participants, though they can be used",
    ),
    source(
        "github.com/aws-containers/amazon-ecs-exec-checker pull request 29",
        "DescribeVpcEndpoints filtered by a shared VPC lists nothing to a participant, though the owner has endpoints in it",
    ),
])
.rows(&["SUBNET-10"]);

/// An endpoint of somebody whose VPC is not visible.
pub static KNOWN_TO_THE_CALLER: Rule = refuses(
    "vpc-endpoint/known-to-the-caller",
    "A VPC endpoint of a VPC that is not visible to the caller is refused as not existing.",
    &[
        "InvalidVpcEndpointId.NotFound",
        "InvalidVpcEndpoint.NotFound",
        "InvalidVpcEndpointId.Malformed",
    ],
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
    "InvalidVpcEndpointId.NotFound and InvalidVpcEndpoint.NotFound: the VPC endpoint does not exist; InvalidVpcEndpointId.Malformed: it is no VPC endpoint's id",
)])
.rows(&["SUBNET-10"]);

/// Participants make none.
pub static MADE_BY_THE_VPC_OWNER_ALONE: Rule = refuses_somehow(
    "vpc-endpoint/made-by-the-vpc-owner-alone",
    "A participant can't make VPC endpoints in a VPC that it sees.",
    &["UnauthorizedOperation", "AuthFailure", "OperationNotPermitted"],
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
        "the endpoints of a shared VPC are its owner's to create",
    ),
    source(
        "https://repost.aws/knowledge-center/vpc-interface-endpoint-creation-errors",
        "CreateVpcEndpoint by a participant, for an interface endpoint: UnauthorizedOperation, the operation does not support shared VPCs",
    ),
    source(
        "github.com/awsdocs/amazon-vpc-user-guide doc_source/vpc-sharing.md",
        "participants can create neither interface nor gateway endpoints in a VPC that they do not own",
    ),
])
.rows(&["SUBNET-14"]);

/// Participants neither delete them nor ask for them.
pub static NAMED_BY_THE_VPC_OWNER_ALONE: Rule = refuses_somehow(
    "vpc-endpoint/named-by-the-vpc-owner-alone",
    "A participant can't delete a VPC endpoint of a VPC that it sees, nor ask for it by its id.",
    &[
        "InvalidVpcEndpointId.NotFound",
        "InvalidVpcEndpoint.NotFound",
        "UnauthorizedOperation",
        "AuthFailure",
        "OperationNotPermitted",
    ],
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
    "VPC endpoints in shared subnets can't be created, described, changed or deleted by participants; how that is refused is not said",
)])
.rows(&["SUBNET-10", "SUBNET-15"]);
