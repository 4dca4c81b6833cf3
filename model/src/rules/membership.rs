//! The life of an organization, as far as sharing follows from it: who is in it, and where.

use super::{Rule, grants, refuses, refuses_somehow, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &IN_AN_ORGANIZATION,
    &MANAGED_BY_MANAGEMENT_ALONE,
    &OF_ACCOUNTS_IN_IT,
    &KEPT_BY_ITS_MANAGEMENT,
    &MOVED_BY_MANAGEMENT,
    &MOVED_TO_A_PARENT_THAT_EXISTS,
    &MOVED_TO_ANOTHER_PARENT,
    &LEFT_BY_A_MEMBER,
    &REMOVED_BY_MANAGEMENT,
    &ASKED_BY_MANAGEMENT,
    &OF_ONE_ORGANIZATION,
    &ASKED_ONCE,
    &ASKED_AT_ALL,
    &ANSWERED_BY_WHO_IS_ASKED,
    &ANSWERED_ONCE,
    &JOINED_BY_ACCEPTANCE,
    &TRUST_IN_OTHERS,
];

/// Callers without an organization.
pub static IN_AN_ORGANIZATION: Rule = refuses(
    "membership/in-an-organization",
    "An account that is in no organization can do nothing in one.",
    &["AWSOrganizationsNotInUseException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_LeaveOrganization.html#API_LeaveOrganization_Errors",
    "the call fails where the account is in no organization",
)])
.rows(&["RAM-ORG-07", "RAM-ORG-12"]);

/// Callers that don't manage it.
pub static MANAGED_BY_MANAGEMENT_ALONE: Rule = refuses(
    "membership/managed-by-management-alone",
    "Only the management account moves, invites and removes accounts, and chooses which services work in the organization.",
    &["AccessDeniedException"],
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/organizations/latest/APIReference/API_MoveAccount.html",
        "the operation is open to the management account only",
    ),
    source(
        "https://docs.aws.amazon.com/organizations/latest/APIReference/API_RemoveAccountFromOrganization.html",
        "so is this one; a member leaves by a call of its own",
    ),
])
.rows(&["RAM-ORG-07", "RAM-ORG-08"]);

/// Accounts that are elsewhere.
pub static OF_ACCOUNTS_IN_IT: Rule = refuses(
    "membership/of-accounts-in-it",
    "Only an account that is in the organization can be moved or removed.",
    &["AccountNotFoundException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_MoveAccount.html#API_MoveAccount_Errors",
    "the call fails where no account of this id is in the organization",
)])
.rows(&["RAM-ORG-07", "RAM-ORG-08"]);

/// The management account itself.
pub static KEPT_BY_ITS_MANAGEMENT: Rule = refuses(
    "membership/kept-by-its-management",
    "The management account can't leave its organization, nor be removed from it.",
    &["MasterCannotLeaveOrganizationException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_LeaveOrganization.html#API_LeaveOrganization_Errors",
    "the management account can't be taken out of an organization",
)])
.rows(&["RAM-ORG-08"]);

/// Moving.
pub static MOVED_BY_MANAGEMENT: Rule = grants(
    "membership/moved-by-management",
    "The management account can move an account into another unit, where it has at once what is shared with that unit.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/organizations/latest/APIReference/API_MoveAccount.html",
        "moves an account from one root or unit to another",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/getting-started-sharing.html",
        "an account that comes into a unit has what is shared with the unit, and nobody has to do anything",
    ),
])
.rows(&["RAM-ORG-07"]);

/// Unknown units.
pub static MOVED_TO_A_PARENT_THAT_EXISTS: Rule = refuses(
    "membership/moved-to-a-parent-that-exists",
    "An account is moved into a root or unit of the organization.",
    &["DestinationParentNotFoundException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_MoveAccount.html#API_MoveAccount_Errors",
    "the call fails where no root or unit of this id is there",
)])
.rows(&["RAM-ORG-07"]);

/// To where it is.
pub static MOVED_TO_ANOTHER_PARENT: Rule = refuses(
    "membership/moved-to-another-parent",
    "An account can't be moved to where it is.",
    &["DuplicateAccountException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_MoveAccount.html#API_MoveAccount_Errors",
    "the call fails where the account is in the destination already",
)])
.rows(&["RAM-ORG-07"]);

