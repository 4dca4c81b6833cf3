//! ModifySnapshotAttribute.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{Weights, draw_resource, require_seen};
use crate::dice::Dice;
use crate::operations::ram::associate_resource_share::draw_principals;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::snapshot;
use crate::sharing::parsed;
use crate::world::{Kind, Resource, World};
use crate::{Account, Name, Principal};

operation! {
    /// Gives and takes permissions to make volumes of a snapshot.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySnapshotAttribute.html>
    pub struct ModifySnapshotAttribute {
        /// The snapshot.
        snapshot_id: Reference = "SnapshotId",
        /// Accounts that may make volumes of it from now on.
        add: Vec<Principal> = "Add",
        /// Those that no longer may.
        remove: Vec<Principal> = "Remove",
    }
}

impl Operation for ModifySnapshotAttribute {
    const TOPIC: Topic = Topic::Images;
    const WEIGHT: usize = 4;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 8, seen: 1, near: 1, far: 1 };
        let snapshot_id = draw_resource(world, actor, dice, is_snapshot, weights)?;
        let resource = snapshot_id.name().and_then(|name| world.resources.get(name));
        if dice.percent(25)
            && let Some(Kind::Snapshot { permissions, .. }) = resource.map(|it| &it.kind)
            && let Some(account) = dice.pick_from(permissions.iter().copied())
        {
            let remove = vec![Principal::Account(account)];
            return Some(Self { snapshot_id, add: Vec::new(), remove });
        }
        let add = if dice.percent(2) {
            vec![Principal::Literal("12345".into())]
        } else {
            let mut drawn = draw_principals(world, actor, dice, 100);
            drawn.retain(|it| matches!(it, Principal::Account(_)));
            drawn
        };
        (!add.is_empty()).then_some(Self { snapshot_id, add, remove: Vec::new() })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        require_own_snapshot(world, actor, &self.snapshot_id, &mut conditions);
        let one_way = self.add.is_empty() || self.remove.is_empty();
        conditions.require(one_way, &snapshot::GIVEN_OR_TAKEN);
        for principal in self.add.iter().chain(&self.remove) {
            let is_account = matches!(parsed(principal), Principal::Account(_));
            conditions.require(is_account, &snapshot::PERMITTED_TO_ACCOUNTS_ALONE);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let resource = self.snapshot_id.name().and_then(|name| world.resources.get_mut(name));
        if let Some(Resource { kind: Kind::Snapshot { permissions, former }, .. }) = resource {
            for account in accounts(&self.add) {
                former.remove(&account);
                permissions.insert(account);
            }
            for account in accounts(&self.remove) {
                if permissions.remove(&account) {
                    former.insert(account);
                }
            }
        }
        Reply::granted(&snapshot::SHARED_BY_PERMISSION)
    }
}

/// The accounts among principals.
fn accounts(principals: &[Principal]) -> impl Iterator<Item = Account> + '_ {
    principals.iter().filter_map(|principal| match parsed(principal) {
        Principal::Account(account) => Some(account),
        Principal::Organization(_)
        | Principal::OrganizationalUnit(_)
        | Principal::Role(..)
        | Principal::User(..)
        | Principal::Service(_)
        | Principal::Literal(_) => None,
    })
}

/// Whether a resource is a snapshot.
pub(crate) fn is_snapshot(kind: &Kind) -> bool {
    matches!(kind, Kind::Snapshot { .. })
}

/// Requires that a snapshot is there and the caller's own; returns its name.
pub(crate) fn require_own_snapshot<'w>(
    world: &'w World,
    actor: Account,
    named: &'w Reference,
    conditions: &mut Conditions,
) -> Option<&'w Name> {
    let unknown = &snapshot::KNOWN_TO_THE_CALLER;
    let (name, resource) = require_seen(world, actor, named, is_snapshot, unknown, conditions)?;
    let own = resource.owner == actor;
    conditions.require(own, &snapshot::CHANGED_BY_ITS_OWNER_ALONE);
    own.then_some(name)
}
