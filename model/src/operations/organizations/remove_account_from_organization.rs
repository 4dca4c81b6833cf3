//! RemoveAccountFromOrganization.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::membership::{
    draw_manager, draw_member, require_managed, require_member, require_no_management,
};
use crate::operations::{Operation, Topic};
use crate::parameters::operation;
use crate::rules::membership;
use crate::{Account, Name, Principal, World};

operation! {
    /// Takes an account out of the organization.
    ///
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_RemoveAccountFromOrganization.html>
    pub struct RemoveAccountFromOrganization {
        /// The account.
        account_id: Option<Principal> = "AccountId",
    }
}

impl Operation for RemoveAccountFromOrganization {
    const TOPIC: Topic = Topic::Accounts;
    const WEIGHT: usize = 1;
    const REMOVES: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let organization = draw_manager(world, actor, dice)?;
        draw_member(world, &organization, dice).map(|account| Self { account_id: Some(account) })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        if let Some(id) = require_managed(world, actor, &mut conditions)
            && let Some((account, _)) =
                require_member(world, id, self.account_id.as_ref(), &mut conditions)
            && let Some(organization) = world.organizations.get(id)
        {
            require_no_management(organization, account, &mut conditions);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        if let Some(Principal::Account(account)) = &self.account_id {
            world.leave(*account);
        }
        Reply::granted(&membership::REMOVED_BY_MANAGEMENT)
    }
}
