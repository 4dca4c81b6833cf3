//! DeleteNetworkInterface.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{Weights, draw_resource, require_own};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::instance;
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Deletes a network interface.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNetworkInterface.html>
    pub struct DeleteNetworkInterface {
        /// The network interface.
        network_interface_id: Reference = "NetworkInterfaceId",
    }
}

impl Operation for DeleteNetworkInterface {
    const TOPIC: Topic = Topic::Instances;
    const WEIGHT: usize = 3;
    const REMOVES: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 4, seen: 3, near: 1, far: 1 };
        draw_resource(
            world,
            actor,
            dice,
            |kind| matches!(kind, Kind::NetworkInterface { .. }),
            weights,
        )
        .map(|network_interface_id| Self { network_interface_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let is_one = |kind: &Kind| matches!(kind, Kind::NetworkInterface { .. });
        require_own(world, actor, &self.network_interface_id, is_one, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        world.delete(&self.network_interface_id);
        Reply::granted(&instance::ENDED_BY_ITS_OWNER)
    }
}
