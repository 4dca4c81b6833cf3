//! AcceptTransitGatewayVpcAttachment.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{draw_waiting_attachment, require_waiting_attachment};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::transit_gateway;
use crate::world::{Kind, Resource, World};
use crate::{Account, Name};

operation! {
    /// Accepts an attachment of another account that waits.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AcceptTransitGatewayVpcAttachment.html>
    pub struct AcceptTransitGatewayVpcAttachment {
        /// The attachment.
        attachment_id: Reference = "TransitGatewayAttachmentId",
    }
}

impl Operation for AcceptTransitGatewayVpcAttachment {
    const TOPIC: Topic = Topic::TransitGateways;
    const WEIGHT: usize = 3;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        draw_waiting_attachment(world, actor, dice).map(|attachment_id| Self { attachment_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        require_waiting_attachment(world, actor, &self.attachment_id, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let resource = self.attachment_id.name().and_then(|name| world.resources.get_mut(name));
        if let Some(Resource { kind: Kind::TransitGatewayAttachment { waiting, .. }, .. }) =
            resource
        {
            *waiting = false;
        }
        Reply::granted(&transit_gateway::ATTACHMENT_ANSWERED_BY_THE_GATEWAY_OWNER)
    }
}
