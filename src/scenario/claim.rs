//! Whether claims hold in a world of the model.

use bellwether_model::answer::{Answer, Decision, Field, Key, Row};
use bellwether_model::operations::ram::{
    GetResourceShareAssociations, GetResourceShareInvitations, GetResourceShares,
};
use bellwether_model::rules::Rule;
use bellwether_model::rules::visibility;
use bellwether_model::sharing::parsed;
use bellwether_model::view::Seen;
use bellwether_model::{Account, Call, Name, World};
use smol_str::SmolStr;

use super::{AnswerClaim, Associated, Claim, Fact, FieldClaim, ReplyClaim, RowClaim, row_word};

/// The model's verdict on a claim.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct ClaimResult {
    /// Whether the claim holds; `None` if an open rule leaves it undecided.
    pub holds: Option<bool>,
    /// The rule that decides it; `None` if its resource was never made.
    pub rule: Option<&'static Rule>,
}

impl AnswerClaim {
    /// Whether an answer of the model is as claimed, and by which rule.
    #[must_use]
    pub fn evaluate(&self, answer: &Answer) -> ClaimResult {
        let holds = match (answer, self) {
            (Answer::Granted(_), claim) => Some(*claim == Self::Granted),
            (Answer::Refused(_), Self::Granted) => Some(false),
            (Answer::Refused(refusal), Self::Refused(codes)) => {
                Some(codes.iter().any(|code| refusal.allows(code)))
            }
            (Answer::Open(_), _) => None,
        };
        ClaimResult { holds, rule: decided_by(answer) }
    }
}

impl ReplyClaim {
    /// Whether an answer of the model has these fields.
    #[must_use]
    pub fn evaluate(&self, answer: &Answer) -> ClaimResult {
        let holds = match answer {
            Answer::Granted(reply) => fields_are(&reply.fields, &self.fields),
            Answer::Refused(_) => Some(false),
            Answer::Open(_) => None,
        };
        ClaimResult { holds, rule: decided_by(answer) }
    }
}

/// The rule by which an answer is what it is.
fn decided_by(answer: &Answer) -> Option<&'static Rule> {
    match answer {
        Answer::Granted(reply) => Some(reply.because),
        Answer::Refused(refusal) => Some(refusal.rule()),
        Answer::Open(open) => open.rules.first().copied(),
    }
}

impl RowClaim {
    /// Whether the list that an account asks for has the row, or has it not. A list that is refused
    /// has no rows to speak of, so that neither holds.
    fn evaluate(&self, world: &World, actor: Account) -> ClaimResult {
        match self.call.check(world, actor) {
            Decision::Granted => {}
            Decision::Refused(refusal) => {
                return ClaimResult { holds: Some(false), rule: Some(refusal.rule()) };
            }
            Decision::Open(open) => {
                return ClaimResult { holds: None, rule: open.rules.first().copied() };
            }
        }
        let mut rows = listed(world, actor, &self.call);
        rows.retain(|row| row_word(&row.key) == self.row);
        let rule = rows.first().map(|row| row.rule);
        let one = |row: &Row| match (row.judged, row.present) {
            (false, _) => None,
            (true, false) => Some(false),
            (true, true) => fields_are(&row.fields, &self.fields),
        };
        let of_rows: Vec<Option<bool>> = rows.iter().map(one).collect();
        let shown = if of_rows.contains(&Some(true)) {
            Some(true)
        } else if of_rows.contains(&None) {
            None
        } else {
            Some(false)
        };
        ClaimResult { holds: shown.map(|shown| shown == self.listed), rule }
    }
}

/// Whether fields are as claimed; `None` if the model leaves one of them undecided or says nothing of it.
fn fields_are(fields: &[Field], claimed: &[FieldClaim]) -> Option<bool> {
    let one = |claim: &FieldClaim| {
        let field = fields.iter().find(|field| field.name == claim.name)?;
        claim.is_expected(&field.expected)
    };
    let of_claims: Vec<Option<bool>> = claimed.iter().map(one).collect();
    if of_claims.contains(&Some(false)) {
        return Some(false);
    }
    (!of_claims.contains(&None)).then_some(true)
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
        let world = &*world.in_region(self.region);
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
            Fact::Row(claim) => claim.evaluate(world, actor),
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
    let call = world.kind_of(name).and_then(|kind| kind.launch(name));
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
    let own = world.share(share).is_some_and(|share| share.owner == actor);
    if own { GetResourceShares::default().into() } else { GetResourceShares::of_others().into() }
}

/// The rows that a list expects, forbids or leaves open. A list changes nothing.
pub(crate) fn listed(world: &World, actor: Account, list: &Call) -> Vec<Row> {
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
        Some(status) if row.present => fields_are(&row.fields, &[FieldClaim::status(status)]),
        Some(_) | None => Some(row.present == claimed.is_some()),
    };
    let rule = Some(row.rule);
    ClaimResult { holds, rule }
}
