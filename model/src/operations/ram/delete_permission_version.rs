//! DeletePermissionVersion.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{ClientToken, Reference, operation};
use crate::permissions::{
    deleted, draw_permission, draw_version, holders, own_permission, undecided,
};
use crate::rules::permission;
use crate::world::Managed;
use crate::{Account, Name, World};

operation! {
    /// Deletes a version of a customer managed permission that is not the default and is in no
    /// share.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_DeletePermissionVersion.html>
    pub struct DeletePermissionVersion {
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

impl Operation for DeletePermissionVersion {
    const TOPIC: Topic = Topic::Permissions;
    const WEIGHT: usize = 2;
    const REMOVES: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let permission = draw_permission(world, actor, dice)?;
        let permission_version = Some(draw_version(world, &permission, dice).unwrap_or(1));
        Some(Self { permission, permission_version, ..Self::default() })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        if let Some(held) = own_permission(world, actor, &self.permission, &mut conditions)
            && let Some(number) = held.require_version(self.permission_version, &mut conditions)
            && let Some(name) = self.permission.name()
        {
            conditions.require(number != held.default, &permission::DEFAULT_VERSION_KEPT);
            for (share, attachment) in holders(world, &Managed::Customer(name.clone())) {
                let unsure = undecided(world, share, attachment).is_some() || share.deleted;
                let kept = !unsure && attachment.version == number;
                conditions.require(!kept, &permission::ATTACHED_VERSION_KEPT);
                conditions.require(!unsure, &permission::FREED_WITH_ITS_SHARE);
            }
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let named = self.permission.name();
        if let Some(held) = named.and_then(|name| world.permissions.get_mut(name))
            && let Some((number, _)) = held.version(self.permission_version)
            && let Some(version) = held.versions.get_mut(&number)
        {
            version.deleted = true;
        }
        deleted(&permission::VERSION_DELETED_ONCE_UNUSED)
    }
}
