//! ListResources.

use smol_str::SmolStr;

use crate::answer::{Conditions, Decision, Expected, FilterOutcome, Key, Reply, Row};
use crate::dice::Dice;
use crate::limits::Standing;
use crate::operations::ram::associate_resource_share::draw_asked_shares;
use crate::operations::{Operation, Topic};
use crate::paging;
use crate::parameters::{Reference, operation};
use crate::resources;
use crate::rules::{limit, read, visibility};
use crate::sharing::{
    OF_OTHERS, is_listed, narrowing_to, require_listed_resource, require_listed_share,
    require_principals,
};
use crate::view::Access;
use crate::world::{Association, AssociationStatus, Share};
use crate::{Account, Name, Principal, World};

operation! {
    /// Lists the resources that the caller shares, or that others share with it.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_ListResources.html>
    pub struct ListResources {
        /// SELF or OTHER-ACCOUNTS; SELF where it is left out.
        resource_owner: SmolStr = "resourceOwner",
        /// Only what is shared with this principal.
        principal: Vec<Principal> = "principal",
        /// Only resources of this type, in any case of letters.
        resource_type: SmolStr = "resourceType",
        /// Only these resources.
        resource_arns: Vec<Reference> = "resourceArns",
        /// Only what is in these shares.
        resource_share_arns: Vec<Reference> = "resourceShareArns",
        /// ALL, REGIONAL or GLOBAL; ALL where it is left out.
        resource_region_scope: SmolStr = "resourceRegionScope",
        /// The most results on a page.
        max_results: Option<i32> = "maxResults",
        /// The token of an earlier page; any that a scenario spells is none.
        next_token: SmolStr = "nextToken",
    }
}

impl ListResources {
    /// The list of what others share.
    #[must_use]
    pub fn of_others() -> Self {
        Self { resource_owner: OF_OTHERS.into(), ..Self::default() }
    }

    /// Returns the outcome of the filters for a resource in a share.
    fn filtered(
        &self,
        name: &Name,
        share: &Share,
        resource: &Name,
        of_type: &str,
    ) -> FilterOutcome {
        let is = |asked: &[Reference], name: &Name| {
            asked.is_empty() || asked.iter().any(|it| it.name() == Some(name))
        };
        // All the modelled types are regional.
        let asked = is(&self.resource_share_arns, name)
            && is(&self.resource_arns, resource)
            && self.resource_region_scope != "GLOBAL"
            && (self.resource_type.is_empty()
                || resources::is_same_type(&self.resource_type, of_type));
        let by_principal = self.principal.first().map_or(FilterOutcome::Passes, |principal| {
            match share.principals.get(principal) {
                _ if self.resource_owner == OF_OTHERS => {
                    FilterOutcome::Open(&read::FILTERED_BY_ENTITIES_OF_OTHERS)
                }
                Some(held) if held.status == AssociationStatus::Associated => FilterOutcome::Passes,
                Some(_) => FilterOutcome::Open(&read::UNSETTLED_ROWS_LISTED),
                None => FilterOutcome::Out(&read::RESOURCES_FILTERED),
            }
        });
        FilterOutcome::by(asked, &read::RESOURCES_FILTERED).and(by_principal)
    }

    /// The calls's filters, each now and then.
    fn draw_filters(&mut self, world: &World, dice: &mut Dice<'_>) {
        self.resource_type = resources::draw_type(dice);
        self.resource_region_scope = resources::draw_scope(dice);
        match dice.below(8) {
            0 | 4 => {
                self.resource_share_arns = draw_asked_shares(world.shares.keys(), 4, dice);
            }
            1 => {
                let resources = world.shares.values().flat_map(|it| it.resources.keys());
                self.resource_arns = dice.mostly_one_of(resources.cloned().map(Reference::Named));
            }
            2 => {
                let principals = world.shares.values().flat_map(|it| it.principals.keys());
                let principal = dice.pick_from(principals).cloned();
                self.principal = narrowing_to(principal, dice);
            }
            3 if dice.percent(15) => self.resource_arns = vec![Reference::Literal("net".into())],
            _ => {}
        }
    }
}

