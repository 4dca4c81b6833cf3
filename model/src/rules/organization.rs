//! Sharing with an organization.

use super::{Rule, grants, refuses, replies, source};

/// The rules of this topic.
pub static RULES: &[&Rule] =
    &[&SHARING_ENABLED_BY_MANAGEMENT, &ENABLED_BY_MANAGEMENT_ALONE, &PENDING_WHEN_SHARING_COMES];

/// The management account turns sharing on.
pub static SHARING_ENABLED_BY_MANAGEMENT: Rule = grants(
    "organization/sharing-enabled-by-management",
    "The management account can turn sharing with its organization on, also when it is on already.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_EnableSharingWithAwsOrganization.html",
        "called by the management account; the answer is true",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws issue 12169",
        "a second call answers true as well",
    ),
])
.rows(&["RAM-ORG-01", "RAM-ORG-02", "RAM-ORG-05", "O1"]);

/// Nobody else does.
pub static ENABLED_BY_MANAGEMENT_ALONE: Rule = refuses(
    "organization/enabled-by-management-alone",
    "Members and standalone accounts can't turn sharing with an organization on.",
    &["OperationNotPermittedException"],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_EnableSharingWithAwsOrganization.html",
        "must be called from the management account; the one client error is OperationNotPermittedException",
    ),
    source(
        "a public Terraform configuration that quotes the answer",
        "OperationNotPermittedException wrapping the refusal of AWS Organizations",
    ),
])
.rows(&["RAM-ORG-03", "O2"]);

/// Invitations of members that wait when sharing is turned on.
pub static PENDING_WHEN_SHARING_COMES: Rule = replies(
    "organization/pending-when-sharing-comes",
    "Turning sharing on settles what members have not accepted yet.",
)
.open(
    "What becomes of invitations to members, pending or accepted, when organization sharing is turned on?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/userguide/getting-started-sharing.html",
        "tells of shares made afterwards",
    )],
)
.rows(&["RAM-ORG-09", "RAM-ORG-11"]);
