//! DeleteManagedPrefixList.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{Weights, draw_resource, require_seen};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::prefix_list;
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Deletes a managed prefix list.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteManagedPrefixList.html>
    pub struct DeleteManagedPrefixList {
        /// The prefix list.
        prefix_list_id: Reference = "PrefixListId",
    }
}

impl Operation for DeleteManagedPrefixList {
    const TOPIC: Topic = Topic::PrefixLists;
    const WEIGHT: usize = 1;
    const REMOVES: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 4, seen: 8, near: 1, far: 1 };
        draw_resource(world, actor, dice, |kind| matches!(kind, Kind::PrefixList { .. }), weights)
            .map(|prefix_list_id| Self { prefix_list_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let unknown = &prefix_list::KNOWN_TO_THE_CALLER;
        let of_kind = |kind: &Kind| matches!(kind, Kind::PrefixList { .. });
        let seen =
            require_seen(world, actor, &self.prefix_list_id, of_kind, unknown, &mut conditions);
        if let Some((name, resource)) = seen {
            let own = resource.owner == actor;
            conditions.require(own, &prefix_list::CHANGED_BY_ITS_OWNER_ALONE);
            let named = is_referenced(world, name);
            conditions.require(!named || !own, &prefix_list::DELETED_WHILE_REFERENCED);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let Some(name) = self.prefix_list_id.name() else {
            return Reply::granted(&prefix_list::MADE_BY_ITS_OWNER);
        };
        let stays = is_referenced(world, name);
        if let Some(resource) = world.resources.get_mut(name) {
            if let Kind::PrefixList { delete_failed, .. } = &mut resource.kind {
                *delete_failed = stays;
            }
            resource.deleted = !stays;
        }
        Reply::granted(&prefix_list::MADE_BY_ITS_OWNER)
    }
}

/// Whether a living security group names this list.
fn is_referenced(world: &World, list: &Name) -> bool {
    world
        .resources
        .values()
        .filter(|it| !it.deleted)
        .any(|it| matches!(&it.kind, Kind::SecurityGroup { lists, .. } if lists.contains(list)))
}
