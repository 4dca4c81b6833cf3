//! Whether claims hold in a world of the model.

use bellwether_model::answer::{Decision, Key, Owed, Row};
use bellwether_model::operations::ec2::{CreateNetworkInterface, RunInstances};
use bellwether_model::operations::ram::{
    GetResourceShareAssociations, GetResourceShareInvitations, GetResourceShares,
};
use bellwether_model::parameters::Reference;
use bellwether_model::sharing::understood;
use bellwether_model::view::Seen;
use bellwether_model::world::Kind;
use bellwether_model::{Account, Call, Name, World};
use smol_str::SmolStr;

use super::{Associated, Claim, Fact};

impl Claim {
    /// Whether the claim holds in a world; nothing where an open rule leaves it undecided.
    #[must_use]
    pub fn holds(&self, world: &World) -> Option<bool> {
        let actor = self.actor;
        let sight = |name| {
            let sight = world.sight(actor, name);
            sight.judged.then_some(sight.seen)
        };
        match &self.fact {
            Fact::Sees(name) => Some(sight(name)? != Seen::Hidden),
            Fact::Hidden(name) => Some(sight(name)? == Seen::Hidden),
            Fact::MayLaunch(name) => may_launch(world, actor, name),
            Fact::MayNotLaunch(name) => may_launch(world, actor, name).map(|may| !may),
            Fact::Running(name) => {
                let thing = world.things.get(name);
                let is_instance =
                    thing.is_some_and(|thing| matches!(thing.kind, Kind::Instance { .. }));
                Some(is_instance && sight(name)? == Seen::Owned)
            }
            Fact::Share(share, status) => {
                let rows = listed(world, actor, &share_list(world, actor, share));
                row_is(find(&rows, &Key::Share(share.clone())), status.as_ref())
            }
            Fact::Association(share, associated, status) => {
                let (call, key) = match associated {
                    Associated::Thing(thing) => (
                        GetResourceShareAssociations::of_resources(),
                        Key::Resource(share.clone(), thing.clone()),
                    ),
                    Associated::Principal(principal) => (
                        GetResourceShareAssociations::default(),
                        Key::Principal(share.clone(), understood(principal)),
                    ),
                };
                row_is(find(&listed(world, actor, &call.into()), &key), status.as_ref())
            }
            Fact::Invitation(share, status) => {
                let rows = listed(world, actor, &GetResourceShareInvitations {}.into());
                let own = |row: &&Row| match &row.key {
                    Key::Invitation(of, receiver, _) => of == share && *receiver == actor,
                    Key::Thing(_)
                    | Key::Share(_)
                    | Key::Resource(..)
                    | Key::Principal(..)
                    | Key::Permission(_)
                    | Key::Type(_) => false,
                };
                row_is(rows.iter().rfind(own), status.as_ref())
            }
        }
    }
}

/// Whether a launch into a subnet, or from an image, is granted; what is gone or never came to be
/// is not.
fn may_launch(world: &World, actor: Account, name: &Name) -> Option<bool> {
    let call = world.things.get(name).and_then(|thing| launch_of(&thing.kind, name));
    call.map_or(Some(false), |call| granted(&call.check(world, actor)))
}

/// The call that shows whether a thing is open to launches; nothing for what can't be.
pub(crate) fn launch_of(kind: &Kind, name: &Name) -> Option<Call> {
    let named = Reference::Named(name.clone());
    match kind {
        Kind::Subnet { .. } => Some(
            CreateNetworkInterface { subnet_id: named, ..CreateNetworkInterface::default() }.into(),
        ),
        Kind::Image { .. } => {
            Some(RunInstances { image_id: Some(named), ..RunInstances::default() }.into())
        }
        Kind::Vpc
        | Kind::SecurityGroup { .. }
        | Kind::NetworkInterface { .. }
        | Kind::Instance { .. }
        | Kind::TransitGateway { .. }
        | Kind::TransitGatewayAttachment { .. }
        | Kind::PrefixList { .. } => None,
    }
}

/// Whether a decision grants; nothing where it is open.
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

/// The rows that a list owes, forbids or leaves open. A list changes nothing.
fn listed(world: &World, actor: Account, list: &Call) -> Vec<Row> {
    list.apply(&mut world.clone(), actor, &Name::new("")).rows
}

fn find<'r>(rows: &'r [Row], key: &Key) -> Option<&'r Row> {
    rows.iter().find(|row| row.key == *key)
}

/// Whether a row is in this status, or absent where none is claimed.
///
/// Where AWS may show one of several words, the first is the settled one; a claim of another is
/// undecided.
fn row_is(row: Option<&Row>, claimed: Option<&SmolStr>) -> Option<bool> {
    let Some(row) = row else {
        return Some(claimed.is_none());
    };
    if !row.judged {
        return None;
    }
    let (true, Some(claimed)) = (row.present, claimed) else {
        return Some(row.present == claimed.is_some());
    };
    let status = row.fields.iter().find(|field| field.name == "status");
    match status.map(|field| &field.owed) {
        Some(Owed::OneOf(words)) => match words.iter().position(|word| word == claimed) {
            Some(0) => Some(true),
            Some(_) => None,
            None => Some(false),
        },
        Some(Owed::Text(word)) => Some(word == claimed),
        Some(Owed::Flag(_) | Owed::Account(_) | Owed::Set(_)) | None => None,
    }
}
