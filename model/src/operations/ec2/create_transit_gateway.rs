//! CreateTransitGateway.

use crate::answer::{Conditions, Decision, Expected, Reply};
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::operation;
use crate::rules::transit_gateway;
use crate::world::{Kind, Resource, World};
use crate::{Account, Name};

operation! {
    /// Makes a transit gateway.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGateway.html>
    pub struct CreateTransitGateway {
        /// Whether attachments of other accounts need no acceptance.
        auto_accept_shared_attachments: bool = "AutoAcceptSharedAttachments",
    }
}

impl Operation for CreateTransitGateway {
    const TOPIC: Topic = Topic::TransitGateways;
    const MAKES: &'static str = "gateway";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Orphans);
    const WEIGHT: usize = 3;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let own = world.resources.values().filter(|it| {
            it.owner == actor && !it.deleted && matches!(it.kind, Kind::TransitGateway { .. })
        });
        let auto_accept_shared_attachments = dice.percent(40);
        (own.count() < 2).then_some(Self { auto_accept_shared_attachments })
    }

    fn check(&self, _world: &World, _actor: Account) -> Decision {
        Conditions::default().decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        let kind = Kind::TransitGateway { auto_accept: self.auto_accept_shared_attachments };
        world.resources.insert(made.clone(), Resource { owner: actor, deleted: false, kind });
        Reply::granted(&transit_gateway::MADE_BY_ITS_OWNER).with(
            "OwnerId",
            Expected::Account(actor),
            &transit_gateway::MADE_BY_ITS_OWNER,
        )
    }
}