/// Leaving.
pub static LEFT_BY_A_MEMBER: Rule = grants(
    "membership/left-by-a-member",
    "A member can leave its organization, and loses what was shared with the organization and its units.",
)
.inferred(&[
    source(
        "https://docs.aws.amazon.com/organizations/latest/APIReference/API_LeaveOrganization.html",
        "removes the caller from its organization, once it has what a standalone account needs",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/working-with-shared-invitations.html",
        "an account that leaves loses the access that it had as a member",
    ),
])
.rows(&["RAM-ORG-08", "O14"]);

/// Being removed.
pub static REMOVED_BY_MANAGEMENT: Rule = grants(
    "membership/removed-by-management",
    "The management account can remove a member, which loses what was shared with the organization and its units.",
)
.inferred(&[
    source(
        "https://docs.aws.amazon.com/organizations/latest/APIReference/API_RemoveAccountFromOrganization.html",
        "removes an account from the organization, once it has what a standalone account needs",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/working-with-shared-invitations.html",
        "an account that is removed loses the access that it had as a member",
    ),
])
.rows(&["RAM-ORG-08", "O14"]);

/// Inviting.
pub static ASKED_BY_MANAGEMENT: Rule = grants(
    "membership/asked-by-management",
    "The management account can ask an account that is in no organization to join.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_InviteAccountToOrganization.html",
    "sends an invitation to another account to join",
)])
.rows(&["RAM-ORG-07"]);

/// One organization.
pub static OF_ONE_ORGANIZATION: Rule = refuses(
    "membership/of-one-organization",
    "An account can't be asked into the organization that it is in, nor join it again.",
    &["HandshakeConstraintViolationException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_InviteAccountToOrganization.html#API_InviteAccountToOrganization_Errors",
    "ALREADY_IN_AN_ORGANIZATION: the account is in an organization already; since accounts can move straight from one to another, this is known of their own alone",
)])
.rows(&["RAM-ORG-07"]);

/// One handshake at a time.
pub static ASKED_ONCE: Rule = refuses(
    "membership/asked-once",
    "An account that has been asked to join, and has not answered, is not asked again.",
    &["DuplicateHandshakeException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_InviteAccountToOrganization.html#API_InviteAccountToOrganization_Errors",
    "the call fails where a handshake with the same parties is open",
)])
.rows(&["RAM-ORG-07"]);

/// Unknown handshakes.
pub static ASKED_AT_ALL: Rule = refuses(
    "membership/asked-at-all",
    "A handshake that does not exist can't be accepted.",
    &["HandshakeNotFoundException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_AcceptHandshake.html#API_AcceptHandshake_Errors",
    "the call fails where no handshake has this id",
)])
.rows(&["RAM-ORG-07"]);

/// Handshakes of others.
pub static ANSWERED_BY_WHO_IS_ASKED: Rule = refuses_somehow(
    "membership/answered-by-who-is-asked",
    "Only the account that was asked to join can accept.",
    &["AccessDeniedException", "HandshakeNotFoundException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_AcceptHandshake.html",
    "an invitation to join is accepted by the account that it is for",
)])
.rows(&["RAM-ORG-07"]);

/// Handshakes that were accepted.
pub static ANSWERED_ONCE: Rule = refuses_somehow(
    "membership/answered-once",
    "A handshake can be accepted once.",
    &["HandshakeAlreadyInStateException", "InvalidHandshakeTransitionException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_AcceptHandshake.html#API_AcceptHandshake_Errors",
    "the call fails where the handshake is accepted already",
)])
.rows(&["RAM-ORG-07"]);

/// Joining.
pub static JOINED_BY_ACCEPTANCE: Rule = grants(
    "membership/joined-by-acceptance",
    "An account that accepts joins the root of the organization, and has at once what is shared with the organization.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/organizations/latest/APIReference/API_AcceptHandshake.html",
        "the account becomes a member by the acceptance",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/getting-started-sharing.html",
        "an account that joins has what is shared with the organization, and nobody has to do anything",
    ),
])
.rows(&["RAM-ORG-07"]);

/// Other services.
pub static TRUST_IN_OTHERS: Rule = grants(
    "membership/trust-in-others",
    "Which other services work in an organization means nothing to RAM.",
)
.inferred(&[source(
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_EnableAWSServiceAccess.html",
    "lets one service work in the organization, the one that is named",
)])
.rows(&["RAM-ORG-04"]);
