//! DisassociateResourceShare, by the owner and by a consumer that leaves.

use crate::answer::{Conditions, Decision, Key, Reply, Row};
use crate::dice::Dice;
use crate::operations::ram::associate_resource_share::draw_share;
use crate::operations::{Grant, Operation, Topic};
use crate::parameters::{ClientToken, Reference, operation};
use crate::principal::Source;
use crate::resources;
use crate::rules::{association, principal, resource, share, source};
use crate::sharing::{
    DISASSOCIATING, holds_services, live_sources, named_share, parsed, without_details,
};
use crate::view::Access;
use crate::world::{AssociationStatus, Share, World};
use crate::{Account, Name, Principal};

operation! {
    /// Takes resources and principals out of a share. A consumer leaves by naming itself.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_DisassociateResourceShare.html>
    pub struct DisassociateResourceShare {
        [
            /// The share.
            share: Reference
        ]
        /// The resources that go.
        resource_arns: Vec<Reference> = "resourceArns",
        /// The principals that go.
        principals: Vec<Principal> = "principals",
        /// The sources that go.
        sources: Vec<Source> = "sources",
        /// The idempotency token: a repetition of the call bears the same.
        client_token: ClientToken = "clientToken",
    }
}

impl DisassociateResourceShare {
    /// Whether an account names itself and nothing else.
    fn is_leave(&self, actor: Account) -> bool {
        self.resource_arns.is_empty()
            && self.sources.is_empty()
            && self.principals == [Principal::Account(actor)]
    }

    fn require_ownership(&self, share: &Share, conditions: &mut Conditions) {
        let named = !self.resource_arns.is_empty()
            || !self.principals.is_empty()
            || !self.sources.is_empty();
        conditions.require(named, &association::OF_SOMETHING);
        conditions.require(!share.deleted, &share::FINAL_ONCE_DELETED);
        let repeated =
            |place: usize| self.resource_arns[..place].contains(&self.resource_arns[place]);
        let again = (0..self.resource_arns.len()).any(repeated);
        conditions.require(!again, &resource::NAMED_ONCE);
        let repeated = |place: usize| self.principals[..place].contains(&self.principals[place]);
        let again = (0..self.principals.len()).any(repeated);
        conditions.require(!again, &principal::NAMED_ONCE);
        for name in &self.resource_arns {
            let held = name.name().and_then(|name| share.resources.get(name));
            let here = held.is_some_and(|it| it.status != AssociationStatus::Disassociated);
            conditions.require(here, &association::ENDED_ONLY_WHERE_IT_IS);
        }
        for principal in &self.principals {
            let status = share.principals.get(&parsed(principal)).map(|it| it.status);
            let here = status.is_some_and(|it| it != AssociationStatus::Disassociated);
            conditions.require(here, &association::ENDED_ONLY_WHERE_IT_IS);
            let waits = status == Some(AssociationStatus::Associating);
            conditions.require(!waits, &association::ENDED_WHILE_WAITING);
        }
        let all_live = self.sources.iter().all(|it| live_sources(share).any(|live| live == it));
        conditions.require(all_live, &association::ENDED_ONLY_WHERE_IT_IS);
        let one_stays = live_sources(share).any(|live| !self.sources.contains(live));
        let goes = |it: &Principal| self.principals.iter().any(|gone| parsed(gone) == *it);
        let none_needed = self.sources.is_empty() || !holds_services(share, goes);
        conditions.require(one_stays || none_needed, &source::ONE_REMAINS);
    }

    fn require_leave(world: &World, share: &Share, actor: Account, conditions: &mut Conditions) {
        match world.access(share, actor) {
            Access::Granted => {
                let own = share.principals.get(&Principal::Account(actor));
                let invited = own.is_some_and(|it| it.external);
                conditions.require(invited, &association::LEFT_BY_INVITED_ACCOUNTS_ALONE);
                let held = share.resources.iter();
                let live = held.filter(|(_, it)| it.status != AssociationStatus::Disassociated);
                let mut types = live.filter_map(|(name, _)| {
                    resources::of(world.assumptions, &world.resources.get(name)?.kind)
                });
                let all = types.all(|of_type| of_type.facts.can_be_left);
                conditions.require(all, &association::LEFT_BY_INVITED_ACCOUNTS_ALONE);
            }
            Access::Pending | Access::Open => {
                conditions.require(false, &association::LEFT_BEFORE_ACCEPTANCE);
            }
            Access::Ended if !share.deleted => {
                conditions.require(false, &share::KNOWN_TO_THE_CALLER);
            }
            Access::Ended | Access::None => {
                conditions.require(false, &share::WRITTEN_BY_ITS_OWNER_ALONE);
            }
        }
    }
}

