//! ReplacePermissionAssociations.

use smol_str::ToSmolStr as _;

use crate::answer::{Conditions, Decision, Expected, Reply};
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::{ClientToken, Reference, operation};
use crate::permissions::{
    attach, draw_attachable, draw_version, holders, named_permission, require_attachable, undecided,
};
use crate::rules::permission;
use crate::world::{Attachment, Managed, Replacement, Share};
use crate::{Account, Name, World};

operation! {
    /// Replaces a managed permission by another one in all shares of the caller.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_ReplacePermissionAssociations.html>
    pub struct ReplacePermissionAssociations {
        /// The permission that goes.
        from_permission_arn: Reference = "fromPermissionArn",
        /// Only where it is held in this version.
        from_permission_version: Option<i32> = "fromPermissionVersion",
        /// The permission that comes.
        to_permission_arn: Reference = "toPermissionArn",
        /// The idempotency token: a repetition of the call bears the same.
        client_token: ClientToken = "clientToken",
    }
}

/// The words of a work item.
pub(crate) const WORKING: Expected = Expected::OneOf(&["COMPLETED", "IN_PROGRESS"]);

impl ReplacePermissionAssociations {
    /// Whether a permission in a share of the caller is to go.
    fn is_meant(&self, actor: Account, share: &Share, held: &Attachment) -> bool {
        let version = self.from_permission_version.map(i64::from);
        let fits = version.is_none_or(|version| version == i64::from(held.version));
        share.owner == actor && !share.deleted && fits
    }
}

impl Operation for ReplacePermissionAssociations {
    const TOPIC: Topic = Topic::Permissions;
    const MADE_FIELD: Option<&'static str> = Some("id");
    const MAKES: &'static str = "work";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Unknown);
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let from_permission_arn = draw_attachable(world, actor, dice)?;
        let to_permission_arn = draw_attachable(world, actor, dice)?;
        let version = draw_version(world, &from_permission_arn, dice);
        let from_permission_version = version.filter(|_| dice.percent(20));
        Some(Self {
            from_permission_arn,
            from_permission_version,
            to_permission_arn,
            ..Self::default()
        })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let from = require_attachable(world, actor, &self.from_permission_arn, &mut conditions);
        let to = require_attachable(world, actor, &self.to_permission_arn, &mut conditions);
        let (Some((from, of_type)), Some((_, to_type))) = (from, to) else {
            return conditions.decide();
        };
        let aws = matches!(from, Managed::Default(_)) && self.from_permission_version.is_some();
        conditions.require(!aws, &permission::OF_AWS_WITH_ANOTHER_NAME);
        conditions.require(of_type == to_type, &permission::REPLACED_BY_ONE_OF_ITS_TYPE);
        let held = holders(world, &from).filter(|(share, it)| self.is_meant(actor, share, it));
        let mut any = false;
        for (share, attachment) in held {
            any = true;
            conditions.require_not_open(undecided(world, share, attachment));
        }
        conditions.require(any, &permission::REPLACED_WHERE_IT_IS);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        let rule = &permission::REPLACED_EVERYWHERE;
        let reply = Reply::granted(rule).with("status", WORKING, rule);
        let mut aside = Conditions::default();
        let from = named_permission(world, &self.from_permission_arn, &mut aside);
        let to = named_permission(world, &self.to_permission_arn, &mut aside);
        let (Some(from), Some(to)) = (from, to) else { return reply };
        let meant = |(_, share): &(&Name, &Share)| {
            let mut held = share.permissions.values();
            held.any(|it| it.live && it.permission == from && self.is_meant(actor, share, it))
        };
        let shares: Vec<Name> =
            world.shares.iter().filter(meant).map(|(name, _)| name.clone()).collect();
        if from.resource_type(world) == to.resource_type(world) {
            for share in &shares {
                attach(world, share, to.clone(), false);
            }
        }
        let reply = fields(reply, &from, &to);
        let reply = match &to {
            Managed::Customer(name) => {
                let default = world.permissions.get(name).map_or(0, |held| held.default);
                let by_default = &permission::REPLACED_BY_THE_DEFAULT_VERSION;
                reply.with("toPermissionVersion", Expected::Text(default.to_smolstr()), by_default)
            }
            Managed::Default(_) => reply,
        };
        world.replacements.insert(made.clone(), Replacement { owner: actor, from, to, open: None });
        reply
    }
}

/// The reply with the two permissions of a work item.
fn fields(reply: Reply, from: &Managed, to: &Managed) -> Reply {
    let rule = &permission::REPLACED_EVERYWHERE;
    let reply = match from.arn() {
        Some(arn) => reply.with("fromPermissionArn", Expected::Text(arn), rule),
        None => reply,
    };
    match to.arn() {
        Some(arn) => reply.with("toPermissionArn", Expected::Text(arn), rule),
        None => reply,
    }
}
