//! Regions: what exists in one of them is nothing in the others.

use super::{Rule, refuses_somehow, shows, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &SHARES_OF_ONE,
    &INVITATIONS_OF_ONE,
    &PERMISSIONS_OF_ONE,
    &RESOURCES_OF_ONE,
    &NAMED_WHERE_IT_IS,
    &SHARED_WHERE_IT_IS,
    &GLOBAL_TYPES_SHARED_IN_ONE,
];

const REGIONAL_OR_GLOBAL: &str =
    "https://docs.aws.amazon.com/ram/latest/userguide/working-with-regional-vs-global.html";
const USING: &str = "https://docs.aws.amazon.com/ram/latest/userguide/getting-started-shared.html";
const SHARING: &str =
    "https://docs.aws.amazon.com/ram/latest/userguide/getting-started-sharing.html";
const SCOPES: &str =
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_ServiceNameAndResourceType.html";

/// Shares, and all rows about them.
pub static SHARES_OF_ONE: Rule = shows(
    "region/shares-of-one",
    "A resource share exists in the Region in which it was made: no list of another Region has it, its resources or its principals.",
)
.documented(&[
    source(USING, "a share is visible in no other Region than that in which it was created"),
    source(SHARING, "principals have access to shares in the Regions alone in which these were created"),
])
.rows(&["RAM-READ-27"]);

/// GetResourceShareInvitations.
pub static INVITATIONS_OF_ONE: Rule = shows(
    "region/invitations-of-one",
    "An invitation is listed to its receiver in the Region of its share, and in no other.",
)
.documented(&[
    source(
        USING,
        "to answer an invitation, the Region of the share is chosen first; the list of invitations is that of the Region in which it is asked for",
    ),
    source(
        "https://docs.aws.amazon.com/cli/latest/reference/ram/get-resource-share-invitations.html",
        "the ARN of an invitation names the Region of its share",
    ),
])
.rows(&["RAM-READ-27", "RAM-INV-05"]);

/// ListPermissions and the other lists of permissions.
pub static PERMISSIONS_OF_ONE: Rule = shows(
    "region/permissions-of-one",
    "A customer managed permission exists in the Region in which it was made, and is listed in no other.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/managed-permission-considerations.html",
        "customer managed permissions are available only in the Region in which they are created",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_CreatePermission.html",
        "the permission is created in the Region in which the operation is called",
    ),
])
.rows(&["RAM-READ-27", "RAM-PERM-01"]);

/// The lists of the services whose resources are shared.
pub static RESOURCES_OF_ONE: Rule = shows(
    "region/resources-of-one",
    "A regional resource is listed in its own Region, to its owner and to those that it is shared with, and in no other.",
)
.documented(&[
    source(
        REGIONAL_OR_GLOBAL,
        "regional resources exist in the Region in which they are created; requests to another one neither see nor reach them",
    ),
    source(SCOPES, "REGIONAL: only requests to the Region of the resource can access it"),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html",
        "EC2 shows the resources of the Region alone that is asked; Regions are isolated from each other",
    ),
])
.rows(&["RAM-READ-27", "AMI-31"]);

/// Ids and ARNs of another Region.
pub static NAMED_WHERE_IT_IS: Rule = refuses_somehow(
    "region/named-where-it-is",
    "A call that acts on a share, an invitation, a permission or a regional resource of another Region is refused.",
    &["UnknownResourceException", "ResourceShareInvitationArnNotFoundException"],
)
.documented(&[
    source(REGIONAL_OR_GLOBAL, "operations in one Region can't interact with what is in another"),
    source(SCOPES, "REGIONAL: only requests to the Region of the resource can access it"),
])
.rows(&["RAM-READ-27", "AMI-31"]);

/// AssociateResourceShare and CreateResourceShare with a resource of another Region.
pub static SHARED_WHERE_IT_IS: Rule = refuses_somehow(
    "region/shared-where-it-is",
    "A regional resource can join only shares of its own Region.",
    &["UnknownResourceException", "InvalidParameterException", "MalformedArnException"],
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/getting-started-terms-and-concepts.html",
        "a share can contain no regional resources but those of its own Region",
    ),
    source(
        REGIONAL_OR_GLOBAL,
        "a share holds regional resources of the Region in which it is itself",
    ),
])
.rows(&["RAM-ASSOC-24"]);

/// AssociateResourceShare and CreateResourceShare with a global resource.
pub static GLOBAL_TYPES_SHARED_IN_ONE: Rule = refuses_somehow(
    "region/global-types-shared-in-one",
    "A resource of a global type, such as a core network, can be shared in us-east-1 alone.",
    &["InvalidParameterException", "UnknownResourceException"],
)
.documented(&[
    source(REGIONAL_OR_GLOBAL, "a share that holds global resources has to be made in us-east-1"),
    source(
        "github.com/aws-ia/terraform-aws-cloudwan pull request 30",
        "sets the Region of the shares of core networks to us-east-1, since these can be shared nowhere else",
    ),
])
.rows(&["RAM-ASSOC-24"]);
