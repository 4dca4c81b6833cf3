//! AssociateResourceShare.

use smol_str::SmolStr;

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::limits::Joined;
use crate::operations::ram::CreateResourceShare;
use crate::operations::{Grant, Operation, Topic};
use crate::parameters::{ClientToken, Reference, operation};
use crate::principal::Source;
use crate::resources;
use crate::rules::association;
use crate::sharing::{NO_SHARE, holds_services, join, joined_by, own_share, parsed};
use crate::world::{Association, AssociationStatus};
use crate::{Account, Name, Principal, World};

operation! {
    /// Adds resources and principals to a share.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_AssociateResourceShare.html>
    pub struct AssociateResourceShare {
        [
            /// The share.
            share: Reference
        ]
        /// The resources that join.
        resource_arns: Vec<Reference> = "resourceArns",
        /// The principals that join.
        principals: Vec<Principal> = "principals",
        /// The sources that the service principals of the share may act from.
        sources: Vec<Source> = "sources",
        /// The idempotency token: a repetition of the call bears the same.
        client_token: ClientToken = "clientToken",
    }
}

impl AssociateResourceShare {
    fn names_something(&self) -> bool {
        !self.resource_arns.is_empty() || !self.principals.is_empty() || !self.sources.is_empty()
    }

    /// Whether all that the call names is in the share already.
    fn repeats(&self, world: &World) -> bool {
        let share = self.share.name().and_then(|name| world.shares.get(name));
        share.is_some_and(|share| {
            let is_in = |held: Option<&Association>| {
                held.is_some_and(|it| it.status == AssociationStatus::Associated)
            };
            let mut resources = self.resource_arns.iter();
            let mut principals = self.principals.iter();
            self.sources.is_empty()
                && resources.all(|it| is_in(it.name().and_then(|name| share.resources.get(name))))
                && principals.all(|it| is_in(share.principals.get(&parsed(it))))
        })
    }
}

impl Operation for AssociateResourceShare {
    const TOPIC: Topic = Topic::Sharing;
    const WEIGHT: usize = 12;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let share = draw_share(world, actor, dice)?;
        if dice.percent(1) {
            return Some(Self { share, ..Self::default() });
        }
        let both = dice.percent(20);
        let resources = both || dice.percent(50);
        let mut call = Self {
            share,
            resource_arns: if resources {
                draw_resources(world, actor, dice, 100)
            } else {
                Vec::new()
            },
            principals: if both || !resources {
                draw_principals(world, actor, dice, 100)
            } else {
                Vec::new()
            },
            ..Self::default()
        };
        let held = call.share.name().and_then(|name| world.shares.get(name));
        if held.is_some_and(|held| holds_services(held, |_| false)) && dice.percent(60) {
            call = Self { sources: draw_source(dice), share: call.share, ..Self::default() };
        } else {
            call.sources = draw_sources(&call.principals, dice);
        }
        call.names_something().then_some(call)
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        conditions.require(self.names_something(), &association::OF_SOMETHING);
        if let Some((_, share)) = own_share(world, actor, &self.share, &mut conditions)
            && share.owner == actor
        {
            let joined = Joined {
                owner: share.owner,
                outsiders: share.outsiders,
                retains: share.retains,
                share: Some(share),
                principals: &self.principals,
                resources: &self.resource_arns,
                sources: &self.sources,
            };
            joined.require(world, &mut conditions);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let because = if self.repeats(world) {
            &association::REPEATED_HARMLESSLY
        } else {
            joined_by(world, &self.principals, &self.resource_arns, &self.sources)
                .unwrap_or(&association::MADE_BY_THE_OWNER)
        };
        let mut reply = Reply::granted(because);
        if let Some(name) = self.share.name() {
            reply.rows = join(world, name, &self.principals, &self.resource_arns, &self.sources);
        }
        reply
    }

    fn grant_mut(&mut self) -> Option<Grant<'_>> {
        Some(Grant { resources: &mut self.resource_arns, principals: &mut self.principals })
    }

    fn merged_into(&self, create: &CreateResourceShare) -> Option<CreateResourceShare> {
        let mut create = create.clone();
        create.resource_arns.extend(self.resource_arns.iter().cloned());
        create.principals.extend(self.principals.iter().cloned());
        create.sources.extend(self.sources.iter().cloned());
        Some(create)
    }
}

/// A share that nobody made, or what is no ARN of one.
pub(crate) fn draw_odd_share(dice: &mut Dice<'_>) -> Option<Reference> {
    let texts = [NO_SHARE, "arn:aws:ram:us-east-1:111122223333", "share"];
    dice.pick(&texts).map(|text| Reference::Literal((*text).into()))
}

/// The shares that a read is narrowed to: mostly one of these. With this probability in percent there is one
/// among them that is unknown.
pub(crate) fn draw_asked_shares<'w>(
    shares: impl Iterator<Item = &'w Name>,
    odd: usize,
    dice: &mut Dice<'_>,
) -> Vec<Reference> {
    let mut asked = dice.mostly_one_of(shares.cloned().map(Reference::Named));
    if dice.percent(odd) {
        asked.extend(draw_odd_share(dice));
    }
    asked
}

