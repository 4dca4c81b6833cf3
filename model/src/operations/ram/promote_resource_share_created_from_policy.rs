//! PromoteResourceShareCreatedFromPolicy.

use crate::answer::{Conditions, Decision, Expected, Reply};
use crate::dice::Dice;
use crate::operations::ram::associate_resource_share::draw_share;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::share;
use crate::sharing::own_share;
use crate::{Account, Name, World};

operation! {
    /// Turns a share that a resource policy brought about into one that RAM manages.
    ///
    /// No call of the model brings one about, so none is ever promoted.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_PromoteResourceShareCreatedFromPolicy.html>
    pub struct PromoteResourceShareCreatedFromPolicy {
        [
            /// The share.
            share: Reference
        ]
    }
}

impl Operation for PromoteResourceShareCreatedFromPolicy {
    const TOPIC: Topic = Topic::Sharing;
    const WEIGHT: usize = 1;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        draw_share(world, actor, dice).map(|share| Self { share })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let named = own_share(world, actor, &self.share, &mut conditions);
        conditions.require(named.is_none(), &share::PROMOTED_FROM_A_POLICY);
        conditions.decide()
    }

    fn apply(&self, _world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let rule = &share::PROMOTED_FROM_A_POLICY;
        Reply::granted(rule).with("returnValue", Expected::Flag(true), rule)
    }
}
