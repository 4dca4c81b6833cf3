//! DeleteNetworkAcl.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{Weights, draw_resource, find_with_sight, require_seen};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::network_acl;
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Deletes a network ACL.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNetworkAcl.html>
    pub struct DeleteNetworkAcl {
        /// The network ACL.
        network_acl_id: Reference = "NetworkAclId",
    }
}

impl Operation for DeleteNetworkAcl {
    const TOPIC: Topic = Topic::VpcParts;
    const WEIGHT: usize = 2;
    const REMOVES: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 2, seen: 8, near: 1, far: 1 };
        draw_resource(world, actor, dice, |kind| matches!(kind, Kind::NetworkAcl { .. }), weights)
            .map(|network_acl_id| Self { network_acl_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let unknown = &network_acl::KNOWN_TO_THE_CALLER;
        let is_acl = |kind: &Kind| matches!(kind, Kind::NetworkAcl { .. });
        let named = &self.network_acl_id;
        let found = find_with_sight(world, actor, named).filter(|(_, it, _)| is_acl(&it.kind));
        if found.is_some_and(|(_, _, sight)| sight.rule == &network_acl::SEEN_WITH_A_SHARED_SUBNET)
        {
            // It is refused whether participants see it or not.
            conditions.require(false, &network_acl::DELETED_BY_THE_VPC_OWNER_ALONE);
        } else {
            require_seen(world, actor, named, is_acl, unknown, &mut conditions);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        world.delete(&self.network_acl_id);
        Reply::granted(&network_acl::MADE_BY_THE_VPC_OWNER)
    }
}