impl Operation for ListResources {
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
        let scope = resources::is_scope(&self.resource_region_scope);
        conditions.require(scope, &read::SCOPE_STATED);
        let is_type = self.resource_type.is_empty() || self.resource_type.contains(':');
        conditions.require(is_type, &read::TYPE_STATED);
        let known = resources::is_shareable(&self.resource_type) || !is_type;
        conditions.require(known, &read::FILTERED_BY_UNKNOWN_THINGS);
        let of_others = self.resource_owner == OF_OTHERS;
        let is_listed = |share: &Share| is_listed(world, share, actor, of_others);
        require_principals(&self.principal, &mut conditions);
        for asked in &self.resource_share_arns {
            require_listed_share(world, asked, &mut conditions, is_listed);
        }
        for asked in &self.resource_arns {
            require_listed_resource(world, asked, &mut conditions, is_listed);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let of_others = self.resource_owner == OF_OTHERS;
        let mut rows = Vec::new();
        for (name, share) in &world.shares {
            let access = (share.owner != actor).then(|| world.access(share, actor));
            for (resource, association) in &share.resources {
                let key = Key::ResourceAssociation(name.clone(), resource.clone());
                let row = match (access, of_others) {
                    (None, false) => own_row(world, key, share, resource, association),
                    (None, true) => Row::forbidden(key, &read::RESOURCES_LISTED_TO_CONSUMERS),
                    (Some(_), false) => Row::forbidden(key, &read::RESOURCES_LISTED_TO_THEIR_OWNER),
                    (Some(access), true) => {
                        foreign_row(world, actor, key, resource, association, access)
                    }
                };
                let of_type = world.resources.get(resource);
                let of_type =
                    of_type.and_then(|resource| resources::of(world.assumptions, &resource.kind));
                let rule = row.rule;
                let row = match of_type {
                    Some(of_type) if row.present => row.with(
                        "type",
                        Expected::Text(SmolStr::new_static(of_type.facts.name)),
                        rule,
                    ),
                    Some(_) | None => row,
                };
                let of_type = of_type.map_or("", |of_type| of_type.facts.name);
                rows.push(row.filtered(self.filtered(name, share, resource, of_type)));
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

fn own_row(
    world: &World,
    key: Key,
    share: &Share,
    resource: &Name,
    association: &Association,
) -> Row {
    let gone = world.resources.get(resource).is_none_or(|resource| resource.deleted);
    let settled = association.status == AssociationStatus::Associated && !share.deleted && !gone;
    if settled && share.open.is_none() {
        Row::expected(key, &read::RESOURCES_LISTED_TO_THEIR_OWNER)
    } else {
        Row::open(key, share.open.unwrap_or(&read::UNSETTLED_ROWS_LISTED), settled)
    }
}

fn foreign_row(
    world: &World,
    actor: Account,
    key: Key,
    resource: &Name,
    association: &Association,
    access: Access,
) -> Row {
    let gone = world.resources.get(resource).is_none_or(|resource| resource.deleted);
    match access {
        Access::Open => Row::open(key, &visibility::THROUGH_AN_UNKNOWN_GRANT, true),
        Access::Granted if gone => Row::open(key, &read::UNSETTLED_ROWS_LISTED, false),
        Access::Granted if association.status == AssociationStatus::Associated => {
            let row = Row::expected(key, &read::RESOURCES_LISTED_TO_CONSUMERS);
            match world.standing(actor, resource) {
                Standing::Within => {
                    let status = Expected::OneOf(&["AVAILABLE", "PENDING"]);
                    row.with("status", status, &read::SHOWN_AVAILABLE)
                }
                Standing::Beyond => {
                    let status = Expected::OneOf(&["LIMIT_EXCEEDED"]);
                    row.with("status", status, &limit::SUBNETS_SHARED_WITH_AN_ACCOUNT)
                }
                Standing::Unknown => row,
            }
        }
        Access::Granted | Access::Ended | Access::Pending | Access::None => {
            Row::forbidden(key, &read::RESOURCES_UNLISTED_WITHOUT_ACCESS)
        }
    }
}