/// A share to write to: mostly one that the caller owns and that is not deleted.
pub(crate) fn draw_share(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Reference> {
    if dice.percent(2) {
        return draw_odd_share(dice);
    }
    let foreign = dice.percent(8);
    let deleted = dice.percent(4);
    let shares = world.shares.iter();
    let fits = shares.filter(|(_, it)| (it.owner == actor) != foreign && (deleted || !it.deleted));
    dice.pick_from(fits.map(|(name, _)| Reference::Named(name.clone())))
}

/// Resources to share, with this probability in percent: mostly the caller's own.
pub(crate) fn draw_resources(
    world: &World,
    actor: Account,
    dice: &mut Dice<'_>,
    probability: usize,
) -> Vec<Reference> {
    if !dice.percent(probability) {
        return Vec::new();
    }
    if dice.percent(2) {
        let texts = [
            "net",
            "arn:aws:ec2",
            "arn:aws:iam::111122223333:role/admin",
            "arn:aws:ec2:us-east-1:111122223333:image/ami-0123456789abcdef0",
            "arn:aws:ec2:us-east-1:111122223333:subnet/subnet-0123456789abcdef0",
            "arn:aws:ec2:us-east-1:aws:prefix-list/pl-63a5400a",
        ];
        return dice
            .pick(&texts)
            .map(|text| Reference::Literal((*text).into()))
            .into_iter()
            .collect();
    }
    let odd = dice.percent(5);
    let resources = world.resources.iter().filter(|(_, resource)| {
        let fits =
            resource.owner == actor && resources::of(world.assumptions, &resource.kind).is_some();
        !resource.deleted && (odd || fits)
    });
    let named = resources.map(|(name, _)| Reference::Named(name.clone()));
    let most = if dice.percent(8) { 4 } else { 2 };
    let named = named.filter(|it| it.name().is_some_and(|name| !name.as_str().contains('.')));
    let mut drawn = dice.some_of(named, most);
    if dice.percent(2) {
        drawn.extend(drawn.first().cloned());
    }
    drawn
}

/// Sources for these principals: mostly none where there is no service among them.
pub(crate) fn draw_sources(principals: &[Principal], dice: &mut Dice<'_>) -> Vec<Source> {
    let service = principals.iter().any(|it| matches!(it, Principal::Service(_)));
    if dice.percent(if service { 85 } else { 1 }) { draw_source(dice) } else { Vec::new() }
}

/// A source, now and then an odd one or the same one twice.
fn draw_source(dice: &mut Dice<'_>) -> Vec<Source> {
    if dice.percent(5) {
        return vec![Source::Text("somewhere".into())];
    }
    let all = [
        Source::Account(Account::OWNER),
        Source::Account(Account::STRANGER),
        Source::Text("o-exampleorgid".into()),
    ];
    let mut drawn = dice.some_of(all.into_iter(), 2);
    if dice.percent(4) {
        drawn.extend(drawn.first().cloned());
    }
    drawn
}

/// A principal that is malformed, or of which it is not known what becomes.
fn draw_odd_principal(world: &World, actor: Account, dice: &mut Dice<'_>) -> Principal {
    if let Some((_, organization)) = world.organization_of(actor)
        && dice.percent(20)
    {
        let unit = dice.pick_from(organization.units.keys()).filter(|_| dice.percent(70));
        let named = unit.map_or_else(
            || "organization/${organization:id}".to_owned(),
            |unit| format!("ou/${{organization:id}}/${{ou:{unit}/id}}"),
        );
        let arn = format!("arn:aws:organizations::${{account:{actor}}}:{named}");
        return Principal::Literal(arn.into());
    }
    let texts = [
        "arn:aws:iam::111122223333:root",
        "arn:aws:organizations::111122223333:organization/o-exampleorgid",
        "o-exampleorgid",
        "ou-exampleroot-exampleou",
        "12345678901",
        "nobody",
    ];
    match dice.below(9) {
        6 => Principal::Account(actor),
        7 => Principal::User(Account::STRANGER, "ada".into()),
        8 => Principal::Service("nobody".into()),
        place => Principal::Literal(texts[place].into()),
    }
}

/// Principals to share with, with this probability in percent: mostly accounts of the world.
pub(crate) fn draw_principals(
    world: &World,
    actor: Account,
    dice: &mut Dice<'_>,
    probability: usize,
) -> Vec<Principal> {
    if !dice.percent(probability) {
        return Vec::new();
    }
    let in_organization = world.organization_of(actor);
    if dice.percent(2) {
        return vec![Principal::Service("pca-connector-ad".into())];
    }
    if dice.percent(6) {
        return vec![draw_odd_principal(world, actor, dice)];
    }
    if let Some((id, organization)) = in_organization {
        if dice.percent(15) {
            return vec![Principal::Organization(id.clone())];
        }
        if dice.percent(25) {
            let units = organization.units.keys().cloned();
            return dice.pick_from(units.map(Principal::OrganizationalUnit)).into_iter().collect();
        }
    }
    let others: &[(Account, usize)] = match in_organization {
        Some(_) => &[(Account::MEMBER, 5), (Account::SIBLING, 2), (Account::OUTSIDER, 2)],
        None if world.organizations.is_empty() => {
            &[(Account::CONSUMER, 6), (Account::STRANGER, 2), (Account::OWNER, 1)]
        }
        None => &[(Account::OUTSIDER, 2), (Account::STRANGER, 2), (Account::OWNER, 2)],
    };
    let others = || others.iter().copied().filter(|(account, _)| *account != actor);
    let mut drawn: Vec<Principal> =
        dice.pick_weighted(others()).map(Principal::Account).into_iter().collect();
    if dice.percent(20)
        && let Some(second) = dice.pick_weighted(others()).map(Principal::Account)
        && !drawn.contains(&second)
    {
        drawn.push(second);
    }
    if in_organization.is_some() && dice.percent(3) {
        let role = Principal::Role(Account::MEMBER, SmolStr::new_static("admin").as_str().into());
        drawn = vec![role];
    }
    if dice.percent(2) {
        drawn.extend(drawn.first().cloned());
    }
    drawn
}
