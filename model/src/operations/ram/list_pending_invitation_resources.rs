//! ListPendingInvitationResources.

use smol_str::SmolStr;

use crate::answer::{Conditions, Decision, Expected, FilterOutcome, Key, Reply, Row};
use crate::dice::Dice;
use crate::operations::ram::accept_resource_share_invitation::{
    draw_invitation, find, require_answerable, require_in_time,
};
use crate::operations::{Operation, Topic};
use crate::paging;
use crate::parameters::{InvitationRef, operation};
use crate::resources;
use crate::rules::{invitation, read};
use crate::world::{Association, AssociationStatus, Invitation, InvitationStatus};
use crate::{Account, Name, World};

operation! {
    /// Lists the resources of a share that the caller is invited to, before it answers.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_ListPendingInvitationResources.html>
    pub struct ListPendingInvitationResources {
        [
            /// The invitation.
            invitation: InvitationRef
        ]
        /// ALL, REGIONAL or GLOBAL; ALL where it is left out.
        resource_region_scope: SmolStr = "resourceRegionScope",
        /// The most results on a page.
        max_results: Option<i32> = "maxResults",
        /// The token of an earlier page; any that a scenario spells is none.
        next_token: SmolStr = "nextToken",
    }
}

impl ListPendingInvitationResources {
    /// The list of what an account's newest invitation to a share offers.
    #[must_use]
    pub fn of(share: Name, receiver: Account) -> Self {
        let invitation = InvitationRef::To { share, receiver, number: None };
        Self { invitation, ..Self::default() }
    }
}

/// The row of a resource in a share that waits to be accepted.
fn row(world: &World, share: &Name, resource: &Name, association: &Association) -> Row {
    let key = Key::ResourceAssociation(share.clone(), resource.clone());
    let held = world.resources.get(resource).filter(|resource| !resource.deleted);
    if association.status != AssociationStatus::Associated || held.is_none() {
        return Row::open(key, &read::UNSETTLED_ROWS_LISTED, false);
    }
    let rule = &invitation::SHOWS_WHAT_IT_OFFERS;
    let row = Row::expected(key, rule).with("status", Expected::OneOf(&["AVAILABLE"]), rule);
    let of_type = held.and_then(|resource| resources::of(world.assumptions, &resource.kind));
    match of_type {
        Some(of_type) => {
            row.with("type", Expected::Text(SmolStr::new_static(of_type.facts.name)), rule)
        }
        None => row,
    }
}

impl Operation for ListPendingInvitationResources {
    const TOPIC: Topic = Topic::PendingInvitations;
    const WRITES: bool = false;
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let invitation = draw_invitation(world, actor, dice)?;
        let resource_region_scope = resources::draw_scope(dice);
        let (max_results, next_token) = paging::draw(dice);
        Some(Self { invitation, resource_region_scope, max_results, next_token })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        paging::require(self.max_results, &self.next_token, &mut conditions);
        let scope = resources::is_scope(&self.resource_region_scope);
        conditions.require(scope, &read::SCOPE_STATED);
        if let Some(found) = require_answerable(world, actor, &self.invitation, &mut conditions) {
            let status = found.status;
            let accepted = status == InvitationStatus::Accepted;
            conditions.require(!accepted, &invitation::LOOKED_INTO_ONCE_ACCEPTED);
            let rejected = status == InvitationStatus::Rejected;
            conditions.require(!rejected, &invitation::REJECTED_FOR_GOOD);
            require_in_time(found, &mut conditions);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let mut rows = Vec::new();
        if let InvitationRef::To { share: name, receiver, number } = &self.invitation
            && let Some(share) = world.shares.get(name)
            && let Some(place) = find(&share.invitations, *receiver, *number)
        {
            let pending = share.invitations[place].status == InvitationStatus::Pending;
            let asked = self.resource_region_scope != "GLOBAL";
            // All the modelled types are regional.
            let filtered = FilterOutcome::by(asked, &read::RESOURCES_FILTERED);
            rows.extend(share.resources.iter().filter(|_| pending).map(
                |(resource, association)| {
                    row(world, name, resource, association).filtered(filtered)
                },
            ));
        }
        let reply = paging::listed(self.max_results, rows);
        if self.max_results.is_some() {
            return reply;
        }
        Reply { because: &invitation::LOOKED_INTO_BY_ITS_RECEIVER, ..reply }
    }

    fn view_reads(world: &World, account: Account) -> Vec<Self> {
        let waits =
            |sent: &Invitation| sent.status == InvitationStatus::Pending && sent.open.is_none();
        let invited = world.shares.iter().filter(|(_, share)| {
            let newest = share.invitations.iter().rev().find(|sent| sent.receiver == account);
            share.open.is_none() && newest.is_some_and(waits)
        });
        invited.map(|(name, _)| Self::of(name.clone(), account)).collect()
    }
}
