//! ListReplacePermissionAssociationsWork.

use smol_str::SmolStr;

use crate::answer::{Conditions, Decision, Expected, Key, Reply, Row};
use crate::dice::Dice;
use crate::operations::ram::replace_permission_associations::WORKING;
use crate::operations::{Operation, Topic};
use crate::paging;
use crate::parameters::{Reference, operation};
use crate::rules::permission;
use crate::world::Replacement;
use crate::{Account, Name, World};

operation! {
    /// Lists the replacements of managed permissions that the caller has asked for.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_ListReplacePermissionAssociationsWork.html>
    pub struct ListReplacePermissionAssociationsWork {
        /// Only these.
        work_ids: Vec<Reference> = "workIds",
        /// Only those in this status.
        status: SmolStr = "status",
        /// The most results on a page.
        max_results: Option<i32> = "maxResults",
        /// The token of an earlier page; any that a scenario spells is none.
        next_token: SmolStr = "nextToken",
    }
}

impl ListReplacePermissionAssociationsWork {
    fn row(&self, actor: Account, name: &Name, held: &Replacement) -> Row {
        let key = Key::Replacement(name.clone());
        if held.owner != actor {
            return Row::forbidden(key, &permission::REPLACEMENTS_OF_OTHERS_UNLISTED);
        }
        let mut asked = self.work_ids.iter();
        if !self.work_ids.is_empty() && !asked.any(|it| it.name() == Some(name)) {
            return Row::forbidden(key, &permission::REPLACEMENTS_FILTERED);
        }
        let rule = &permission::REPLACEMENTS_LISTED;
        if let Some(open) = held.open {
            return Row::open(key, open, true);
        }
        let row = match self.status.as_str() {
            // How far the work has got is the target's affair.
            "" => Row::expected(key, rule).with("status", WORKING, rule),
            status => Row::open(key, rule, status == "COMPLETED"),
        };
        match held.to.arn() {
            Some(arn) => row.with("toPermissionArn", Expected::Text(arn), rule),
            None => row,
        }
    }
}

impl Operation for ListReplacePermissionAssociationsWork {
    const TOPIC: Topic = Topic::Permissions;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let own = world.replacements.iter().filter(|(_, held)| held.owner == actor);
        let work = dice.pick_from(own.map(|(name, _)| Reference::Named(name.clone())))?;
        let work_ids = if dice.percent(40) { vec![work] } else { Vec::new() };
        let statuses =
            [("", 76), ("COMPLETED", 15), ("IN_PROGRESS", 4), ("FAILED", 2), ("OVER", 3)];
        let status = dice.pick_weighted(statuses.into_iter())?.into();
        let (max_results, next_token) = paging::draw(dice);
        Some(Self { work_ids, status, max_results, next_token })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        paging::require(self.max_results, &self.next_token, &mut conditions);
        let own = |asked: &Reference| {
            let held = asked.name().and_then(|name| world.replacements.get(name));
            held.is_some_and(|held| held.owner == actor)
        };
        let all = self.work_ids.iter().all(own);
        conditions.require(all, &permission::REPLACEMENTS_NAMED_BY_THEIR_IDS);
        let known = ["", "IN_PROGRESS", "COMPLETED", "FAILED"].contains(&self.status.as_str());
        conditions.require(known, &permission::REPLACEMENTS_NAMED_BY_THEIR_IDS);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let all = world.replacements.iter();
        let rows = all.map(|(name, held)| self.row(actor, name, held)).collect();
        paging::listed(self.max_results, rows)
    }

    fn view_reads(world: &World, account: Account) -> Vec<Self> {
        let own = world.replacements.values().any(|it| it.owner == account);
        if own { vec![Self::default()] } else { Vec::new() }
    }
}
