//! DisableAWSServiceAccess.

use smol_str::SmolStr;

use crate::answer::{Decision, Reply};
use crate::dice::Dice;
use crate::membership::{RAM, decide_on_trust, draw_manager, named_service};
use crate::operations::{Operation, Topic};
use crate::parameters::operation;
use crate::rules::{membership, organization};
use crate::{Account, Name, World};

operation! {
    /// Ends a service's work in the organization: for RAM, all sharing with it.
    ///
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DisableAWSServiceAccess.html>
    pub struct DisableAWSServiceAccess {
        /// The service; RAM where it is left out.
        service_principal: SmolStr = "ServicePrincipal",
    }
}

impl DisableAWSServiceAccess {
    /// The service that is meant.
    #[must_use]
    pub fn service(&self) -> &str {
        named_service(&self.service_principal)
    }
}

impl Operation for DisableAWSServiceAccess {
    const TOPIC: Topic = Topic::TrustedAccess;
    const WEIGHT: usize = 1;
    const REMOVES: bool = true;
    const TURNS_SHARING: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        draw_manager(world, actor, dice)?;
        let other = SmolStr::new_static("config.amazonaws.com");
        match dice.below(4) {
            0 => Some(Self { service_principal: other }),
            1 | 2 => Some(Self::default()),
            _others => None,
        }
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        decide_on_trust(world, actor, self.service(), false)
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let id = world.organization_of(actor).map(|(id, _)| id.clone());
        if self.service() != RAM {
            return Reply::granted(&membership::TRUST_IN_OTHERS);
        }
        if let Some(id) = id {
            world.end_sharing(&id);
        }
        Reply::granted(&organization::SHARING_ENDED_WITH_TRUSTED_ACCESS)
    }
}
