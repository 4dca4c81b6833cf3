//! ListPermissions.

use smol_str::{SmolStr, ToSmolStr as _};

use crate::answer::{Conditions, Decision, Expected, Key, Reply, Row};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::paging;
use crate::parameters::operation;
use crate::permissions::{ATTACHABLE, DELETED, PLAIN_TYPE, default_name};
use crate::resources;
use crate::rules::permission;
use crate::time::Deadline;
use crate::world::{Managed, ManagedPermission};
use crate::{Account, Name, World};

operation! {
    /// Lists the managed permissions that the caller can use: its own, and those of AWS.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_ListPermissions.html>
    pub struct ListPermissions {
        /// Only those for this resource type.
        resource_type: SmolStr = "resourceType",
        /// Only those of AWS, or only those of the caller.
        permission_type: SmolStr = "permissionType",
        /// The most results on a page.
        max_results: Option<i32> = "maxResults",
        /// The token of an earlier page; any that a scenario spells is none.
        next_token: SmolStr = "nextToken",
    }
}

/// The words of a scope: none in particular, AWS, and customers.
const SCOPES: [&[&str]; 3] =
    [&["", "ALL"], &["AWS", "AWS_MANAGED"], &["LOCAL", "CUSTOMER_MANAGED"]];

impl ListPermissions {
    fn scope(&self) -> Option<usize> {
        SCOPES.iter().position(|words| words.contains(&self.permission_type.as_str()))
    }

    fn asks_for(&self, of_type: &str) -> bool {
        self.resource_type.is_empty() || self.resource_type.eq_ignore_ascii_case(of_type)
    }

    fn customer_row(&self, actor: Account, name: &Name, held: &ManagedPermission) -> Row {
        let key = Key::Managed(Managed::Customer(name.clone()));
        if held.owner != actor {
            return Row::forbidden(key, &permission::UNLISTED_TO_OTHERS);
        }
        if self.scope() == Some(1) {
            return Row::forbidden(key, &permission::LISTED_BY_SCOPE);
        }
        if !self.asks_for(&held.resource_type) {
            return Row::forbidden(key, &permission::LISTED_BY_TYPE);
        }
        if let Some(open) = held.open {
            return Row::open(key, open, true);
        }
        if held.leaves() == Deadline::After {
            return Row::forbidden(key, &permission::GONE_HOURS_AFTER_DELETION);
        }
        if held.deleted {
            let rule = &permission::DELETED_ONES_UNATTACHABLE;
            return Row::open(key, rule, false).with("status", DELETED, rule);
        }
        let rule = if self.scope() == Some(2) {
            &permission::LISTED_BY_SCOPE
        } else {
            &permission::LISTED_TO_THEIR_OWNER
        };
        Row::expected(key, rule)
            .with("name", Expected::Text(held.name.clone()), rule)
            .with("resourceType", Expected::Text(held.resource_type.clone()), rule)
            .with("version", Expected::Text(held.default.to_smolstr()), rule)
            .with("defaultVersion", Expected::Flag(true), rule)
            .with("status", ATTACHABLE, rule)
    }

    fn default_row(&self, of_type: &'static str) -> Row {
        let managed = Managed::Default(SmolStr::new_static(of_type));
        let arn = managed.arn();
        let key = Key::Managed(managed);
        if self.scope() == Some(2) {
            return Row::forbidden(key, &permission::LISTED_BY_SCOPE);
        }
        if !self.asks_for(of_type) {
            return Row::forbidden(key, &permission::LISTED_BY_TYPE);
        }
        let row = Row::expected(key, &permission::ONE_DEFAULT_FOR_EACH_TYPE);
        let rule = &permission::OF_AWS_WITHOUT_AN_ACCOUNT;
        match (arn, default_name(of_type)) {
            (Some(arn), Some(name)) => row.with("arn", Expected::Text(arn), rule).with(
                "name",
                Expected::Text(SmolStr::new_static(name)),
                rule,
            ),
            _ => row,
        }
    }
}

impl Operation for ListPermissions {
    const TOPIC: Topic = Topic::Permissions;
    const WRITES: bool = false;
    const WEIGHT: usize = 2;

    fn draw(world: &World, _actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let types = ["", "", "ec2:Subnet", "ec2:transitgateway", PLAIN_TYPE];
        let scopes = ["", "ALL", "AWS", "AWS_MANAGED", "LOCAL", "CUSTOMER_MANAGED", "MINE"];
        let permission_type = dice.pick(&scopes).copied().unwrap_or_default().into();
        let resource_type = dice.pick(&types).copied().unwrap_or_default().into();
        let worth = !world.permissions.is_empty() || dice.percent(20);
        let (max_results, next_token) = paging::draw(dice);
        // AWS has hundreds of permissions of its own: small pages would be as many requests.
        let max_results = max_results.map(|size| if size > 0 { size.max(100) } else { size });
        worth.then_some(Self { resource_type, permission_type, max_results, next_token })
    }

    fn check(&self, _world: &World, _actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        paging::require(self.max_results, &self.next_token, &mut conditions);
        conditions.require(self.scope().is_some(), &permission::SCOPE_KNOWN);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let customers = world.permissions.iter();
        let customers = customers.map(|(name, held)| self.customer_row(actor, name, held));
        let types = resources::TYPES.iter();
        let defaults = types.map(|it| self.default_row(it.facts.name));
        let rows = customers.chain(defaults).collect();
        paging::listed(self.max_results, rows)
    }

    fn view_reads(world: &World, _account: Account) -> Vec<Self> {
        if world.permissions.is_empty() { Vec::new() } else { vec![Self::default()] }
    }
}
