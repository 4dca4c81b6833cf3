//! Whether claims hold in a world of the model.

use bellwether_model::answer::{Decision, Expected, Key, Row};
use bellwether_model::operations::ram::{
    GetResourceShareAssociations, GetResourceShareInvitations, GetResourceShares,
};
use bellwether_model::rules::Rule;
use bellwether_model::rules::visibility;
use bellwether_model::sharing::parsed;
use bellwether_model::view::Seen;
use bellwether_model::{Account, Call, Name, World};
use smol_str::SmolStr;

use super::{Associated, Claim, Fact};

/// The model's verdict on a claim.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct ClaimResult {
    /// Whether the claim holds; `None` if an open rule leaves it undecided.
    pub holds: Option<bool>,
    /// The rule that decides it; `None` if its resource was never made.
    pub rule: Option<&'static Rule>,
}

impl Claim {
    /// Whether the claim holds in a world; `None` if an open rule leaves it undecided.
    #[must_use]
    pub fn holds(&self, world: &World) -> Option<bool> {
        self.evaluate(world).holds
    }

    /// Whether the claim holds in a world, and by which rule.
    #[must_use]
    pub fn evaluate(&self, world: &World) -> ClaimResult {
        let actor = self.actor;
        match &self.fact {
            Fact::Sees(name) => seen(world, actor, name, |seen| seen != Seen::Hidden),
            Fact::Hidden(name) => seen(world, actor, name, |seen| seen == Seen::Hidden),
            Fact::Running(name) => seen(world, actor, name, |seen| seen == Seen::Owned),
            Fact::MayLaunch(name) => may_launch(world, actor, name, true),
            Fact::MayNotLaunch(name) => may_launch(world, actor, name, false),
            Fact::Share(share, status) => {
                let rows = listed(world, actor, &share_list(world, actor, share));
                row_is(by_key(&rows, &Key::Share(share.clone())), status.as_ref())
            }
            Fact::Association(share, associated, status) => {
                let (call, key) = match associated {
                    Associated::Resource(resource) => (
                        GetResourceShareAssociations::of_resources(),
                        Key::ResourceAssociation(share.clone(), resource.clone()),
                    ),
                    Associated::Principal(principal) => (
                        GetResourceShareAssociations::default(),
                        Key::Principal(share.clone(), parsed(principal)),
                    ),
                };
                let rows = listed(world, actor, &call.into());
                row_is(by_key(&rows, &key), status.as_ref())
            }
            Fact::Invitation(share, status) => {
                let rows = listed(world, actor, &GetResourceShareInvitations::default().into());
                row_is(newest(&rows, share, actor), status.as_ref())
            }
        }
    }
}

/// Whether what an account sees of a resource fits.
fn seen(world: &World, actor: Account, name: &Name, fits: fn(Seen) -> bool) -> ClaimResult {
    let sight = world.sight(actor, name);
    // What is left of an unshared subnet to somebody who still has resources in it is never judged
    // on a target, but the model does say: nothing.
    let said = sight.judged || *sight.rule == visibility::UNKNOWN_AFTER_REVOCATION_IN_USE;
    ClaimResult { holds: said.then_some(fits(sight.seen)), rule: Some(sight.rule) }
}

/// Whether a launch into a subnet, or from an image, is granted or refused as claimed; what is
/// gone or never came to be can't be launched.
fn may_launch(world: &World, actor: Account, name: &Name, claimed: bool) -> ClaimResult {
    let resource = world.resources.get(name);
    let call = resource.and_then(|resource| resource.kind.launch(name));
    let decision = call.map(|call| call.check(world, actor));
    let rule = match &decision {
        Some(Decision::Granted) => Some(world.sight(actor, name).rule),
        Some(Decision::Refused(refusal)) => Some(refusal.rule()),
        Some(Decision::Open(undecided)) => undecided.rules.first().copied(),
        None => None,
    };
    let may = decision.map_or(Some(false), |decision| granted(&decision));
    ClaimResult { holds: may.map(|may| may == claimed), rule }
}

/// The newest invitation of an account to a share.
fn newest<'r>(rows: &'r [Row], share: &Name, actor: Account) -> Option<&'r Row> {
    rows.iter().rfind(|row| match &row.key {
        Key::Invitation(of, receiver, _) => of == share && *receiver == actor,
        Key::Resource(_)
        | Key::Share(_)
        | Key::ResourceAssociation(..)
        | Key::Principal(..)
        | Key::Permission(_)
        | Key::Type(_)
        | Key::Managed(_)
        | Key::Version(..)
        | Key::Attached(..)
        | Key::Replacement(_)
        | Key::Source(..) => false,
    })
}

/// Whether a decision grants; `None` if it is open.
pub(crate) fn granted(decision: &Decision) -> Option<bool> {
    match decision {
        Decision::Granted => Some(true),
        Decision::Refused(_) => Some(false),
        Decision::Open(_) => None,
    }
}

/// The list of shares in which an account would find this one.
fn share_list(world: &World, actor: Account, share: &Name) -> Call {
    let own = world.shares.get(share).is_some_and(|share| share.owner == actor);
    if own { GetResourceShares::default().into() } else { GetResourceShares::of_others().into() }
}

/// The rows that a list expects, forbids or leaves open. A list changes nothing.
fn listed(world: &World, actor: Account, list: &Call) -> Vec<Row> {
    list.apply(&mut world.clone(), actor, &Name::none()).rows
}

fn by_key<'r>(rows: &'r [Row], key: &Key) -> Option<&'r Row> {
    rows.iter().find(|row| row.key == *key)
}

/// Whether a row is in this status, or absent where none is claimed.
fn row_is(row: Option<&Row>, claimed: Option<&SmolStr>) -> ClaimResult {
    let Some(row) = row else {
        let holds = Some(claimed.is_none());
        return ClaimResult { holds, rule: None };
    };
    let holds = match claimed {
        _ if !row.judged => None,
        Some(status) if row.present => status_is(row, status),
        Some(_) | None => Some(row.present == claimed.is_some()),
    };
    let rule = Some(row.rule);
    ClaimResult { holds, rule }
}

/// Whether a row that is there is in this status.
///
/// AWS may show one of several words: then the first is the settled one, and a claim of another is
/// undecided.
fn status_is(row: &Row, claimed: &SmolStr) -> Option<bool> {
    let status = row.fields.iter().find(|field| field.name == "status")?;
    match &status.expected {
        Expected::OneOf(words) => match words.iter().position(|word| word == claimed) {
            Some(0) => Some(true),
            Some(_) => None,
            None => Some(false),
        },
        Expected::Text(word) => Some(word == claimed),
        Expected::Flag(_)
        | Expected::Account(_)
        | Expected::Set(_)
        | Expected::AtMost(_)
        | Expected::Absent
        | Expected::Present => None,
    }
}
