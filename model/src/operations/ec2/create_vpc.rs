//! CreateVpc.

use crate::answer::{Conditions, Decision, Expected, Reply};
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::operation;
use crate::rules::subnet;
use crate::world::{Kind, Resource, World};
use crate::{Account, Name};

operation! {
    /// Makes a VPC.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpc.html>
    pub struct CreateVpc {}
}

impl Operation for CreateVpc {
    const TOPIC: Topic = Topic::Sharing;
    const MAKES: &'static str = "vpc";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Orphans);
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let own = world.resources.values().filter(|it| it.owner == actor && it.kind == Kind::Vpc);
        let most = if actor == Account::OWNER { 2 } else { 1 };
        (own.count() < most && dice.percent(60)).then_some(Self {})
    }

    fn check(&self, _world: &World, _actor: Account) -> Decision {
        Conditions::default().decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        let resource = Resource { owner: actor, deleted: false, kind: Kind::Vpc };
        world.resources.insert(made.clone(), resource);
        Reply::granted(&subnet::MADE_BY_ITS_OWNER).with(
            "OwnerId",
            Expected::Account(actor),
            &subnet::MADE_BY_ITS_OWNER,
        )
    }
}
