//! DeleteTransitGatewayVpcAttachment.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{Weights, draw_resource, require_seen};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
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
    const TOPIC: Topic = Topic::TransitGateways;
    const WEIGHT: usize = 2;
    const REMOVES: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 4, seen: 2, near: 1, far: 1 };
        draw_resource(
            world,
            actor,
            dice,
            |kind| matches!(kind, Kind::TransitGatewayAttachment { .. }),
            weights,
        )
        .map(|attachment_id| Self { attachment_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let unknown = &transit_gateway::ATTACHMENT_KNOWN;
        let of_kind = |kind: &Kind| matches!(kind, Kind::TransitGatewayAttachment { .. });
        // Both who made it and the gateway's owner see it, and either may delete it.
        require_seen(world, actor, &self.attachment_id, of_kind, unknown, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        world.delete(&self.attachment_id);
        Reply::granted(&transit_gateway::ATTACHMENT_DELETED_BY_EITHER)
    }
}
