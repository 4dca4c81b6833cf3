//! Sharing with an organization.

use super::{Rule, grants, refuses, replies, shows, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &SHARING_ENABLED_BY_MANAGEMENT,
    &ENABLED_BY_MANAGEMENT_ALONE,
    &PENDING_WHEN_SHARING_COMES,
    &TRUSTED_WITHOUT_SHARING,
    &SHARING_ENDED_WITH_TRUSTED_ACCESS,
    &TRUSTED_ACCESS_SET_AGAIN,
    &ENABLED_OVER_TRUSTED_ACCESS,
    &ROWS_ONCE_SHARING_ENDS,
    &ACCOUNTS_ONCE_SHARING_ENDS,
    &GRANTS_ONCE_SHARING_RETURNS,
    &DIRECT_GRANTS_OF_A_LEAVER,
    &ROWS_OF_A_LEAVER,
    &DIRECT_GRANTS_OF_A_RETURNER,
    &SHARED_BY_A_LEAVER,
    &INVITED_BEFORE_JOINING,
];

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

/// Trusted access alone.
pub static TRUSTED_WITHOUT_SHARING: Rule = grants(
    "organization/trusted-without-sharing",
    "Trusted access for RAM that is turned on in Organizations alone does not let RAM share with the organization.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/tshoot-no-slr.html",
        "sharing takes the service-linked role too, which only RAM's own call makes",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws internal/service/ram/sharing_with_organization.go",
        "sharing counts as on only where the role and the trusted access are both found",
    ),
])
.rows(&["RAM-ORG-04", "O3", "O4"]);

/// The end of sharing.
pub static SHARING_ENDED_WITH_TRUSTED_ACCESS: Rule = grants(
    "organization/sharing-ended-with-trusted-access",
    "The management account ends sharing with the organization by ending trusted access for RAM; what the organization and its units were given is out of their reach then.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/userguide/security-disable-sharing-with-orgs.html",
    "sharing is turned off in Organizations; the organization and its units leave all shares and lose access",
)])
.rows(&["RAM-ORG-06"]);

/// Trusted access that is as it is asked to be.
pub static TRUSTED_ACCESS_SET_AGAIN: Rule = grants(
    "organization/trusted-access-set-again",
    "Turning trusted access on where it is on, or off where it is off, changes nothing.",
)
.open(
    "What does turning trusted access for RAM on answer where it is on, and turning it off where it is off?",
    &[source(
        "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DisableAWSServiceAccess.html",
        "lists no error for it, and does not say that it works",
    )],
)
.rows(&["RAM-ORG-04"]);

/// RAM's own call after that of Organizations.
pub static ENABLED_OVER_TRUSTED_ACCESS: Rule = grants(
    "organization/enabled-over-trusted-access",
    "RAM's own call turns sharing on where trusted access is on already.",
)
.open(
    "Does RAM's own call mend an organization in which trusted access was turned on in Organizations alone?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/userguide/tshoot-cant-see-shared.html",
        "has trusted access turned off before RAM's own call is made, and warns of turning it on in Organizations",
    )],
)
.rows(&["RAM-ORG-04", "O3"]);

/// The rows once sharing has ended.
pub static ROWS_ONCE_SHARING_ENDS: Rule = replies(
    "organization/rows-once-sharing-ends",
    "Once sharing has ended, the rows of the organization, its units and its members are DISASSOCIATED.",
)
.open(
    "Are the rows of an organization, its units and its members gone or DISASSOCIATED once sharing has been turned off?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/userguide/security-disable-sharing-with-orgs.html",
        "says that they are removed from the shares, and not how that is listed",
    )],
)
.rows(&["RAM-ORG-06"]);

/// Members that were named one by one.
pub static ACCOUNTS_ONCE_SHARING_ENDS: Rule = shows(
    "organization/accounts-once-sharing-ends",
    "Members that a share names by their ids, and that were never invited, lose access when sharing is turned off; accounts that were invited keep it.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/security-disable-sharing-with-orgs.html",
        "principals in the organization are removed from all shares and lose access; accounts that were added by an invitation are not concerned",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/tshoot-cant-see-shared.html",
        "the same of principals in the organization",
    ),
])
.rows(&["RAM-ORG-06", "O12"]);

/// Sharing that returns.
pub static GRANTS_ONCE_SHARING_RETURNS: Rule = replies(
    "organization/grants-once-sharing-returns",
    "What the organization, its units and its members lost when sharing was turned off does not return by itself when sharing is turned on again.",
)
.open(
    "Do the organization, its units and its members get back what they were given, when organization sharing is turned off and on again?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/userguide/tshoot-cant-see-shared.html",
        "after sharing was turned off and on, shares may have to be updated and told the accounts or units again; it is not said when",
    )],
)
.rows(&["RAM-ORG-06"]);

/// Leavers that were named one by one.
pub static DIRECT_GRANTS_OF_A_LEAVER: Rule = shows(
    "organization/direct-grants-of-a-leaver",
    "An account that leaves, or is removed, loses what a share gave it by its id as a member, without an invitation.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/working-with-sharing-create.html",
        "where one shared with a member account, or identities in it, directly and the account is removed from the organization, its principals lose access",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/working-with-shared-invitations.html",
        "an account that had access as a member loses it when it leaves",
    ),
])
.rows(&["RAM-ORG-08", "O14"]);

/// The rows of leavers.
pub static ROWS_OF_A_LEAVER: Rule = replies(
    "organization/rows-of-a-leaver",
    "The row of an account that a share names by its id is DISASSOCIATED once the account has left.",
)
.open(
    "Is the row of an account that a share names by its id gone or DISASSOCIATED once the account has left?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/userguide/working-with-sharing-create.html",
        "says that the account loses access, and not how that is listed",
    )],
)
.rows(&["RAM-ORG-08"]);

/// Leavers that come back.
pub static DIRECT_GRANTS_OF_A_RETURNER: Rule = replies(
    "organization/direct-grants-of-a-returner",
    "An account that comes back does not get back what a share gave it by its id.",
)
.open(
    "Does an account that comes back get back what a share gave it by its id before it left?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/userguide/working-with-sharing-create.html",
        "speaks of accounts that are removed, and not of those that return",
    )],
)
.rows(&["RAM-ORG-08"]);

/// Leavers that share.
pub static SHARED_BY_A_LEAVER: Rule = replies(
    "organization/shared-by-a-leaver",
    "What an account shares inside its organization ends when it leaves.",
)
.open(
    "What becomes of the shares that an account has inside its organization when it leaves?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/userguide/working-with-shared-invitations.html",
        "tells of the consumers that leave, and of no owners",
    )],
)
.rows(&["RAM-ORG-08"]);

/// Joiners that were invited to shares before.
pub static INVITED_BEFORE_JOINING: Rule = replies(
    "organization/invited-before-joining",
    "An account that joins is not external any more where it was invited to a share before.",
)
.open(
    "What becomes of an account's invitations, pending or accepted, from members of the organization that it joins, and is it external still?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/userguide/getting-started-sharing.html",
        "tells of what is shared with the organization, and of no invitations",
    )],
)
.rows(&["RAM-ORG-09"]);
