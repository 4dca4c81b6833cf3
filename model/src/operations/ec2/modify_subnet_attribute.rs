//! ModifySubnetAttribute.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{Weights, draw_resource, require_ownership};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::subnet;
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Says that what is launched into a subnet gets no public address, as is the default.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySubnetAttribute.html>
    pub struct ModifySubnetAttribute {
        /// The subnet.
        subnet_id: Reference = "SubnetId",
    }
}

impl Operation for ModifySubnetAttribute {
    const HAS_DRY_RUN: bool = false;
    const TOPIC: Topic = Topic::Sharing;
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 3, seen: 8, near: 1, far: 1 };
        draw_resource(world, actor, dice, |kind| matches!(kind, Kind::Subnet { .. }), weights)
            .map(|subnet_id| Self { subnet_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let unknown = &subnet::KNOWN_TO_THE_CALLER;
        let is_subnet = |kind: &Kind| matches!(kind, Kind::Subnet { .. });
        require_ownership(
            world,
            actor,
            &self.subnet_id,
            is_subnet,
            [unknown, &subnet::CHANGED_BY_ITS_OWNER_ALONE],
            &mut conditions,
        );
        conditions.decide()
    }

    fn apply(&self, _world: &mut World, _actor: Account, _made: &Name) -> Reply {
        Reply::granted(&subnet::CHANGED_BY_ITS_OWNER)
    }
}
