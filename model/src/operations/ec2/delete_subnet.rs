//! DeleteSubnet.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{Weights, draw_resource, require_seen};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::subnet;
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Deletes a subnet.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSubnet.html>
    pub struct DeleteSubnet {
        /// The subnet.
        subnet_id: Reference = "SubnetId",
    }
}

impl Operation for DeleteSubnet {
    const TOPIC: Topic = Topic::Sharing;
    const WEIGHT: usize = 3;
    const REMOVES: bool = true;
    const BLOCKED_BY_ORPHANS: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 4, seen: 8, near: 1, far: 1 };
        draw_resource(world, actor, dice, |kind| matches!(kind, Kind::Subnet { .. }), weights)
            .map(|subnet_id| Self { subnet_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let unknown = &subnet::KNOWN_TO_THE_CALLER;
        let of_kind = |kind: &Kind| matches!(kind, Kind::Subnet { .. });
        let seen = require_seen(world, actor, &self.subnet_id, of_kind, unknown, &mut conditions);
        if let Some((name, resource)) = seen {
            conditions.require(resource.owner == actor, &subnet::CHANGED_BY_ITS_OWNER_ALONE);
            let empty = world.inside(name).next().is_none();
            conditions.require(empty || resource.owner != actor, &subnet::KEPT_WHILE_IN_USE);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        world.delete(&self.subnet_id);
        Reply::granted(&subnet::DELETED_BY_ITS_OWNER)
    }
}
