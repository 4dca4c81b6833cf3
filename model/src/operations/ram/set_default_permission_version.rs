//! SetDefaultPermissionVersion.

use crate::answer::{Conditions, Decision, Expected, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{ClientToken, Reference, operation};
use crate::permissions::{draw_permission, draw_version, own_permission};
use crate::rules::permission;
use crate::{Account, Name, World};

operation! {
    /// Makes another version of a customer managed permission its default.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_SetDefaultPermissionVersion.html>
    pub struct SetDefaultPermissionVersion {
        [
            /// The permission.
            permission: Reference
        ]
        /// The version.
        permission_version: Option<i32> = "permissionVersion",
        /// The idempotency token: a repetition of the call bears the same.
        client_token: ClientToken = "clientToken",
    }
}

impl Operation for SetDefaultPermissionVersion {
    const TOPIC: Topic = Topic::Permissions;
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let permission = draw_permission(world, actor, dice)?;
        let permission_version = Some(draw_version(world, &permission, dice).unwrap_or(1));
        Some(Self { permission, permission_version, ..Self::default() })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        if let Some(held) = own_permission(world, actor, &self.permission, &mut conditions) {
            held.require_version(self.permission_version, &mut conditions);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let named = self.permission.name();
        if let Some(held) = named.and_then(|name| world.permissions.get_mut(name))
            && let Some((number, _)) = held.version(self.permission_version)
        {
            held.default = number;
        }
        let rule = &permission::DEFAULT_CHOSEN_BY_ITS_OWNER;
        Reply::granted(rule).with("returnValue", Expected::Flag(true), rule)
    }
}
