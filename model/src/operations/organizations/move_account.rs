//! MoveAccount.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::membership::{draw_manager, draw_member, require_managed, require_member};
use crate::operations::{Operation, Topic};
use crate::parameters::operation;
use crate::rules::membership;
use crate::world::{Kind, Use};
use crate::{Account, Name, Principal, World};

operation! {
    /// Moves an account of the organization into another unit, from wherever it is.
    ///
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_MoveAccount.html>
    pub struct MoveAccount {
        /// The account.
        account_id: Option<Principal> = "AccountId",
        /// The unit that it moves into; the organization stands for its root.
        destination_parent_id: Option<Principal> = "DestinationParentId",
    }
}

impl MoveAccount {
    /// The unit that is meant, or `None` for the root; an error if there is no such unit.
    fn destination(&self, world: &World, organization: &Name) -> Result<Option<Name>, ()> {
        let units = world.organizations.get(organization).map(|it| &it.units);
        match &self.destination_parent_id {
            Some(Principal::Organization(named)) if named == organization => Ok(None),
            Some(Principal::OrganizationalUnit(named))
                if units.is_some_and(|units| units.contains_key(named)) =>
            {
                Ok(Some(named.clone()))
            }
            _ => Err(()),
        }
    }
}

impl Operation for MoveAccount {
    const TOPIC: Topic = Topic::Accounts;
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let organization = draw_manager(world, actor, dice)?;
        let account = draw_member(world, &organization, dice)?;
        let units = world.organizations.get(&organization)?.units.keys();
        let unit = dice.pick_from(units.cloned());
        let root = dice.percent(20);
        let destination = match unit {
            Some(unit) if !root => Principal::OrganizationalUnit(unit),
            Some(_) | None => Principal::Organization(organization),
        };
        Some(Self { account_id: Some(account), destination_parent_id: Some(destination) })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        if let Some(organization) = require_managed(world, actor, &mut conditions) {
            let moved =
                require_member(world, organization, self.account_id.as_ref(), &mut conditions);
            let destination = self.destination(world, organization);
            conditions.require(destination.is_ok(), &membership::MOVED_TO_A_PARENT_THAT_EXISTS);
            if let (Some((_, membership)), Ok(destination)) = (moved, destination) {
                let elsewhere = membership.unit != destination;
                conditions.require(elsewhere, &membership::MOVED_TO_ANOTHER_PARENT);
            }
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let organization = world.organization_of(actor).map(|(id, _)| id.clone());
        if let Some(Principal::Account(account)) = &self.account_id
            && let Some(Ok(destination)) = organization.map(|it| self.destination(world, &it))
            && let Some(membership) = world.members.get_mut(account)
        {
            membership.unit = destination;
            world.everywhere(|world| end_associations_left_behind(world, *account));
        }
        Reply::granted(&membership::MOVED_BY_MANAGEMENT)
    }
}

/// Ends those associations of an account that moved which are known to end with it.
fn end_associations_left_behind(world: &mut World, account: Account) {
    let own = world.resources.iter().filter(|(_, it)| it.owner == account && !it.deleted);
    let left = own.filter_map(|(name, it)| {
        let Kind::DnsAssociation { dns, of, state: Use::Plain, .. } = &it.kind else { return None };
        let sight = world.sight(account, of);
        let rules = dns.left_by_a_move.filter(|_| sight.judged && !sight.is_seen())?;
        Some((name.clone(), rules.ended))
    });
    for (name, rule) in left.collect::<Vec<_>>() {
        let Some(resource) = world.resources.get_mut(&name) else { continue };
        resource.deleted = true;
        if let Kind::DnsAssociation { state, .. } = &mut resource.kind {
            *state = Use::Ended(rule);
        }
    }
}
