//! DisassociateResourceSharePermission.

use crate::answer::{Conditions, Decision, Expected, Reply};
use crate::dice::Dice;
use crate::operations::ram::associate_resource_share::draw_share;
use crate::operations::{Operation, Topic};
use crate::parameters::{ClientToken, Reference, operation};
use crate::permissions::{draw_attachable, holds_type, require_attachable, undecided};
use crate::rules::permission;
use crate::sharing::own_share;
use crate::{Account, Name, World};

operation! {
    /// Takes a managed permission out of a share that holds no resource of its type.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_DisassociateResourceSharePermission.html>
    pub struct DisassociateResourceSharePermission {
        [
            /// The share.
            share: Reference
        ]
        /// The permission.
        permission_arn: Reference = "permissionArn",
        /// The idempotency token: a repetition of the call bears the same.
        client_token: ClientToken = "clientToken",
    }
}

impl Operation for DisassociateResourceSharePermission {
    const TOPIC: Topic = Topic::Sharing;
    const WEIGHT: usize = 3;
    const REMOVES: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let share = draw_share(world, actor, dice)?;
        let held = share.name().and_then(|name| world.shares.get(name));
        let arns = held.into_iter().flat_map(|share| share.permissions.values());
        let arns = arns.filter_map(|it| it.permission.arn().map(|arn| (arn, &it.permission)));
        let arns = arns.map(|(arn, managed)| match managed {
            crate::world::Managed::Customer(name) => Reference::Named(name.clone()),
            crate::world::Managed::Default(_) => Reference::Literal(arn),
        });
        let held = dice.pick_from(arns).filter(|_| dice.percent(90));
        let permission_arn = held.or_else(|| draw_attachable(world, actor, dice))?;
        Some(Self { share, permission_arn, ..Self::default() })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let share = own_share(world, actor, &self.share, &mut conditions);
        let managed = require_attachable(world, actor, &self.permission_arn, &mut conditions);
        let (Some((_, share)), Some((managed, of_type))) = (share, managed) else {
            return conditions.decide();
        };
        let held = share.permissions.get(&of_type).filter(|it| it.permission == managed);
        if let Some(attachment) = held {
            let unsure = undecided(world, share, attachment);
            conditions.require_not_open(unsure);
            let unsure = unsure.is_some();
            conditions.require(unsure || attachment.live, &permission::DETACHED_ONCE);
            let (holds, held_once) = holds_type(world, share, &of_type);
            if attachment.live && !unsure {
                conditions.require(!holds, &permission::NEEDED_BY_ITS_RESOURCES);
                let sure = holds || (attachment.named && !held_once);
                conditions.require(sure, &permission::DETACHED_WHERE_IT_IS);
            }
        } else {
            conditions.require(false, &permission::DETACHED_WHERE_IT_IS);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let mut aside = Conditions::default();
        let managed = require_attachable(world, actor, &self.permission_arn, &mut aside);
        if let (Some(name), Some((managed, of_type))) = (self.share.name(), managed)
            && let Some(share) = world.shares.get_mut(name)
            && let Some(attachment) = share.permissions.get_mut(&of_type)
            && attachment.permission == managed
        {
            attachment.live = false;
        }
        let rule = &permission::DETACHED_ONCE_UNNEEDED;
        Reply::granted(rule).with("returnValue", Expected::Flag(true), rule)
    }
}
