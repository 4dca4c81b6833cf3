//! ListPermissionVersions.

use smol_str::{SmolStr, ToSmolStr as _};

use crate::answer::{Conditions, Decision, Expected, Key, Reply, Row};
use crate::dice::Dice;
use crate::operations::ram::get_permission::require_readable;
use crate::operations::{Operation, Topic};
use crate::paging;
use crate::parameters::{Reference, operation};
use crate::permissions::{ATTACHABLE, DELETED, UNATTACHABLE, draw_attachable, named_permission};
use crate::rules::permission;
use crate::{Account, Name, World};

operation! {
    /// Lists the versions of a managed permission.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_ListPermissionVersions.html>
    pub struct ListPermissionVersions {
        [
            /// The permission.
            permission: Reference
        ]
        /// The most results on a page.
        max_results: Option<i32> = "maxResults",
        /// The token of an earlier page; any that a scenario spells is none.
        next_token: SmolStr = "nextToken",
    }
}

impl Operation for ListPermissionVersions {
    const TOPIC: Topic = Topic::Permissions;
    const WRITES: bool = false;
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let permission = draw_attachable(world, actor, dice)?;
        let (max_results, next_token) = paging::draw(dice);
        Some(Self { permission, max_results, next_token })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        paging::require(self.max_results, &self.next_token, &mut conditions);
        if let Some(managed) = named_permission(world, &self.permission, &mut conditions) {
            require_readable(world, actor, &managed, &mut conditions);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let mut reply = paging::listed(self.max_results, Vec::new());
        if self.max_results.is_none() {
            reply.because = &permission::READ_BY_ITS_OWNER;
        }
        let name = self.permission.name();
        let Some((name, held)) = name.and_then(|name| Some((name, world.permissions.get(name)?)))
        else {
            if self.max_results.is_none() {
                reply.because = &permission::OF_AWS_READ_BY_EVERYBODY;
            }
            return reply;
        };
        for (number, version) in &held.versions {
            let key = Key::Version(name.clone(), *number);
            let is_default = *number == held.default;
            reply.rows.push(if let Some(open) = held.open {
                Row::open(key, open, true)
            } else if version.deleted || held.deleted {
                let rule = &permission::DELETED_ONES_UNATTACHABLE;
                Row::open(key, rule, false).with("status", DELETED, rule)
            } else {
                let rule = &permission::OLDER_VERSIONS_UNATTACHABLE;
                Row::expected(key, &permission::NUMBERED_IN_ORDER)
                    .with(
                        "version",
                        Expected::Text(number.to_smolstr()),
                        &permission::NUMBERED_IN_ORDER,
                    )
                    .with("status", if is_default { ATTACHABLE } else { UNATTACHABLE }, rule)
                    .with(
                        "defaultVersion",
                        Expected::Flag(is_default),
                        &permission::NEWEST_VERSION_IS_THE_DEFAULT,
                    )
            });
        }
        reply
    }

    fn view_reads(world: &World, account: Account) -> Vec<Self> {
        let own = world.permissions.iter().filter(|(_, it)| it.owner == account);
        let read =
            |name: &Name| Self { permission: Reference::Named(name.clone()), ..Self::default() };
        own.map(|(name, _)| read(name)).collect()
    }
}
