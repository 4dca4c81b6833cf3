//! EnableIpamOrganizationAdminAccount.

use smol_str::SmolStr;

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::operation;
use crate::rules::ipam_pool;
use crate::world::World;
use crate::{Account, Name};

operation! {
    /// Makes a member of an organization the administrator of IPAM.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableIpamOrganizationAdminAccount.html>
    pub struct EnableIpamOrganizationAdminAccount {
        /// The member: an actor, or an account id.
        delegated_admin_account_id: SmolStr = "DelegatedAdminAccountId",
    }
}

impl EnableIpamOrganizationAdminAccount {
    /// The account that is named.
    #[must_use]
    pub fn delegate(&self) -> Option<Account> {
        let text = &self.delegated_admin_account_id;
        Account::actor(text).or_else(|| Account::from_id(text))
    }
}

impl Operation for EnableIpamOrganizationAdminAccount {
    const TOPIC: Topic = Topic::IpamPools;
    const WEIGHT: usize = 1;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let manages = world.organizations.values().any(|it| it.management == actor);
        let delegated = !world.ipam_administrators.is_empty();
        let worthwhile = if delegated { dice.percent(2) } else { manages || dice.percent(10) };
        let delegate = if dice.percent(90) { Account::OWNER } else { actor };
        worthwhile
            .then(|| Self { delegated_admin_account_id: delegate.to_string().as_str().into() })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let organization = world.organization_of(actor).filter(|(_, it)| it.management == actor);
        let manages = organization.is_some();
        conditions.require(manages, &ipam_pool::ADMINISTRATOR_NAMED_BY_MANAGEMENT);
        if let Some((id, _)) = organization {
            let delegate = self.delegate();
            let is_member =
                delegate.is_some_and(|it| it != actor && world.is_in_organization(it, id));
            conditions.require(is_member, &ipam_pool::ADMINISTRATOR_A_MEMBER);
            let before = world.ipam_administrators.get(id);
            let same = before.is_none_or(|before| Some(*before) == delegate);
            conditions.require(same || !is_member, &ipam_pool::ADMINISTRATOR_REPLACED);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let id = world.organization_of(actor).map(|(id, _)| id.clone());
        if let (Some(id), Some(delegate)) = (id, self.delegate()) {
            world.ipam_administrators.insert(id, delegate);
        }
        Reply::granted(&ipam_pool::ADMINISTERED_BY_A_MEMBER)
    }
}
