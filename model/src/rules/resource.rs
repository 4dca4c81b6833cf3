//! Resources: what can be shared, and by whom.

use super::{Rule, grants, refuses, refuses_somehow, replies, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &NAMED_BY_AN_ARN,
    &NAMED_ONCE,
    &OF_A_SHAREABLE_TYPE,
    &SHARED_BY_ITS_OWNER,
    &KEPT_INSIDE_THE_ORGANIZATION,
    &GATEWAY_IN_A_CLOSED_SHARE,
    &IN_A_CLOSED_SHARE,
    &TYPES_LISTED,
    &OTHER_TYPES_LISTED,
    &REGIONAL_OR_GLOBAL,
];

/// No ARN at all.
pub static NAMED_BY_AN_ARN: Rule = refuses(
    "resource/named-by-an-arn",
    "A resource is named by its ARN; any other text is malformed.",
    &["MalformedArnException", "InvalidParameterException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_AssociateResourceShare.html#API_AssociateResourceShare_Errors",
    "the call fails when an ARN's format is not valid",
)])
.rows(&["RAM-ASSOC-20", "R1"]);

/// AMIs, VPCs, instances and the like.
pub static OF_A_SHAREABLE_TYPE: Rule = refuses_somehow(
    "resource/of-a-shareable-type",
    "Only resources of the listed types can be shared; an AMI, a VPC, an instance or a hosted zone can't.",
    &["MalformedArnException", "InvalidParameterException"],
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/shareable.html",
        "the list of shareable types; AMIs, VPCs, instances and hosted zones are not in it",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharing-amis.html",
        "AMIs are shared by launch permissions",
    ),
    source(
        "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-associate-vpcs-different-accounts.html",
        "VPCs of other accounts are associated with a hosted zone by authorizations",
    ),
])
.rows(&[
    "RAM-ASSOC-21",
    "RAM-TYPE-01",
    "RAM-TYPE-03",
    "RAM-TYPE-04",
    "RAM-TYPE-07",
    "RAM-TYPE-08",
    "RAM-01",
    "RAM-14",
    "AMI-01",
    "R2",
]);

/// Sharing what belongs to somebody else.
pub static SHARED_BY_ITS_OWNER: Rule = refuses_somehow(
    "resource/shared-by-its-owner",
    "Only its owner can share a resource; what is shared with an account can't be shared on.",
    &["UnknownResourceException", "OperationNotPermittedException", "InvalidParameterException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/userguide/working-with-sharing-create.html",
    "an account shares only what it owns, and can't share what is shared with it",
)])
.rows(&["RAM-ASSOC-19", "RAM-16"]);

/// Subnets and security groups.
pub static KEPT_INSIDE_THE_ORGANIZATION: Rule = refuses(
    "resource/kept-inside-the-organization",
    "A subnet can be shared only inside an organization, and only while sharing with it is on.",
    &["InvalidParameterException", "OperationNotPermittedException"],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/shareable.html",
        "subnets and security groups can be shared only within the own organization",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws issues 12169, 28848 and 46542",
        "associating a subnet without organization sharing: 400 InvalidParameterException, even with no principal",
    ),
])
.rows(&["RAM-PRIN-17", "RAM-02", "RAM-03", "RAM-04", "SUBNET-01", "O5"]);

/// A transit gateway in a share that is closed to outsiders.
pub static GATEWAY_IN_A_CLOSED_SHARE: Rule = refuses(
    "resource/gateway-in-a-closed-share",
    "A transit gateway can't join a share closed to outsiders whose owner has no organization sharing.",
    &["OperationNotPermittedException", "InvalidParameterException"],
)
.recorded(&[
    source(
        "github.com/terraform-aws-modules/terraform-aws-transit-gateway issue 28",
        "OperationNotPermittedException, sharing is only possible within the organization",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws issue 7769",
        "the same refusal with no principal in the share",
    ),
])
.rows(&["RAM-PRIN-17", "RAM-04", "O6", "O12"]);

/// Other types in a share that is closed to outsiders.
pub static IN_A_CLOSED_SHARE: Rule = refuses_somehow(
    "resource/in-a-closed-share",
    "A resource can't join a share closed to outsiders whose owner has no organization sharing.",
    &["OperationNotPermittedException", "InvalidParameterException"],
)
.open(
    "Which types besides transit gateways are refused in a closed share without organization sharing?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/userguide/tshoot-sharing-outside-org.html",
        "tells of resources in general; recordings exist for transit gateways only",
    )],
)
.rows(&["RAM-PRIN-17"]);

/// ListResourceTypes.
pub static TYPES_LISTED: Rule = replies(
    "resource/types-listed",
    "ListResourceTypes lists subnets, prefix lists and resolver rules among others, and neither AMIs nor hosted zones.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/userguide/shareable.html",
    "the list of shareable types, each with its service",
)])
.rows(&["RAM-READ-24", "RAM-TYPE-05", "RAM-01", "R6"]);

/// The types that are documented and not modelled.
pub static OTHER_TYPES_LISTED: Rule = replies(
    "resource/other-types-listed",
    "ListResourceTypes lists every type that the guide calls shareable.",
)
.open(
    "Which of the documented types does the call list in a region, and which that are newer than the guide's list?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/userguide/shareable.html",
        "lists 83 types; the history of the guide adds three in 2026 without their type names",
    )],
)
.rows(&["RAM-READ-24", "RAM-TYPE-06"]);

/// The region in which a share of the type has to be made.
pub static REGIONAL_OR_GLOBAL: Rule = replies(
    "resource/regional-or-global",
    "A listed type says whether its resources are regional or global; core networks are global, nearly all others regional.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/shareable.html",
        "says of each type whether it is global; core networks are",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_ListResourceTypes.html",
        "each type comes with its resourceRegionScope",
    ),
])
.rows(&["RAM-READ-24", "R7"]);

/// The same resource twice.
pub static NAMED_ONCE: Rule = grants(
    "resource/named-once",
    "A resource named twice in one call counts once.",
)
.open(
    "What does a call answer that names the same resource twice?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_AssociateResourceShare.html",
        "says nothing of repeated entries",
    )],
)
.rows(&["RAM-ASSOC-08"]);
