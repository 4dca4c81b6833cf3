//! ListResourceSharePermissions.

use smol_str::SmolStr;

use crate::answer::{Conditions, Decision, Key, Reply, Row};
use crate::dice::Dice;
use crate::operations::ram::associate_resource_share::draw_share;
use crate::operations::{Operation, Topic};
use crate::paging;
use crate::parameters::{Reference, operation};
use crate::permissions::{attached_row, holds_type, undecided};
use crate::resources;
use crate::rules::permission;
use crate::sharing::named_share;
use crate::view::Access;
use crate::world::{Attachment, Share};
use crate::{Account, Name, World};

operation! {
    /// Lists the managed permissions that a share holds.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_ListResourceSharePermissions.html>
    pub struct ListResourceSharePermissions {
        [
            /// The share.
            share: Reference
        ]
        /// The most results on a page.
        max_results: Option<i32> = "maxResults",
        /// The token of an earlier page; any that a scenario spells is none.
        next_token: SmolStr = "nextToken",
    }
}

/// The row of a permission that a share holds or once held.
pub(crate) fn row(
    world: &World,
    (name, share): (&Name, &Share),
    (of_type, attachment): (&SmolStr, &Attachment),
    version: &'static str,
) -> Row {
    let key = Key::Attached(name.clone(), of_type.clone());
    if let Some(open) = undecided(world, share, attachment) {
        return Row::open(key, open, attachment.live);
    }
    if !attachment.live {
        return Row::forbidden(key, &permission::GONE_ONCE_DETACHED);
    }
    if !attachment.named && !holds_type(world, share, of_type).0 {
        return Row::open(key, &permission::LEFT_BY_ITS_RESOURCES, true);
    }
    let rule = if attachment.from_the_start {
        &permission::ATTACHED_FROM_THE_START
    } else if attachment.named {
        &permission::LISTED_OF_A_SHARE
    } else {
        &permission::DEFAULT_JOINS_WITH_A_RESOURCE
    };
    attached_row(Row::expected(key, rule), world, attachment, version)
}

impl Operation for ListResourceSharePermissions {
    const TOPIC: Topic = Topic::Sharing;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let share = draw_share(world, actor, dice)?;
        let (max_results, next_token) = paging::draw(dice);
        Some(Self { share, max_results, next_token })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        paging::require(self.max_results, &self.next_token, &mut conditions);
        if let Some((_, share)) = named_share(world, &self.share, &mut conditions) {
            let stranger = share.owner != actor && world.access(share, actor) == Access::None;
            conditions.require(!stranger, &permission::LISTED_OF_NO_STRANGERS_SHARE);
            let consumer = share.owner != actor && !stranger;
            conditions.require(!consumer, &permission::READ_THROUGH_A_SHARE);
            conditions.require(!share.deleted, &permission::LISTED_OF_A_DELETED_SHARE);
            conditions.require_not_open(share.open);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let mut reply = paging::listed(self.max_results, Vec::new());
        let named = self.share.name();
        let Some((name, share)) = named.and_then(|name| Some((name, world.shares.get(name)?)))
        else {
            return reply;
        };
        let of_share = (name, share);
        reply
            .rows
            .extend(share.permissions.iter().map(|held| row(world, of_share, held, "version")));
        let others = resources::TYPES.iter().map(|it| SmolStr::new_static(it.facts.name));
        let others = others.filter(|name| !share.permissions.contains_key(name));
        let key = |of_type| Key::Attached(name.clone(), of_type);
        let absent = others.map(|it| Row::forbidden(key(it), &permission::NONE_IN_AN_EMPTY_SHARE));
        reply.rows.extend(absent);
        reply
    }

    fn view_reads(world: &World, account: Account) -> Vec<Self> {
        let own = world.shares.iter().filter(|(_, it)| it.owner == account && !it.deleted);
        let holding = own.filter(|(_, share)| !share.permissions.is_empty());
        let read = |name: &Name| Self { share: Reference::Named(name.clone()), ..Self::default() };
        holding.map(|(name, _)| read(name)).collect()
    }
}
