//! GetResourcePolicies.

use std::collections::BTreeSet;

use smol_str::SmolStr;

use crate::answer::{Conditions, Decision, EmptyList, Expected, FilterOutcome, Key, Reply, Row};
use crate::dice::Dice;
use crate::operations::ram::associate_resource_share::draw_resources;
use crate::operations::{Operation, Topic};
use crate::paging;
use crate::parameters::{Reference, operation};
use crate::permissions::undecided;
use crate::resources;
use crate::rules::{permission, read, resource};
use crate::world::{Association, AssociationStatus, Attachment, Managed, Resource, Share};
use crate::{Account, Name, Principal, World};

operation! {
    /// Shows the policies that RAM keeps for resources that the caller owns and shares.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourcePolicies.html>
    pub struct GetResourcePolicies {
        /// The resources.
        resource_arns: Vec<Reference> = "resourceArns",
        /// Only the policies for this principal.
        principal: Vec<Principal> = "principal",
        /// The most results on a page.
        max_results: Option<i32> = "maxResults",
        /// The token of an earlier page; any that a scenario spells is none.
        next_token: SmolStr = "nextToken",
    }
}

/// The actions that the default permission of subnets allows.
const OF_SUBNETS: [&str; 3] =
    ["ec2:CreateNetworkInterface", "ec2:DescribeSubnets", "ec2:RunInstances"];

/// The certainty that a resource is shared now.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Shared {
    /// No share holds it.
    No,
    /// A share holds it that nobody is in, or of which something is undecided.
    Perhaps,
    /// A share with somebody in it holds it.
    Surely,
}

/// The shares that hold a resource now.
fn holding<'w>(world: &'w World, name: &'w Name) -> impl Iterator<Item = &'w Share> {
    world.shares.values().filter(move |share| {
        let held = share.resources.get(name);
        !share.deleted && held.is_some_and(|it| it.status == AssociationStatus::Associated)
    })
}

fn is_shared(world: &World, name: &Name) -> Shared {
    let by = |share: &Share| {
        let settled = share.principals.values().any(|principal| {
            principal.status == AssociationStatus::Associated && principal.open.is_none()
        });
        if settled && share.open.is_none() { Shared::Surely } else { Shared::Perhaps }
    };
    holding(world, name).map(by).max().unwrap_or(Shared::No)
}

/// Whether a subnet is shared by the default permission of its type and by no other.
fn by_default(world: &World, name: &Name, of_type: &str) -> bool {
    let is_default = |share: &Share, held: &Attachment| {
        matches!(held.permission, Managed::Default(_)) && undecided(world, share, held).is_none()
    };
    holding(world, name).all(|share| {
        share.permissions.get(of_type).is_some_and(|held| held.live && is_default(share, held))
    })
}

impl GetResourcePolicies {
    fn row(&self, world: &World, name: &Name, resource: &Resource) -> Option<Row> {
        let of_type = resources::of(world.assumptions, &resource.kind)?;
        let key = Key::Resource(name.clone());
        let rule = &read::POLICIES_SHOWN_TO_THEIR_OWNER;
        let row = match is_shared(world, name) {
            Shared::Surely => Row::expected(key, rule),
            Shared::Perhaps => Row::open(key, &read::POLICIES_OF_UNSHARED_RESOURCES, true),
            Shared::No => Row::open(key, &read::POLICIES_OF_UNSHARED_RESOURCES, false),
        };
        let is_subnet = of_type.facts.name == resources::subnet::TYPE.facts.name;
        let row = if is_subnet && row.judged && by_default(world, name, of_type.facts.name) {
            let actions = OF_SUBNETS.map(SmolStr::new_static).to_vec();
            let rule = &permission::SUBNET_DEFAULT_ALLOWS_LAUNCHING;
            row.with("Action", Expected::Set(actions), rule)
        } else {
            row
        };
        let filter = &read::POLICIES_FILTERED_BY_PRINCIPAL;
        let filtered = if self.principal.is_empty() {
            FilterOutcome::Passes
        } else {
            FilterOutcome::Open(filter)
        };
        Some(row.filtered(filtered))
    }
}

impl Operation for GetResourcePolicies {
    const TOPIC: Topic = Topic::Sharing;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let shared = world.shares.values().filter(|it| it.owner == actor && !it.deleted);
        let shared = shared.flat_map(|it| it.resources.keys());
        let resource_arns = if dice.percent(15) {
            draw_resources(world, actor, dice, 100)
        } else {
            dice.pick_from(shared).cloned().map(Reference::Named).into_iter().collect()
        };
        let principals = world.shares.values().flat_map(|it| it.principals.keys());
        let principal = dice.pick_from(principals).filter(|_| dice.percent(5));
        let principal = principal.cloned().into_iter().collect();
        let (max_results, next_token) = paging::draw(dice);
        let call = Self { resource_arns, principal, max_results, next_token };
        (!call.resource_arns.is_empty()).then_some(call)
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        paging::require(self.max_results, &self.next_token, &mut conditions);
        let unshared = &read::POLICIES_OF_UNSHARED_RESOURCES;
        conditions.require(!self.resource_arns.is_empty(), unshared);
        conditions.require(self.principal.is_empty(), &read::POLICIES_FILTERED_BY_PRINCIPAL);
        for asked in &self.resource_arns {
            match asked {
                Reference::Literal(text) => {
                    let is_arn = text.starts_with("arn:");
                    conditions.require(is_arn, &resource::NAMED_BY_AN_ARN);
                    conditions.require(!is_arn, &read::POLICIES_OF_WHAT_EXISTS);
                }
                Reference::Named(name) => {
                    let own = world.resources.get(name).is_some_and(|it| it.owner == actor);
                    conditions.require(own, &read::POLICIES_OF_OWN_RESOURCES);
                    let shared = is_shared(world, name) != Shared::No;
                    conditions.require(shared || !own, unshared);
                    if !own {
                        conditions.empty_list(EmptyList::IsTolerated);
                    }
                }
            }
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let mut rows: Vec<Row> = Vec::new();
        for name in self.resource_arns.iter().filter_map(Reference::name) {
            let own = world.resources.get(name).filter(|resource| resource.owner == actor);
            let row = own.and_then(|resource| self.row(world, name, resource));
            rows.extend(row.filter(|row| rows.iter().all(|other| other.key != row.key)));
        }
        let reply = paging::listed(self.max_results, rows);
        if self.max_results.is_some() {
            return reply;
        }
        Reply { because: &read::POLICIES_SHOWN_TO_THEIR_OWNER, ..reply }
    }

    fn view_reads(world: &World, account: Account) -> Vec<Self> {
        let own = world.shares.values().filter(|share| share.owner == account && !share.deleted);
        let live = |it: &Association| it.status == AssociationStatus::Associated;
        let held = own.flat_map(|share| share.resources.iter().filter(move |(_, it)| live(it)));
        let lives = |name: &Name| world.resources.get(name).is_some_and(|it| !it.deleted);
        let names: BTreeSet<&Name> = held.map(|(name, _)| name).filter(|it| lives(it)).collect();
        let resource_arns: Vec<_> = names.into_iter().cloned().map(Reference::Named).collect();
        if resource_arns.is_empty() {
            Vec::new()
        } else {
            vec![Self { resource_arns, ..Self::default() }]
        }
    }
}
