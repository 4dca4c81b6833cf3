//! ListPermissionAssociations.

use smol_str::SmolStr;

use crate::answer::{Conditions, Decision, Key, Reply, Row};
use crate::dice::Dice;
use crate::operations::ram::list_resource_share_permissions::row;
use crate::operations::{Operation, Topic};
use crate::paging;
use crate::parameters::{Reference, operation};
use crate::permissions::{draw_attachable, named_permission};
use crate::rules::permission;
use crate::world::{Attachment, Managed};
use crate::{Account, Name, World};

operation! {
    /// Lists the managed permissions that the caller's shares hold.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_ListPermissionAssociations.html>
    pub struct ListPermissionAssociations {
        /// Only this permission.
        permission_arn: Option<Reference> = "permissionArn",
        /// Only this version of it.
        permission_version: Option<i32> = "permissionVersion",
        /// Only permissions for this resource type.
        resource_type: SmolStr = "resourceType",
        /// Only those in their default version, or only others.
        default_version: Option<bool> = "defaultVersion",
        /// The most results on a page.
        max_results: Option<i32> = "maxResults",
        /// The token of an earlier page; any that a scenario spells is none.
        next_token: SmolStr = "nextToken",
    }
}

impl ListPermissionAssociations {
    /// Whether a permission in a share is asked for; `None` if that is not known.
    fn asks_for(&self, world: &World, of_type: &str, held: &Attachment) -> Option<bool> {
        if let Some(asked) = &self.permission_arn {
            let asked = named_permission(world, asked, &mut Conditions::default());
            if asked.as_ref() != Some(&held.permission) {
                return Some(false);
            }
        }
        if !self.resource_type.is_empty() && !self.resource_type.eq_ignore_ascii_case(of_type) {
            return Some(false);
        }
        let default = match &held.permission {
            Managed::Customer(name) => world.permissions.get(name).map(|held| held.default),
            Managed::Default(_) => None,
        };
        let wants_version = self.permission_version.map(i64::from);
        match (wants_version, self.default_version, default) {
            (None, None, _) => Some(true),
            (_, _, None) => None,
            (number, flag, Some(default)) => Some(
                number.is_none_or(|number| number == i64::from(held.version))
                    && flag.is_none_or(|flag| flag == (held.version == default)),
            ),
        }
    }
}

/// Requires that a list can be filtered by this permission.
pub(crate) fn require_filter(
    world: &World,
    actor: Account,
    asked: Option<&Reference>,
    version: Option<i32>,
    conditions: &mut Conditions,
) {
    let rule = &permission::SHARES_FILTERED_BY_A_KNOWN_PERMISSION;
    conditions.require(asked.is_some() || version.is_none(), rule);
    let Some(asked) = asked else { return };
    let managed = named_permission(world, asked, &mut Conditions::default());
    let known = match &managed {
        Some(Managed::Customer(name)) => {
            let held = world.permissions.get(name);
            held.is_some_and(|held| {
                let has = version.is_none() || held.version(version).is_some();
                held.owner == actor && !held.deleted && held.open.is_none() && has
            })
        }
        Some(Managed::Default(_)) => version.is_none(),
        None => false,
    };
    conditions.require(known, rule);
}

impl Operation for ListPermissionAssociations {
    const TOPIC: Topic = Topic::Permissions;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let mut call = Self::default();
        match dice.below(4) {
            0 => call.permission_arn = draw_attachable(world, actor, dice),
            1 => call.resource_type = "ec2:Subnet".into(),
            2 => call.default_version = Some(dice.percent(50)),
            _ => {}
        }
        (call.max_results, call.next_token) = paging::draw(dice);
        let held = world.shares.values().any(|share| !share.permissions.is_empty());
        held.then_some(call)
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        paging::require(self.max_results, &self.next_token, &mut conditions);
        let (asked, version) = (self.permission_arn.as_ref(), self.permission_version);
        require_filter(world, actor, asked, version, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let mut rows = Vec::new();
        for (name, share) in &world.shares {
            for held in &share.permissions {
                let key = || Key::Attached(name.clone(), held.0.clone());
                rows.push(if share.owner != actor {
                    Row::forbidden(key(), &permission::ASSOCIATIONS_OF_OWN_SHARES)
                } else if share.deleted {
                    Row::open(key(), &permission::LISTED_OF_A_DELETED_SHARE, false)
                } else {
                    match self.asks_for(world, held.0, held.1) {
                        Some(true) => row(world, (name, share), held, "permissionVersion"),
                        Some(false) => Row::forbidden(key(), &permission::ASSOCIATIONS_FILTERED),
                        None => Row::open(key(), &permission::ASSOCIATIONS_FILTERED, true),
                    }
                });
            }
        }
        paging::listed(self.max_results, rows)
    }

    fn view_reads(world: &World, account: Account) -> Vec<Self> {
        let mut own = world.shares.values().filter(|it| it.owner == account && !it.deleted);
        let held = own.any(|share| !share.permissions.is_empty());
        if held { vec![Self::default()] } else { Vec::new() }
    }
}
