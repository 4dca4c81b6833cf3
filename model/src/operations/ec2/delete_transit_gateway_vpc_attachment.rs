//! DeleteTransitGatewayVpcAttachment.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::require_seen;
use crate::dice::Dice;
use crate::operations::Operation;
use crate::parameters::{Reference, operation};
use crate::rules::transit_gateway;
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Deletes an attachment.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTransitGatewayVpcAttachment.html>
    pub struct DeleteTransitGatewayVpcAttachment {
        /// The attachment.
        attachment_id: Reference = "TransitGatewayAttachmentId",
    }
}

impl Operation for DeleteTransitGatewayVpcAttachment {
    const WEIGHT: usize = 2;
    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let odd = dice.percent(15);
        let things = world.things.iter().filter(|(name, it)| {
            matches!(it.kind, Kind::TransitGatewayAttachment { .. }) && !it.deleted && (it.owner == actor) != odd && !name.as_str().contains('.')
        });
        let named = dice.pick_from(things.map(|(name, _)| Reference::Named(name.clone())))?;
        Some(Self { attachment_id: named })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let unknown = &transit_gateway::ATTACHMENT_KNOWN;
        let of_kind = |kind: &Kind| matches!(kind, Kind::TransitGatewayAttachment { .. });
        // Nobody sees it but the two accounts that may delete it.
        require_seen(world, actor, &self.attachment_id, of_kind, unknown, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        if let Some(thing) = self.attachment_id.name().and_then(|name| world.things.get_mut(name)) {
            thing.deleted = true;
        }
        Reply::granted(&transit_gateway::ATTACHMENT_DELETED_BY_EITHER)
    }
}