impl Operation for DisassociateResourceShare {
    const TOPIC: Topic = Topic::Sharing;
    const WEIGHT: usize = 7;
    const REMOVES: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        if dice.percent(25) {
            let itself = Principal::Account(actor);
            let joined = world.shares.iter().filter(|(_, share)| {
                !share.deleted && share.owner != actor && world.access(share, actor) != Access::None
            });
            let share = dice.pick_from(joined.map(|(name, _)| name.clone()))?;
            let share = Reference::Named(share);
            return Some(Self { share, principals: vec![itself], ..Self::default() });
        }
        let reference = draw_share(world, actor, dice)?;
        let Some(name) = reference.name() else {
            let itself = Principal::Account(actor);
            return Some(Self { share: reference, principals: vec![itself], ..Self::default() });
        };
        let share = world.shares.get(name)?;
        if dice.percent(1) {
            return Some(Self { share: reference, ..Self::default() });
        }
        let sources: Vec<Source> = live_sources(share).cloned().collect();
        if !sources.is_empty() && dice.percent(60) {
            let sources = dice.some_of(sources.into_iter(), 2);
            return Some(Self { share: reference, sources, ..Self::default() });
        }
        let stale = dice.percent(4);
        let live = |status| stale || status == AssociationStatus::Associated;
        let resources = share.resources.iter().filter(|(_, it)| live(it.status));
        let waiting = dice.percent(10);
        let principals = share.principals.iter().filter(|(_, it)| {
            live(it.status) || (waiting && it.status == AssociationStatus::Associating)
        });
        let resource_arns = resources.map(|(name, _)| Reference::Named(name.clone()));
        let principals = principals.map(|(principal, _)| principal.clone());
        let call = if dice.percent(50) {
            let resource_arns = dice.some_of(resource_arns, 2);
            Self { share: reference, resource_arns, ..Self::default() }
        } else {
            let principals = dice.some_of(principals, 2);
            Self { share: reference, principals, ..Self::default() }
        };
        (!call.resource_arns.is_empty() || !call.principals.is_empty()).then_some(call)
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        if let Some((_, share)) = named_share(world, &self.share, &mut conditions) {
            if share.owner == actor {
                self.require_ownership(share, &mut conditions);
            } else if self.is_leave(actor) {
                Self::require_leave(world, share, actor, &mut conditions);
            } else {
                conditions.require(false, &share::WRITTEN_BY_ITS_OWNER_ALONE);
            }
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let mut reply = Reply::granted(&association::ENDED_BY_THE_OWNER);
        let Some(name) = self.share.name() else { return reply };
        let Some(share) = world.shares.get_mut(name) else { return reply };
        if !self.sources.is_empty() {
            reply.because = &source::ENDED_BY_THE_OWNER;
        }
        if share.owner != actor {
            reply.because = &association::LEFT_BY_ITS_CONSUMER;
        }
        let rule = &association::ANSWERED_IN_TRANSITION;
        for resource in self.resource_arns.iter().filter_map(Reference::name) {
            if let Some(association) = share.resources.get_mut(resource) {
                association.status = AssociationStatus::Disassociated;
                let key = Key::ResourceAssociation(name.clone(), resource.clone());
                reply.rows.push(without_details(Row::expected(key, rule).with(
                    "status",
                    DISASSOCIATING,
                    rule,
                )));
            }
        }
        for principal in &self.principals {
            let principal = parsed(principal);
            if let Some(association) = share.principals.get_mut(&principal) {
                association.status = AssociationStatus::Disassociated;
                let key = Key::Principal(name.clone(), principal);
                reply.rows.push(without_details(Row::expected(key, rule).with(
                    "status",
                    DISASSOCIATING,
                    rule,
                )));
            }
        }
        for from in &self.sources {
            if let Some(association) = share.sources.get_mut(from) {
                association.status = AssociationStatus::Disassociated;
                let key = Key::Source(name.clone(), from.clone());
                reply.rows.push(Row::open(key, &source::ANSWERED_BY_A_ROW, true));
            }
        }
        reply
    }

    fn grant_mut(&mut self) -> Option<Grant<'_>> {
        Some(Grant { resources: &mut self.resource_arns, principals: &mut self.principals })
    }
}
