//! Observation of claims on a target.

use bellwether_model::answer::Key;
use bellwether_model::operations::ram;
use bellwether_model::parameters::Value;
use bellwether_model::{Account, Call, Name, World};

use super::ViewRead;
use crate::scenario::{Associated, Claim, Fact, FieldClaim, row_word};

/// The way to observe a claim.
#[derive(Clone, Debug)]
pub(crate) enum Test {
    /// By a read, which shows a row or does not, with these fields.
    Row {
        /// The read.
        view_read: ViewRead,
        /// The row.
        row: Wanted,
        /// The fields claimed.
        fields: Vec<FieldClaim>,
        /// Whether the row is claimed to be there.
        present: bool,
    },
    /// By doing it, and undoing it.
    Launch {
        /// The account that launches.
        account: Account,
        /// The launch.
        call: Call,
        /// Whether it is claimed to be granted.
        granted: bool,
    },
}

/// The row that a claim is about.
#[derive(Clone, Debug)]
pub(crate) enum Wanted {
    /// The one with this key.
    Key(Key),
    /// One that a claim names by this value.
    Word(Value),
}

impl Wanted {
    /// Whether this is the key of such a row.
    pub(crate) fn is(&self, key: &Key) -> bool {
        match self {
            Self::Key(wanted) => wanted == key,
            Self::Word(word) => row_word(key) == *word,
        }
    }
}

/// The read by which a claim is observed, and the row in it; `None` if it is observed otherwise.
#[must_use]
pub(crate) fn read_of(claim: &Claim, world: &World) -> Option<(ViewRead, Key)> {
    match test_of(claim, world)? {
        Test::Row { view_read, row: Wanted::Key(key), .. } => Some((view_read, key)),
        Test::Row { row: Wanted::Word(_), .. } | Test::Launch { .. } => None,
    }
}

/// Returns the way to observe a claim on a target; `None` if there is none.
pub(crate) fn test_of(claim: &Claim, world: &World) -> Option<Test> {
    let account = claim.actor;
    let there = |call: Call| call.made_in(claim.region);
    let row = |call: Call, key: Key, status: Option<&str>, present: bool| {
        let fields = status.map(FieldClaim::status).into_iter().collect();
        let (view_read, row) = (ViewRead { account, call: there(call) }, Wanted::Key(key));
        Some(Test::Row { view_read, row, fields, present })
    };
    let kind = |name: &Name| world.kind_of(name);
    let list = |name: &Name| kind(name)?.list();
    let launch = |name: &Name| kind(name)?.launch(name).map(there);
    match &claim.fact {
        Fact::Sees(name) | Fact::Running(name) => {
            row(list(name)?, Key::Resource(name.clone()), None, true)
        }
        Fact::Hidden(name) => row(list(name)?, Key::Resource(name.clone()), None, false),
        Fact::MayLaunch(name) => Some(Test::Launch { account, call: launch(name)?, granted: true }),
        Fact::MayNotLaunch(name) => {
            Some(Test::Launch { account, call: launch(name)?, granted: false })
        }
        Fact::Share(name, status) => {
            let own = world.share(name)?.owner == account;
            let call = if own {
                ram::GetResourceShares::default()
            } else {
                ram::GetResourceShares::of_others()
            };
            row(call.into(), Key::Share(name.clone()), status.as_deref(), status.is_some())
        }
        Fact::Association(share, Associated::Resource(resource), status) => {
            let call = ram::GetResourceShareAssociations::of_resources().into();
            let key = Key::ResourceAssociation(share.clone(), resource.clone());
            row(call, key, status.as_deref(), status.is_some())
        }
        Fact::Association(share, Associated::Principal(principal), status) => {
            let call = ram::GetResourceShareAssociations::default().into();
            let key = Key::Principal(share.clone(), principal.clone());
            row(call, key, status.as_deref(), status.is_some())
        }
        Fact::Invitation(share, status) => {
            let sent = world.share(share)?.invitations.iter();
            let number = sent.filter(|it| it.receiver == account).count().saturating_sub(1);
            let call = ram::GetResourceShareInvitations::default().into();
            let key = Key::Invitation(share.clone(), account, number);
            row(call, key, status.as_deref(), status.is_some())
        }
        Fact::Row(claim) => Some(Test::Row {
            view_read: ViewRead { account, call: there(claim.call.clone()) },
            row: Wanted::Word(claim.row.clone()),
            fields: claim.fields.clone(),
            present: claim.listed,
        }),
    }
}
