//! DeletePermission.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{ClientToken, Reference, operation};
use crate::permissions::{deleted, draw_permission, holders, own_permission, undecided};
use crate::rules::permission;
use crate::world::Managed;
use crate::{Account, Name, World};

operation! {
    /// Deletes a customer managed permission that no share holds.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_DeletePermission.html>
    pub struct DeletePermission {
        [
            /// The permission.
            permission: Reference
        ]
        /// The idempotency token: a repetition of the call bears the same.
        client_token: ClientToken = "clientToken",
    }
}

impl Operation for DeletePermission {
    const TOPIC: Topic = Topic::Permissions;
    const WEIGHT: usize = 1;
    const REMOVES: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        draw_permission(world, actor, dice).map(|permission| Self { permission, ..Self::default() })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let held = own_permission(world, actor, &self.permission, &mut conditions);
        if let (Some(_), Some(name)) = (held, self.permission.name()) {
            for (share, attachment) in holders(world, &Managed::Customer(name.clone())) {
                let unsure = undecided(world, share, attachment).is_some();
                let kept = !share.deleted && !unsure;
                conditions.require(!kept, &permission::KEPT_WHILE_ATTACHED);
                conditions.require(kept, &permission::FREED_WITH_ITS_SHARE);
            }
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let named = self.permission.name();
        if let Some(held) = named.and_then(|name| world.permissions.get_mut(name)) {
            held.deleted = true;
        }
        deleted(&permission::DELETED_BY_ITS_OWNER)
    }
}
