//! RejectTransitGatewayVpcAttachment.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{draw_waiting_attachment, require_waiting_attachment};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::transit_gateway;
use crate::world::World;
use crate::{Account, Name};

operation! {
    /// Rejects an attachment of another account that waits, which ends it.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RejectTransitGatewayVpcAttachment.html>
    pub struct RejectTransitGatewayVpcAttachment {
        /// The attachment.
        attachment_id: Reference = "TransitGatewayAttachmentId",
    }
}

impl Operation for RejectTransitGatewayVpcAttachment {
    const TOPIC: Topic = Topic::TransitGateways;
    const WEIGHT: usize = 1;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        draw_waiting_attachment(world, actor, dice).map(|attachment_id| Self { attachment_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        require_waiting_attachment(world, actor, &self.attachment_id, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        world.delete(&self.attachment_id);
        Reply::granted(&transit_gateway::ATTACHMENT_ANSWERED_BY_THE_GATEWAY_OWNER)
    }
}
