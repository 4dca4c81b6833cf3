//! CreateInternetGateway.

use crate::answer::{Conditions, Decision, Expected, Reply};
use crate::compute::owns_any;
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::operation;
use crate::rules::internet_gateway;
use crate::world::{Kind, Resource, World};
use crate::{Account, Name};

operation! {
    /// Makes an internet gateway that is attached to no VPC.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateInternetGateway.html>
    pub struct CreateInternetGateway {}
}

impl Operation for CreateInternetGateway {
    const TOPIC: Topic = Topic::InternetGateways;
    const MAKES: &'static str = "internet";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Orphans);
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let has_free = owns_any(world, actor, |kind| *kind == Kind::InternetGateway { vpc: None });
        let has_one = owns_any(world, actor, |kind| matches!(kind, Kind::InternetGateway { .. }));
        // A second one is worth making where the first is attached: it may be attached beside it.
        (!has_one || (!has_free && dice.percent(40))).then_some(Self {})
    }

    fn check(&self, _world: &World, _actor: Account) -> Decision {
        Conditions::default().decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        let kind = Kind::InternetGateway { vpc: None };
        world.resources.insert(made.clone(), Resource { owner: actor, deleted: false, kind });
        let rule = &internet_gateway::MADE_BY_ITS_OWNER;
        Reply::granted(rule).with("OwnerId", Expected::Account(actor), rule)
    }
}
