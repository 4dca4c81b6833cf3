//! Resource shares, their associations and invitations.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::{Attachment, CopyOnWrite, Seconds};
use crate::principal::Source;
use crate::rules::Rule;
use crate::shareable::InvitationsLast;
use crate::{Account, Name, Principal};

/// A resource share.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "two are flags of the API, two say what became of it"
)]
pub struct Share {
    /// The account that made it.
    pub owner: Account,
    /// The name that its owner gave it.
    pub name: SmolStr,
    /// `allowExternalPrincipals`.
    pub outsiders: bool,
    /// `retainSharingOnAccountLeaveOrganization`: members are invited as outsiders are, and keep
    /// what they accepted.
    pub retains: bool,
    /// Whether it has been deleted.
    pub deleted: bool,
    /// Whether UpdateResourceShare has changed it.
    pub updated: bool,
    /// The time since it was deleted.
    pub deleted_for: Seconds,
    /// The principals that it grants to, or did.
    pub principals: CopyOnWrite<BTreeMap<Principal, Association>>,
    /// The resources that it grants, or did.
    pub resources: CopyOnWrite<BTreeMap<Name, Association>>,
    /// The sources that its service principals may act from, or once could.
    pub sources: CopyOnWrite<BTreeMap<Source, Association>>,
    /// The invitations to it, oldest first.
    pub invitations: CopyOnWrite<Vec<Invitation>>,
    /// Its tags.
    pub tags: CopyOnWrite<BTreeMap<SmolStr, SmolStr>>,
    /// The managed permissions attached to it, or once attached, by resource type.
    pub permissions: CopyOnWrite<BTreeMap<SmolStr, Attachment>>,
    /// The open rule that left the whole share undecided: nothing about it is judged.
    pub open: Option<&'static Rule>,
}

/// A principal or resource in a share.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its history that a rule asks for"
)]
pub struct Association {
    /// Its state, once settled.
    pub status: AssociationStatus,
    /// Whether RAM sees the principal outside the owner's organization.
    pub external: bool,
    /// Whether it has ever been [`AssociationStatus::Associated`].
    pub associated_once: bool,
    /// Whether the call that made the share made it.
    pub with_share: bool,
    /// The time since it ended, if it has.
    pub ended_for: Seconds,
    /// Whether it was taken out once, and put back.
    pub again: bool,
    /// The open rule that leaves the listed status undecided.
    pub open: Option<&'static Rule>,
    /// The rule by which it ended without a call about the share, if it did.
    pub ended_by: Option<&'static Rule>,
}

impl Association {
    /// A new association in this state.
    #[must_use]
    pub fn new(status: AssociationStatus, external: bool) -> Self {
        let associated_once = status == AssociationStatus::Associated;
        let (with_share, again) = (false, false);
        Self {
            status,
            external,
            associated_once,
            with_share,
            ended_for: 0,
            again,
            open: None,
            ended_by: None,
        }
    }

    /// Ends it by this rule, which says nothing of its row: `open` leaves that undecided.
    pub(crate) fn end_by(&mut self, rule: &'static Rule, open: &'static Rule) {
        self.status = AssociationStatus::Disassociated;
        self.ended_for = 0;
        self.ended_by = Some(rule);
        self.open = Some(open);
    }

    /// Settles it.
    pub fn associate(&mut self) {
        self.again |= self.associated_once && self.status == AssociationStatus::Disassociated;
        self.status = AssociationStatus::Associated;
        self.associated_once = true;
        self.ended_for = 0;
        self.ended_by = None;
    }
}

/// The state of an association once it is settled.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AssociationStatus {
    /// An invitation waits.
    Associating,
    /// It grants.
    Associated,
    /// It was taken out.
    Disassociated,
}

impl AssociationStatus {
    /// The API's own word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Associating => "ASSOCIATING",
            Self::Associated => "ASSOCIATED",
            Self::Disassociated => "DISASSOCIATED",
        }
    }
}

/// The subnets that others share with an account, by how they stand to its limit of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubnetQuota {
    /// Those that there was room for.
    pub counted: BTreeSet<Name>,
    /// Those that came when there was no room.
    pub beyond: BTreeSet<Name>,
    /// Those of which that is not known, since several came where there was room for some.
    pub undecided: BTreeSet<Name>,
}

/// An offer to an account outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The account that may answer it.
    pub receiver: Account,
    /// The principal that it was made for.
    pub principal: Principal,
    /// Whether it was answered, and how.
    pub status: InvitationStatus,
    /// The time in which it can be answered, by what its share held when it was sent; `None` if that
    /// does not say.
    pub lasts: Option<InvitationsLast>,
    /// The time since it was sent.
    pub sent_for: Seconds,
    /// The time since it ended, if it has.
    pub ended_for: Seconds,
    /// The open rule that leaves the invitation undecided.
    pub open: Option<&'static Rule>,
}

/// Whether an invitation was answered, and how it ended otherwise.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum InvitationStatus {
    /// Not yet.
    Pending,
    /// Taken up.
    Accepted,
    /// Declined.
    Rejected,
    /// Not answered within hours.
    Expired,
    /// Not answered within days, which counts as declined; what it is called then is not known.
    Lapsed,
}

impl InvitationStatus {
    /// The API's own word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Accepted => "ACCEPTED",
            Self::Rejected | Self::Lapsed => "REJECTED",
            Self::Expired => "EXPIRED",
        }
    }
}
