//! PromotePermissionCreatedFromPolicy.

use smol_str::{SmolStr, format_smolstr};

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::{ClientToken, Reference, operation};
use crate::permissions::{described, draw_attachable, named_permission};
use crate::rules::permission;
use crate::world::Managed;
use crate::{Account, Name, World};

operation! {
    /// Makes a customer managed permission of one that a resource policy brought about.
    ///
    /// No call of the model brings one about, so none is ever promoted.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_PromotePermissionCreatedFromPolicy.html>
    pub struct PromotePermissionCreatedFromPolicy {
        [
            /// The permission.
            permission: Reference
        ]
        /// The name of the new permission; one of its own if it is left out.
        name: SmolStr = "name",
        /// The idempotency token: a repetition of the call bears the same.
        client_token: ClientToken = "clientToken",
    }
}

impl PromotePermissionCreatedFromPolicy {
    /// Returns the name of the new permission.
    #[must_use]
    pub fn name_of(&self, made: &Name) -> SmolStr {
        if !self.name.is_empty() {
            return self.name.clone();
        }
        // A repetition makes nothing, but has to name the same.
        match &self.client_token {
            ClientToken::Word(word) => format_smolstr!("bellwether-{word}"),
            ClientToken::None | ClientToken::Literal(_) => format_smolstr!("bellwether-{made}"),
        }
    }
}

impl Operation for PromotePermissionCreatedFromPolicy {
    const TOPIC: Topic = Topic::Permissions;
    const MAKES: &'static str = "permission";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Unknown);
    const WEIGHT: usize = 1;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let permission = draw_attachable(world, actor, dice)?;
        Some(Self { permission, ..Self::default() })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let named = named_permission(world, &self.permission, &mut conditions);
        conditions.require(named.is_none(), &permission::PROMOTED_FROM_A_POLICY);
        if let Some(Managed::Customer(name)) = &named {
            let own = world.permissions.get(name).is_some_and(|held| held.owner == actor);
            conditions.require(own, &permission::WRITTEN_BY_ITS_OWNER_ALONE);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        let reply = Reply::granted(&permission::PROMOTED_FROM_A_POLICY);
        let named = self.permission.name().and_then(|name| world.permissions.get(name));
        let Some(mut held) = named.cloned() else { return reply };
        held.owner = actor;
        held.name = self.name_of(made);
        let reply = described(reply, made, &held, held.default);
        world.permissions.insert(made.clone(), held);
        reply
    }
}
