//! AssociateResourceSharePermission.

use crate::answer::{Conditions, Decision, Expected, Reply};
use crate::dice::Dice;
use crate::operations::ram::CreateResourceShare;
use crate::operations::ram::associate_resource_share::draw_share;
use crate::operations::{Operation, Topic};
use crate::parameters::{ClientToken, Reference, operation};
use crate::permissions::{
    attach, draw_attachable, draw_version, named_permission, require_attachable, undecided,
};
use crate::rules::permission;
use crate::sharing::own_share;
use crate::world::Managed;
use crate::{Account, Name, World};

operation! {
    /// Attaches a managed permission to a share, or replaces the one of the same type.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_AssociateResourceSharePermission.html>
    pub struct AssociateResourceSharePermission {
        [
            /// The share.
            share: Reference
        ]
        /// The permission.
        permission_arn: Reference = "permissionArn",
        /// Whether it takes the place of the one that the share holds for its type.
        replace: bool = "replace",
        /// Its version, which has to be the default.
        permission_version: Option<i32> = "permissionVersion",
        /// The idempotency token: a repetition of the call bears the same.
        client_token: ClientToken = "clientToken",
    }
}

impl Operation for AssociateResourceSharePermission {
    const TOPIC: Topic = Topic::Sharing;
    const WEIGHT: usize = 4;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let share = draw_share(world, actor, dice)?;
        let permission_arn = draw_attachable(world, actor, dice)?;
        let mut holding = share.name().and_then(|name| world.shares.get(name)).into_iter();
        let managed = named_permission(world, &permission_arn, &mut Conditions::default());
        let of_type = managed.and_then(|managed| managed.resource_type(world));
        let holds = holding.any(|share| {
            let held = of_type.as_ref().and_then(|of_type| share.permissions.get(of_type));
            held.is_some_and(|it| it.live)
        });
        let replace = dice.percent(if holds { 55 } else { 2 });
        let version = draw_version(world, &permission_arn, dice);
        let permission_version = version.filter(|_| dice.percent(20));
        Some(Self { share, permission_arn, replace, permission_version, ..Self::default() })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let share = own_share(world, actor, &self.share, &mut conditions);
        let managed = require_attachable(world, actor, &self.permission_arn, &mut conditions);
        let (Some((_, share)), Some((managed, of_type))) = (share, managed) else {
            return conditions.decide();
        };
        if let (Managed::Customer(name), Some(number)) = (&managed, self.permission_version)
            && let Some(held) = world.permissions.get(name)
            && held.open.is_none()
        {
            let is_default = u32::try_from(number) == Ok(held.default);
            conditions.require(is_default, &permission::ATTACHED_IN_ITS_DEFAULT_VERSION);
        }
        if let (Managed::Default(_), Some(_)) = (&managed, self.permission_version) {
            conditions.require(false, &permission::OF_AWS_WITH_ANOTHER_NAME);
        }
        let held = share.permissions.get(&of_type);
        let unsure = held.and_then(|it| undecided(world, share, it));
        conditions.require_not_open(unsure);
        if unsure.is_none() {
            let live = held.filter(|it| it.live);
            let same = live.is_some_and(|it| it.permission == managed);
            let other = live.is_some() && !same;
            conditions.require(self.replace || !other, &permission::ONE_FOR_EACH_TYPE);
            conditions.require(self.replace || !same, &permission::ATTACHED_AGAIN);
            let replaces = !self.replace || live.is_some();
            conditions.require(replaces, &permission::REPLACED_WHERE_THERE_IS_ONE);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let managed = named_permission(world, &self.permission_arn, &mut Conditions::default());
        if let (Some(share), Some(managed)) = (self.share.name(), managed) {
            attach(world, share, managed, false);
        }
        let rule = &permission::ATTACHED_BY_THE_SHARE_OWNER;
        Reply::granted(rule).with("returnValue", Expected::Flag(true), rule)
    }

    fn merged_into(&self, create: &CreateResourceShare) -> Option<CreateResourceShare> {
        if self.replace || self.permission_version.is_some() {
            return None;
        }
        let mut create = create.clone();
        create.permission_arns.push(self.permission_arn.clone());
        Some(create)
    }
}
