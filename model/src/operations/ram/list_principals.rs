//! ListPrincipals.

use smol_str::SmolStr;

use crate::answer::{Conditions, Decision, FilterOutcome, Key, Reply, Row};
use crate::dice::Dice;
use crate::operations::ram::associate_resource_share::draw_asked_shares;
use crate::operations::{Operation, Topic};
use crate::paging;
use crate::parameters::{Reference, operation};
use crate::resources;
use crate::rules::{read, visibility};
use crate::sharing::{
    OF_OTHERS, is_listed, narrowing_to, require_listed_resource, require_listed_share,
    require_principals,
};
use crate::view::Access;
use crate::world::{Association, AssociationStatus, Share};
use crate::{Account, Name, Principal, World};

operation! {
    /// Lists the principals that the caller shares with, or the accounts that share with it.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_ListPrincipals.html>
    pub struct ListPrincipals {
        /// SELF or OTHER-ACCOUNTS; SELF where it is left out.
        resource_owner: SmolStr = "resourceOwner",
        /// Only those whom this resource is shared with.
        resource_arn: Option<Reference> = "resourceArn",
        /// Only these principals.
        principals: Vec<Principal> = "principals",
        /// Only those whom resources of this type are shared with, in any case of letters.
        resource_type: SmolStr = "resourceType",
        /// Only those in these shares.
        resource_share_arns: Vec<Reference> = "resourceShareArns",
        /// The most results on a page.
        max_results: Option<i32> = "maxResults",
        /// The token of an earlier page; any that a scenario spells is none.
        next_token: SmolStr = "nextToken",
    }
}

impl ListPrincipals {
    /// The list of those who share with the caller.
    #[must_use]
    pub fn of_others() -> Self {
        Self { resource_owner: OF_OTHERS.into(), ..Self::default() }
    }

    /// Returns the outcome of the filters for a principal in a share.
    fn filtered(
        &self,
        world: &World,
        name: &Name,
        share: &Share,
        principal: &Principal,
    ) -> FilterOutcome {
        let mut asked = self.resource_share_arns.iter();
        let in_share =
            self.resource_share_arns.is_empty() || asked.any(|it| it.name() == Some(name));
        let by_share = FilterOutcome::by(in_share, &read::PRINCIPALS_FILTERED);
        let is_named = self.principals.is_empty() || self.principals.contains(principal);
        let by_principal = if is_named {
            FilterOutcome::Passes
        } else if self.resource_owner == OF_OTHERS {
            FilterOutcome::Open(&read::FILTERED_BY_ENTITIES_OF_OTHERS)
        } else {
            FilterOutcome::Out(&read::PRINCIPALS_FILTERED)
        };
        let by_resource = self.resource_arn.as_ref().map_or(FilterOutcome::Passes, |resource| {
            by_resources(world, share, |name| resource.name() == Some(name))
        });
        let by_type = if self.resource_type.is_empty() {
            FilterOutcome::Passes
        } else {
            by_resources(world, share, |resource| {
                let resource = world.resources.get(resource);
                let of_type = resource.and_then(|it| resources::of(world.assumptions, &it.kind));
                of_type
                    .is_some_and(|it| resources::is_same_type(it.facts.name, &self.resource_type))
            })
        };
        by_share.and(by_principal).and(by_resource).and(by_type)
    }

    /// The calls's filters, each now and then.
    fn draw_filters(&mut self, world: &World, dice: &mut Dice<'_>) {
        match dice.below(8) {
            0 => {
                self.resource_share_arns = draw_asked_shares(world.shares.keys(), 4, dice);
            }
            1 => {
                let resources = world.shares.values().flat_map(|it| it.resources.keys());
                let resource = dice.pick_from(resources).cloned().map(Reference::Named);
                let odd = Some(Reference::Literal("net".into()));
                self.resource_arn = if dice.percent(4) { odd } else { resource };
            }
            2 => {
                let held = || world.shares.values().flat_map(|it| it.principals.keys()).cloned();
                let mut asked = narrowing_to(dice.pick_from(held()), dice);
                let other = dice.pick_from(held()).filter(|it| !asked.contains(it));
                asked.extend(other.filter(|_| dice.percent(20)));
                self.principals = asked;
            }
            3 => {
                let of_type = resources::draw_type(dice);
                // What else than a type is refused with is known of ListResources alone.
                if resources::is_shareable(&of_type) {
                    self.resource_type = of_type;
                }
            }
            _ => {}
        }
    }
}

impl Operation for ListPrincipals {
    const TOPIC: Topic = Topic::Sharing;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;

    fn draw(world: &World, _actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let owner = if dice.percent(5) { "ANYBODY" } else { ["SELF", OF_OTHERS][dice.below(2)] };
        let mut call = Self { resource_owner: owner.into(), ..Self::default() };
        call.draw_filters(world, dice);
        (call.max_results, call.next_token) = paging::draw(dice);
        Some(call)
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let stated = matches!(self.resource_owner.as_str(), "" | "SELF" | OF_OTHERS);
        conditions.require(stated, &read::OWNER_STATED);
        paging::require(self.max_results, &self.next_token, &mut conditions);
        let known = resources::is_shareable(&self.resource_type);
        conditions.require(known, &read::FILTERED_BY_UNKNOWN_THINGS);
        let of_others = self.resource_owner == OF_OTHERS;
        let is_listed = |share: &Share| is_listed(world, share, actor, of_others);
        require_principals(&self.principals, &mut conditions);
        for asked in &self.resource_share_arns {
            require_listed_share(world, asked, &mut conditions, is_listed);
        }
        if let Some(asked) = &self.resource_arn {
            require_listed_resource(world, asked, &mut conditions, is_listed);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let of_others = self.resource_owner == OF_OTHERS;
        let mut rows = Vec::new();
        for (name, share) in &world.shares {
            if !of_others && share.owner == actor {
                self.own_rows(world, name, share, &mut rows);
            }
            if of_others && share.owner != actor {
                self.foreign_rows(world, actor, name, share, &mut rows);
            }
        }
        paging::listed(self.max_results, rows)
    }

    fn view_reads(world: &World, _account: Account) -> Vec<Self> {
        if world.shares.is_empty() { Vec::new() } else { vec![Self::default(), Self::of_others()] }
    }

    fn variant(&self) -> Option<&'static str> {
        (self.resource_owner == OF_OTHERS).then_some(OF_OTHERS)
    }
}

/// Whether the share holds a resource; one that does not may or may not count as sharing.
fn holds_something(world: &World, share: &Share) -> bool {
    share.resources.iter().any(|(name, association)| {
        association.status == AssociationStatus::Associated
            && world.resources.get(name).is_some_and(|resource| !resource.deleted)
    })
}

impl ListPrincipals {
    fn own_rows(&self, world: &World, name: &Name, share: &Share, rows: &mut Vec<Row>) {
        let known = holds_something(world, share) && !share.deleted && share.open.is_none();
        for (principal, association) in &share.principals {
            let key = Key::Principal(name.clone(), principal.clone());
            let associated = association.status == AssociationStatus::Associated;
            let row = if known && associated && association.open.is_none() {
                Row::expected(key, &read::PRINCIPALS_LISTED_TO_THE_OWNER)
            } else {
                let present = associated && !share.deleted;
                Row::open(key, share.open.unwrap_or(&read::UNSETTLED_ROWS_LISTED), present)
            };
            rows.push(row.filtered(self.filtered(world, name, share, principal)));
        }
    }

    fn foreign_rows(
        &self,
        world: &World,
        actor: Account,
        name: &Name,
        share: &Share,
        rows: &mut Vec<Row>,
    ) {
        let owner = Key::Principal(name.clone(), Principal::Account(share.owner));
        let row = match world.access(share, actor) {
            Access::Granted if holds_something(world, share) => {
                Row::expected(owner, &read::OWNERS_LISTED_TO_CONSUMERS)
            }
            Access::Granted => Row::open(owner, &read::UNSETTLED_ROWS_LISTED, true),
            Access::Open => Row::open(owner, &visibility::THROUGH_AN_UNKNOWN_GRANT, true),
            Access::Pending | Access::Ended | Access::None => {
                Row::forbidden(owner, &read::OWNERS_LISTED_TO_CONSUMERS)
            }
        };
        let filtered = self.filtered(world, name, share, &Principal::Account(share.owner));
        rows.push(row.filtered(filtered));
        for principal in share.principals.keys() {
            let itself = world.covers(principal, actor);
            if !itself && *principal != Principal::Account(share.owner) {
                let key = Key::Principal(name.clone(), principal.clone());
                rows.push(Row::forbidden(key, &read::OWNERS_LISTED_TO_CONSUMERS));
            }
        }
    }
}

/// Whether a share holds such a resource.
fn by_resources(world: &World, share: &Share, is_asked: impl Fn(&Name) -> bool) -> FilterOutcome {
    let mut held = share.resources.iter().filter(|(resource, _)| is_asked(resource));
    let settled = |(resource, it): (&Name, &Association)| {
        it.status == AssociationStatus::Associated
            && world.resources.get(resource).is_some_and(|resource| !resource.deleted)
    };
    if held.clone().any(settled) {
        FilterOutcome::Passes
    } else if held.next().is_some() {
        FilterOutcome::Open(&read::UNSETTLED_ROWS_LISTED)
    } else {
        FilterOutcome::Out(&read::PRINCIPALS_FILTERED)
    }
}
